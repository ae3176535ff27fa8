import { correlation, DAY_MS } from '../../engine/index.ts';
import type { LoadedModel, Market, MonitorReading, SignalSide } from '../types/index.ts';
import { type Incident, isTouched } from './integrity.ts';
import type { MonitorPolicy } from './policy.ts';
import { figure, notApplicable, percent, reading } from './reading.ts';
import { warpingAnn } from './warping.ts';

/** What a model would have said and earned, computed again from the frozen version over closes in [fromMs, toMs). */
export interface Replayed {
  readonly closeTimeMs: readonly number[];
  readonly score: readonly (number | null)[];
  readonly signal: readonly (SignalSide | null)[];
  readonly dayMs: readonly number[];
  readonly dayReturns: readonly number[];
}

/** Null where the stretch cannot be replayed. It must be the same for the same entries. */
export type Replay = (model: LoadedModel, market: Market, fromMs: number, toMs: number) => Replayed | null;

export interface PublishedRow {
  readonly closeTimeMs: number;
  readonly score: number;
  readonly signal: SignalSide;
}

/** What a model published and earned on one market lately. */
export interface Published {
  readonly market: Market;
  readonly rows: readonly PublishedRow[];
  readonly days: readonly { readonly dayMs: number; readonly netReturn: number }[];
}

/** A live stretch beside its replay, over all markets. */
export interface Comparison {
  readonly rows: number;
  readonly agreement: number | null;
  readonly scoreCorrelation: number | null;
  readonly returnCorrelation: number | null;
  readonly warpingAnn: number | null;
  readonly days: number;
  /** Σ (live − replayed) return by what explains it: bars that came late or changed, another decision, or the same decisions executed otherwise. */
  readonly gap: { readonly data: number; readonly code: number; readonly fill: number };
  /** Rows of the last day, or returns, that differ though their bars were whole. */
  readonly unexplainedToday: number;
}

interface Stretch {
  readonly toMs: number;
  readonly memoryMs: number;
  readonly scoreTolerance: number;
  readonly incidents: (market: Market) => readonly Incident[];
}

interface Pairs {
  rows: number;
  agreeing: number;
  unexplainedToday: number;
  readonly scores: [number[], number[]];
  readonly returns: Map<number, { live: number; replayed: number; markets: number }>;
  readonly gap: { data: number; code: number; fill: number };
}

/** Compares every published row and day with its replay; a row that the replay does not have disagrees. */
export function compareStretch(stretches: readonly { readonly published: Published; readonly replayed: Replayed }[], stretch: Stretch): Comparison {
  const pairs: Pairs = { rows: 0, agreeing: 0, unexplainedToday: 0, scores: [[], []], returns: new Map(), gap: { data: 0, code: 0, fill: 0 } };
  for (const { published, replayed } of stretches) comparePair(published, replayed, stretch, pairs);
  const days = [...pairs.returns.entries()].sort(([a], [b]) => a - b).map(([, day]) => day);
  const live = days.map((day) => day.live / day.markets);
  const again = days.map((day) => day.replayed / day.markets);
  return {
    rows: pairs.rows, agreement: pairs.rows === 0 ? null : pairs.agreeing / pairs.rows,
    scoreCorrelation: correlation(pairs.scores[0], pairs.scores[1]), returnCorrelation: correlation(live, again), warpingAnn: warpingAnn(live, again, 365), days: days.length,
    gap: pairs.gap, unexplainedToday: pairs.unexplainedToday,
  };
}

