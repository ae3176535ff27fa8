import { crossesAbove, crossesBelow, defineStrategy, int } from '../../../engine/index.ts';

/** Long from a crossing of the fast average above the slow one to the crossing below, as vectorbt's signals have it. */
export const benchSmaCross = defineStrategy({
  id: 'bench-sma-cross',
  summary: 'Long from a crossing of the fast average above the slow one to the crossing below; the cross of the benchmarks.',
  params: { fast: int({ min: 1, max: 100_000, default: 20 }), slow: int({ min: 1, max: 100_000, default: 100 }) },
  admissible: ({ fast, slow }) => fast < slow,
  warmupBars: ({ slow }) => slow,
  rules: ({ close }, { fast, slow }, ta) => {
    const [a, b] = [ta.sma(close, fast), ta.sma(close, slow)];
    return { enterLong: crossesAbove(a, b), exitLong: crossesBelow(a, b) };
  },
});
