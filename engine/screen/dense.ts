import { errorMessage, InvariantError } from '../core/index.ts';
import type { Metrics } from '../metrics/index.ts';
import { evaluateTrial, type TrialArena } from '../run/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params, Strategy } from '../strategy/index.ts';
import { SCREEN_COLUMNS } from './types.ts';

/** Where the figures of one point go: column c of row i at c × count + i. */
export interface ScreenRows {
  readonly values: Float64Array;
  readonly count: number;
  readonly failures: Record<number, string>;
}

/** One point by the vector kernel or the event engine: the run itself, of which the screen keeps a few figures. */
export function screenDense(strategy: Strategy, params: Params, config: SimulationConfig, arena: TrialArena, rows: ScreenRows, row: number, trial: number): void {
  try {
    writeRow(evaluateTrial(strategy, params, config, arena).metrics, rows, row);
  } catch (error) {
    if (error instanceof InvariantError) throw error;
    rows.failures[trial] = errorMessage(error);
  }
}

function writeRow(metrics: Metrics, { values, count }: ScreenRows, row: number): void {
  SCREEN_COLUMNS.forEach((name, c) => {
    values[c * count + row] = metrics[name] ?? Number.NaN;
  });
}
