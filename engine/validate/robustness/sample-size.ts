import { DAY_MS } from '../../core/index.ts';
import { growthEfficiency, type WalkForward } from '../../walkforward/index.ts';
import type { SampleSize, WalkForwardEvidence } from '../evidence.ts';
import { curveOf, daysOf } from './curve.ts';

/** How much there is to judge: days, returns, trades, and bets that could have gone either way. */
export function sampleSize(walk: Pick<WalkForward, 'spec' | 'openTimeMs' | 'equity' | 'exposure' | 'trades'>): SampleSize {
  const { openTimeMs, exposure, trades } = walk;
  const { returns, perYear } = daysOf(curveOf(walk));
  let heldBars = 0;
  for (const x of exposure) if (x !== 0) heldBars++;
  const meanHolding = trades.reduce((sum, { entryBar, exitBar }) => sum + exitBar - entryBar, 0) / trades.length;
  return {
    days: (openTimeMs[openTimeMs.length - 1] - openTimeMs[0]) / DAY_MS,
    observations: returns.length,
    periodsPerYear: perYear,
    trades: trades.length,
    bets: betsOf(heldBars, meanHolding, trades.length),
  };
}

/** Trades that end in the bar of their entry hold no close: each is a bet. */
function betsOf(heldBars: number, meanHolding: number, trades: number): number | null {
  if (trades === 0) return null;
  return meanHolding > 0 && heldBars > 0 ? heldBars / meanHolding : trades;
}

/** Efficiency in growth and positive windows; one that stayed flat is not positive. */
export function walkForwardEvidence({ windows }: Pick<WalkForward, 'windows'>): WalkForwardEvidence {
  const { value, reason } = growthEfficiency(windows);
  return { efficiency: value, efficiencyReason: reason ?? null, windows: windows.length, positiveWindows: windows.filter(({ outOfSample }) => (outOfSample.totalReturn ?? 0) > 0).length };
}
