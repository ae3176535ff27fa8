import { type DrawSource, indexedDraws, InputError, type Panel } from '../../engine/index.ts';
import { isMatrix, panelOfRows } from './panel.ts';
import type { SeriesInputs } from './series-inputs.ts';

/** What the tests of many models compare: how much better each model is than the benchmark, row by row, and the draws. */
export interface BootstrapData {
  /** Benchmark loss − model loss, or return − benchmark return. */
  readonly panel: Panel;
  readonly losses: Panel | null;
  readonly draws: DrawSource;
  readonly meanBlock: number;
}

export function bootstrapData(inputs: SeriesInputs): BootstrapData {
  const held = (...names: readonly string[]): unknown => inputs.value(...names) ?? names.map((name) => inputs.datasetColumn(name)).find((value) => value !== undefined);
  const draws = held('bootstrapindices', 'indices', 'draws');
  if (!isMatrix(draws)) throw new InputError('case-input-missing', 'inputs must hold bootstrap_indices, hold none');
  const modelLosses = held('modellosses', 'models', 'losses');
  const benchmark = held('benchmarklosses', 'benchmark', 'benchmarkreturns');
  const losses = isMatrix(modelLosses) ? transformed(modelLosses, Array.isArray(benchmark) ? benchmark.map(Number) : null, inputs) : null;
  const panel = panelOfRows(differences(losses, held('differentials', 'lossdifferentials', 'd', 'modelreturns', 'strategyreturns', 'returns', 'rows'), benchmark));
  const stated = inputs.value('blocksize', 'blocklength', 'meanblock', 'block', 'expectedblocklength');
  const meanBlock = typeof stated === 'number' ? stated : inputs.value('p', 'pnewblock') === undefined ? Math.sqrt(panel.days) : 1 / inputs.number(['p', 'pnewblock']);
  return { panel, losses: losses === null ? null : panelOfRows(losses), draws: indexedDraws(panel.days, draws), meanBlock };
}

function differences(losses: readonly (readonly number[])[] | null, gains: unknown, benchmark: unknown): number[][] {
  const theirs = Array.isArray(benchmark) ? benchmark.map(Number) : null;
  if (losses !== null) return losses.map((row, t) => row.map((loss) => (theirs?.[t] ?? 0) - loss));
  if (!isMatrix(gains)) throw new InputError('case-input-missing', 'inputs must hold model_losses, returns or differentials, hold none');
  return gains.map((row, t) => row.map((gain) => gain - (theirs?.[t] ?? 0)));
}

/** Losses with what a case adds: a shift of each model or of all, and some models moved to the benchmark's mean. */
function transformed(losses: readonly (readonly number[])[], benchmark: readonly number[] | null, inputs: SeriesInputs): number[][] {
  const text = inputs.text('transform');
  const stated = inputs.value('modelshift', 'shift');
  const all = inputs.number(['modelshiftall', 'shiftall'], typeof stated === 'number' ? stated : Number(/shift all models by (-?[\d.]+)/i.exec(text)?.[1] ?? 0));
  const shifts = Array.isArray(stated) ? stated.map(Number) : [];
  const shifted = losses.map((row) => row.map((loss, k) => loss + all + (shifts[k] ?? 0)));
  const moved = /recent(?:re|er) models? ([\d, and]+?) to the benchmark/i.exec(text)?.[1].match(/\d+/g)?.map(Number) ?? [];
  const target = meanOf(benchmark ?? []);
  for (const k of moved) {
    const own = meanOf(shifted.map((row) => row[k]));
    for (const row of shifted) row[k] += target - own;
  }
  return shifted;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
