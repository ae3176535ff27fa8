import type { Calendar } from '../../engine/core/index.ts';
import type { RawCandles } from '../types.ts';
import type { Finding } from './finding.ts';
import { findFlatBars } from './flat-bars.ts';
import { findGaps } from './gaps.ts';
import { findOutliers } from './outliers.ts';
import { findMissingVolume, findZeroVolume } from './volume-values.ts';

export interface SeriesRule {
  readonly timeframeMs: number;
  readonly calendar: Calendar;
  readonly monthly: boolean;
  /** Bars made of one price are flat by construction, which is no finding. */
  readonly priceOnly: boolean;
}

/** What is odd about ascending, unique bars as a series. */
export function inspectSeries(candles: RawCandles, rule: SeriesRule): Finding[] {
  return [
    ...findGaps(candles, rule), ...findZeroVolume(candles), ...findMissingVolume(candles),
    ...(rule.priceOnly ? [] : findFlatBars(candles)), ...findOutliers(candles),
  ];
}
