import { type Bars, withFunding } from '../../engine/index.ts';

/** Payments named by the bar at whose open they are due. */
export function withFundingAt(bars: Bars, payments: readonly { readonly bar: number; readonly rate: number; readonly markPrice?: number }[]): Bars {
  if (payments.length === 0) return bars;
  const known = payments.filter(({ bar }) => bar < bars.length);
  return withFunding(bars, {
    timeMs: known.map(({ bar }) => bars.openTimeMs[bar]), rate: known.map(({ rate }) => rate), markPrice: known.map(({ markPrice }) => markPrice ?? Number.NaN),
  });
}
