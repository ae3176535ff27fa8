import { mapScore, type OutOfSampleScores } from '../score/index.ts';
import type { GradeMap, Market, ModelKey, ModelState, Outcome } from '../types/index.ts';
import { calibrationTable } from './calibration-table.ts';
import type { CalibrationReport, CalibrationTableOptions, Segment } from './types.ts';

/** Segments of states; others are not judged. */
const SEGMENT_OF: Readonly<Partial<Record<ModelState, Segment>>> = { CANDIDATE: 'outOfSample', SHADOW: 'shadow', LIVE: 'live', WATCH: 'live' };

const REASONS: Readonly<Record<Segment, string>> = {
  outOfSample: 'no out-of-sample outcome was given', shadow: 'no outcome in SHADOW has been resolved', live: 'no outcome in LIVE or WATCH has been resolved',
};

export function segmentOf(state: ModelState): Segment | null {
  return SEGMENT_OF[state] ?? null;
}

/** Tables of one model's outcomes, never mixed: what was known before it was promoted, in shadow, and live. */
export function calibrationReport(outcomes: readonly Outcome[], options: CalibrationTableOptions): CalibrationReport {
  const of = (segment: Segment): CalibrationReport[Segment] => {
    const own = outcomes.filter(({ state }) => segmentOf(state) === segment);
    return own.length === 0 ? { table: null, reason: REASONS[segment] } : { table: calibrationTable(own, options), reason: null };
  };
  return { outOfSample: of('outOfSample'), shadow: of('shadow'), live: of('live') };
}

/**
 * Out-of-sample scores as outcomes of a CANDIDATE, graded by the frozen map; without signals, as hysteresis belongs to the service.
 *
 * The map was fitted on these very outcomes: their reliability flatters, `calibrationFacts` does not; ranks are not touched by it.
 */
export function outcomesOfScores(oos: OutOfSampleScores, map: GradeMap, of: { readonly market: Market; readonly model: ModelKey }): Outcome[] {
  const { timeframeMs } = of.market;
  const rows = Array.from(oos.score.keys()).filter((i) => Number.isFinite(oos.score[i]) && Number.isFinite(oos.forward[i]));
  return rows.map((i) => {
    const { grade, pUp, expReturn, outcomeLow, outcomeHigh } = mapScore(map, oos.score[i]);
    const closeTimeMs = oos.openTimeMs[i] + timeframeMs;
    return {
      ...of.market, model: of.model, state: 'CANDIDATE', closeTimeMs, score: oos.score[i], grade, pUp, expReturn, outcomeLow, outcomeHigh, horizonBars: oos.horizonBars,
      entryTimeMs: closeTimeMs, exitTimeMs: closeTimeMs + oos.horizonBars * timeframeMs,
      grossReturn: oos.forward[i], laggedReturn: Number.isFinite(oos.lagged[i]) ? oos.lagged[i] : null, netReturn: 0, signal: 0,
    };
  });
}
