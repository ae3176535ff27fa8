import type { Strategy } from '../engine/index.ts';
import { cointegratedPair } from './arbitrage/cointegrated-pair.ts';
import { dcaSafetyOrders } from './bots/dca-safety-orders.ts';
import { grid } from './bots/grid.ts';
import { rsiReversion } from './mean-reversion/rsi-reversion.ts';
import { zScoreReversion } from './mean-reversion/z-score-reversion.ts';
import { atrBreakoutOrders } from './trend/atr-breakout-orders.ts';
import { momentumRotation } from './portfolio/momentum-rotation.ts';
import { donchianBreakout } from './trend/donchian-breakout.ts';
import { emaCross } from './trend/ema-cross.ts';
import { smaCross } from './trend/sma-cross.ts';
import { timeSeriesMomentum } from './trend/time-series-momentum.ts';

/** A strategy that comes with Assay, and the module that workers load it from. */
export interface BuiltIn {
  readonly strategy: Strategy;
  /** Path of the module below this folder, without its ending. */
  readonly module: string;
}

export const BUILT_IN: readonly BuiltIn[] = [
  { strategy: emaCross, module: 'trend/ema-cross' },
  { strategy: smaCross, module: 'trend/sma-cross' },
  { strategy: donchianBreakout, module: 'trend/donchian-breakout' },
  { strategy: timeSeriesMomentum, module: 'trend/time-series-momentum' },
  { strategy: atrBreakoutOrders, module: 'trend/atr-breakout-orders' },
  { strategy: rsiReversion, module: 'mean-reversion/rsi-reversion' },
  { strategy: zScoreReversion, module: 'mean-reversion/z-score-reversion' },
  { strategy: cointegratedPair, module: 'arbitrage/cointegrated-pair' },
  { strategy: grid, module: 'bots/grid' },
  { strategy: dcaSafetyOrders, module: 'bots/dca-safety-orders' },
  { strategy: momentumRotation, module: 'portfolio/momentum-rotation' },
];
