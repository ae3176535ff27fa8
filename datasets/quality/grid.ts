import { formatDuration, formatTime } from '../../engine/core/index.ts';
import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowsWhere } from './finding.ts';
import { modalPhase } from './phase.ts';

/** Stamps beside the grid that most bars stand on; the last one is a bar that had not closed when the file was written. */
export function findOffGrid(candles: RawCandles, timeframeMs: number): Finding[] {
  const { openTimeMs } = candles;
  const { phaseMs } = modalPhase(openTimeMs, timeframeMs);
  const rows = rowsWhere(candles, (t) => openTimeMs[t] % timeframeMs !== phaseMs);
  const last = openTimeMs.length - 1;
  const say = (t: number): string => `is not on the ${formatDuration(timeframeMs)} grid; the bar before it is at ${t === 0 ? 'none' : formatTime(openTimeMs[t - 1])}`;
  return [
    ...findingOf(candles, rows.filter((row) => row !== last), { kind: 'off-grid-stamp', severity: 'warn', say }),
    ...findingOf(candles, rows.filter((row) => row === last), { kind: 'partial-last-bar', severity: 'warn', say }),
  ];
}
