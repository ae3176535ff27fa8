import type { Bars } from '../market/index.ts';
import { createTrialArena, engineFor } from '../run/index.ts';
import type { ParamSpace } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { screenDense } from './dense.ts';
import { type KernelChoice, SCREEN_WIDTH, type ScreenBlock } from './types.ts';

export interface ScreenInput {
  readonly strategy: Strategy;
  readonly space: ParamSpace;
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
  readonly memoryBytes: number;
}

/** Evaluates ranges of points for their figures alone. */
export interface Screener {
  readonly choice: KernelChoice;
  /** Points [fromPoint, toPoint); `firstTrial` is the trial index of point 0. */
  evaluate(fromPoint: number, toPoint: number, firstTrial: number): ScreenBlock;
}

/** Which kernel walks the points of a strategy under a configuration. */
export function kernelFor(strategy: Strategy, config: SimulationConfig, markets: readonly Bars[]): KernelChoice {
  const { engine, reasons } = engineFor(strategy, config, markets);
  return { kernel: engine, reasons };
}

export function createScreener({ strategy, space, markets, config, memoryBytes }: ScreenInput): Screener {
  const arena = createTrialArena(markets, memoryBytes);
  return {
    choice: kernelFor(strategy, config, markets),
    evaluate(fromPoint, toPoint, firstTrial) {
      const count = toPoint - fromPoint;
      const values = new Float64Array(SCREEN_WIDTH * count).fill(Number.NaN);
      const failures: Record<number, string> = {};
      for (let i = 0; i < count; i++) screenDense(strategy, space.pointAt(fromPoint + i), config, arena, { values, count, failures }, i, firstTrial + fromPoint + i);
      return { from: firstTrial + fromPoint, count, values, failures };
    },
  };
}
