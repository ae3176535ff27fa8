import type { ModelScore, TraderGrade } from '../types/index.ts';

type Combined = Pick<
  TraderGrade,
  'traderGrade' | 'pUp' | 'expReturn' | 'meanLow' | 'meanHigh' | 'outcomeLow' | 'outcomeHigh' | 'horizonBars' | 'nModels' | 'dispersion' | 'coverage'
>;

const AVERAGED = ['pUp', 'expReturn', 'meanLow', 'meanHigh', 'outcomeLow', 'outcomeHigh'] as const;

/**
 * One grade of the models that have a weight: the weighted mean of those that answered; null where none did.
 *
 * Means of interval ends are wider than the interval of the mean unless the models err alike, which on one market they mostly do.
 */
export function combineScores(models: readonly ModelScore[]): Combined {
  const weighted = models.filter(({ weight }) => weight > 0);
  const answered = weighted.filter(({ grade }) => grade !== null);
  const total = sumOf(answered, ({ weight }) => weight);
  const mean = (value: (model: ModelScore) => number | null): number => sumOf(answered, (model) => model.weight * (value(model) ?? 0)) / total;
  const coverage = weighted.length === 0 ? 0 : total / sumOf(weighted, ({ weight }) => weight);
  if (answered.length === 0) {
    const nothing = { pUp: null, expReturn: null, meanLow: null, meanHigh: null, outcomeLow: null, outcomeHigh: null };
    return { ...nothing, traderGrade: null, horizonBars: null, nModels: 0, dispersion: null, coverage };
  }
  const traderGrade = Math.min(100, Math.max(0, mean(({ grade }) => grade)));
  const means = Object.fromEntries(AVERAGED.map((name) => [name, mean((model) => model[name])])) as Pick<Combined, (typeof AVERAGED)[number]>;
  return {
    ...means,
    traderGrade,
    horizonBars: answered.reduce((heaviest, model) => (model.weight > heaviest.weight ? model : heaviest)).horizonBars,
    nModels: answered.length,
    dispersion: answered.length < 2 ? null : Math.sqrt(mean(({ grade }) => ((grade ?? 0) - traderGrade) ** 2)),
    coverage,
  };
}

function sumOf(models: readonly ModelScore[], value: (model: ModelScore) => number): number {
  let sum = 0;
  for (const model of models) sum += value(model);
  return sum;
}
