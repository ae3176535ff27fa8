import type { Calendar } from '../../engine/core/index.ts';
import type { Defect, RawCandles } from '../types.ts';
import { findOffGrid } from './grid.ts';
import { inspectRows } from './inspect-rows.ts';
import { inspectSeries } from './inspect-series.ts';
import { repeatedStamps } from './repeated-stamps.ts';
import { pickRows, rowsByTime } from './time-order.ts';
import { findIrregularStep, findStep, findTimeframeMismatch } from './timeframe.ts';

export interface InspectOptions {
  /** Declared bar length; found from the data when absent. */
  readonly timeframeMs?: number;
  /** Default `24/7`. */
  readonly calendar?: Calendar;
  /** Bars were made of one price each: flat bars are no finding. */
  readonly priceOnly?: boolean;
}

/** Every defect of candles in any order; nothing is changed. */
export function inspectCandles(candles: RawCandles, options: InspectOptions = {}): Defect[] {
  const repeats = repeatedStamps(candles);
  const { openTimeMs } = candles;
  const rows = rowsByTime(candles).filter((row, k, order) => k === 0 || openTimeMs[order[k - 1]] !== openTimeMs[row]);
  const series = pickRows(candles, rows);
  const step = findStep(series.openTimeMs);
  const timeframeMs = options.timeframeMs ?? step.modalMs;
  const findings = [
    ...inspectRows(candles, repeats), ...findTimeframeMismatch(series, step, options.timeframeMs), ...findIrregularStep(series, step),
    ...(timeframeMs === null || step.kind !== 'regular' ? [] : findOffGrid(series, timeframeMs)),
    ...(timeframeMs === null ? [] : inspectSeries(series, {
      timeframeMs, calendar: options.calendar ?? '24/7', monthly: step.kind === 'month', priceOnly: options.priceOnly ?? false,
    })),
  ];
  return findings.map((finding) => finding.defect);
}
