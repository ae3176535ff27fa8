/** `conservative`: (1 + maxima at or above the observed) ÷ (1 + draws), valid for any number of draws; `share`: the share strictly above it. */
export type PValueRule = 'conservative' | 'share';

/** p-value of an observed maximum against those of bootstrap draws. */
export function bootstrapPValue(maxima: Float64Array, observed: number, rule: PValueRule = 'conservative'): number {
  let above = 0;
  for (const one of maxima) if (rule === 'share' ? one > observed : one >= observed) above++;
  return rule === 'share' ? above / maxima.length : (1 + above) / (1 + maxima.length);
}
