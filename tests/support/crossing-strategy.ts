/** A strategy file of a user: an exponential cross; `longer` holds on while the averages are near. */
export function crossingStrategy({ comment = '', holdFrac = 0 }: { readonly comment?: string; readonly holdFrac?: number } = {}): string {
  return `import { defineStrategy, int } from 'assay';
${comment}
export default defineStrategy({
  id: 'my-cross',
  params: { fastBars: int({ min: 2, max: 50, default: 8 }), slowBars: int({ min: 10, max: 400, default: 30 }) },
  warmupBars: ({ slowBars }) => 5 * slowBars,
  targetExposure: ({ close }, { fastBars, slowBars }, ta) => {
    const [fast, slow] = [ta.ema(close, fastBars), ta.ema(close, slowBars)];
    return close.map((_, t) => (fast[t] > slow[t] * ${1 - holdFrac} ? 1 : 0));
  },
});
`;
}