function comparePair({ market, rows, days }: Published, replayed: Replayed, { toMs, memoryMs, scoreTolerance, incidents }: Stretch, pairs: Pairs): void {
  const at = new Map(replayed.closeTimeMs.map((closeMs, i) => [closeMs, i]));
  const touched = (closeMs: number): boolean => isTouched(incidents(market), closeMs, memoryMs);
  const decidedOtherwise = new Set<number>();
  for (const { closeTimeMs, score, signal } of rows) {
    const i = at.get(closeTimeMs);
    const again = i === undefined ? null : replayed.score[i];
    const isSame = i !== undefined && replayed.signal[i] === signal && again !== null && Math.abs(again - score) <= scoreTolerance * Math.max(1, Math.abs(score));
    pairs.rows++;
    if (i !== undefined && replayed.signal[i] === signal) pairs.agreeing++;
    if (again !== null) {
      pairs.scores[0].push(score);
      pairs.scores[1].push(again);
    }
    if (isSame) continue;
    decidedOtherwise.add(dayOf(closeTimeMs));
    if (closeTimeMs > toMs - DAY_MS && !touched(closeTimeMs)) pairs.unexplainedToday++;
  }
  const lastDayMs = days.at(-1)?.dayMs;
  const againByDay = new Map(replayed.dayMs.map((dayMs, i) => [dayMs, replayed.dayReturns[i]]));
  for (const { dayMs, netReturn } of days) {
    const again = againByDay.get(dayMs);
    if (again === undefined) continue;
    const day = pairs.returns.get(dayMs) ?? { live: 0, replayed: 0, markets: 0 };
    pairs.returns.set(dayMs, { live: day.live + netReturn, replayed: day.replayed + again, markets: day.markets + 1 });
    const cause = touched(dayMs + DAY_MS) ? 'data' : decidedOtherwise.has(dayMs) || decidedOtherwise.has(dayMs - DAY_MS) ? 'code' : 'fill';
    pairs.gap[cause] += netReturn - again;
    if (dayMs === lastDayMs && cause === 'fill' && Math.abs(netReturn - again) > 1e-9) pairs.unexplainedToday++;
  }
}

/** The UTC day in which a close falls; midnight belongs to the day that it ends. */
function dayOf(closeTimeMs: number): number {
  return Math.floor((closeTimeMs - 1) / DAY_MS) * DAY_MS;
}

const MIN_DAYS_OF_RETURNS = 5;

/** T1: a breach watches; one that goes on the night after on bars that were whole suspends. */
export function readReconciliation(comparison: Comparison, wasBroken: boolean, { T1 }: MonitorPolicy): MonitorReading {
  const { rows, agreement, scoreCorrelation, returnCorrelation, warpingAnn: warping, days, gap, unexplainedToday } = comparison;
  if (agreement === null || rows < T1.minRows) return notApplicable('T1', `${rows} of ${T1.minRows} rows to compare`, rows);
  const broken = [
    agreement < T1.minAgreement ? `signals agree in ${percent(agreement)}` : null,
    scoreCorrelation !== null && scoreCorrelation < T1.minCorrelation ? `scores correlate by ${figure(scoreCorrelation)}` : null,
    days >= T1.minRows && returnCorrelation !== null && returnCorrelation < T1.minCorrelation ? `returns correlate by ${figure(returnCorrelation)}` : null,
    days >= MIN_DAYS_OF_RETURNS && warping !== null && warping > T1.maxWarpingAnn ? `returns are ${figure(warping)} a year apart (DTW)` : null,
  ].filter((text) => text !== null);
  const facts = `${rows} rows agree in ${percent(agreement)}, DTW ${warping === null ? 'unknown' : figure(warping)} a year`;
  const cause = `gap: data ${percent(gap.data)}, code ${percent(gap.code)}, fill ${percent(gap.fill)}`;
  const isAgain = broken.length > 0 && wasBroken && unexplainedToday > 0;
  return reading('T1', {
    state: broken.length === 0 ? 'ok' : isAgain ? 'suspend' : 'watch', value: agreement, watchAt: T1.minAgreement, n: rows,
    reason: broken.length === 0 ? facts : `${broken.join('; ')}; ${cause}${isAgain ? '; again, on whole bars' : ''}`,
  });
}
