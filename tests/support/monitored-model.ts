import { DAY_MS, defineStrategy, HOUR_MS, seededNormal, seededRandom } from '../../engine/index.ts';
import { createMonitors, MONITOR_POLICY, type MonitorPolicy, type MonitorsInput } from '../../grading/monitors/index.ts';
import {
  type Entry, type EntryDraft, type Market, type ModelBook, type ModelHealth, type ModelKey, modelKey, type ModelState, type ModelVersion, type Processor, type SignalSide, type Transition,
} from '../../grading/types/index.ts';
import { modelVersion } from './model-version.ts';

export const MARKET: Market = { venue: 'binance', symbol: 'BTC/USDT', timeframeMs: HOUR_MS };
const STRATEGY = defineStrategy({
  id: 'ema-cross', summary: 'stands for a loaded model', params: {}, warmupBars: () => 1, targetExposure: ({ close }) => new Float64Array(close.length),
});

/** Fewer paths than the product draws: lines are rougher, tests are quick. */
export const QUICK_POLICY: MonitorPolicy = { ...MONITOR_POLICY, simulation: { paths: 300, yearDays: 365, years: 1 } };

/** What a day brings; what is left out is as healthy as the promise. */
export interface LiveDay {
  readonly netReturn?: number;
  /** Score of each hour, and how it does: rank correlation of score and outcome by the sign of `skill`. */
  readonly score?: (hour: number) => number;
  readonly skill?: number;
  readonly pUp?: number;
  readonly fills?: readonly number[];
  readonly extra?: readonly EntryDraft[];
}

/** A model in its market, day after day, as the service would write it. */
export interface MonitoredModel {
  readonly key: ModelKey;
  readonly version: ModelVersion;
  readonly entries: Entry[];
  readonly healths: ModelHealth[];
  readonly transitions: Transition[];
  state(): ModelState;
  day(what?: LiveDay): ModelHealth | null;
  days(count: number, what?: LiveDay | ((day: number) => LiveDay)): ModelHealth | null;
}

interface Options extends Partial<Omit<MonitorsInput, 'models'>> {
  readonly version?: ModelVersion;
  readonly state?: ModelState;
  readonly seed?: number;
}

export function bookOf(version: ModelVersion, state: () => ModelState): ModelBook {
  const key = modelKey(version);
  const one = () => ({ key, version, strategy: STRATEGY, state: state(), registeredMs: 0, sinceMs: version.promotedAtMs });
  return { all: () => [one()], get: (name) => (name === key ? one() : null), grading: () => [one()] };
}

export function monitoredModel({ version = modelVersion(), state: first = 'LIVE', seed = 1, policy = QUICK_POLICY, ...input }: Options = {}): MonitoredModel {
  const key = modelKey(version);
  let state = first;
  const monitors = createMonitors({ models: bookOf(version, () => state), policy, ...input });
  const entries: Entry[] = [];
  const healths: ModelHealth[] = [];
  const transitions: Transition[] = [];
  const normal = seededNormal(seededRandom(seed, 'live days'));
  let dayMs = version.promotedAtMs;
  const write = (drafts: readonly EntryDraft[], tsMs: number): void => {
    for (const entry of heard(monitors, drafts, tsMs, entries.length)) {
      entries.push(entry);
      if (entry.type === 'model_health') healths.push(entry.payload);
      if (entry.type !== 'transition') continue;
      transitions.push(entry.payload);
      state = entry.payload.to;
    }
  };
  const live = (what: LiveDay): ModelHealth | null => {
    const count = healths.length;
    for (const { drafts, tsMs } of draftsOfDay({ key, state, version, dayMs, what, normal })) write(drafts, tsMs);
    dayMs += DAY_MS;
    return healths.length > count ? healths[healths.length - 1] : null;
  };
  return {
    key, version, entries, healths, transitions, state: () => state, day: (what = {}) => live(what),
    days(times, what = {}) {
      let last: ModelHealth | null = null;
      for (let i = 1; i <= times; i++) last = live(typeof what === 'function' ? what(i) : what);
      return last;
    },
  };
}

interface DayInput {
  readonly key: ModelKey;
  readonly state: ModelState;
  readonly version: ModelVersion;
  readonly dayMs: number;
  readonly what: LiveDay;
  readonly normal: () => number;
}

/** Six grades of the day (every fourth hour), the outcome of yesterday's last one, fills, the day's close and what it earned. */
function draftsOfDay({ key, state, version, dayMs, what, normal }: DayInput): { readonly drafts: readonly EntryDraft[]; readonly tsMs: number }[] {
  const { netReturn = 0.0006 + 0.012 * normal(), score = () => 0.02 + 0.6 * normal(), skill = 1, pUp = 0.505, fills = [], extra = [] } = what;
  const graded = [4, 8, 12, 16, 20, 24].map((hour) => ({ hour, closeMs: dayMs + hour * HOUR_MS, score: score(hour) }));
  const steps = graded.map(({ hour, closeMs, score: said }) => ({
    tsMs: closeMs, drafts: [gradeDraft(key, state, closeMs, said), ...(hour === 24 ? [] : [closeDraft(closeMs)])],
  }));
  const last = steps[steps.length - 1];
  const said = 0.6 * normal();
  const gross = 0.029 * (0.06 * skill * (said / 0.6) + normal());
  const earned: EntryDraft = {
    type: 'model_day', model: key, payload: { model: key, state, venue: MARKET.venue, symbol: MARKET.symbol, dayMs, netReturn, grossReturn: netReturn, exposure: 1, turnover: 0.1 },
  };
  return [
    { tsMs: dayMs + HOUR_MS, drafts: [outcomeDraft(key, state, version, dayMs - DAY_MS, { score: said, gross, pUp }), ...extra, ...fills.map((multiple, i) => fillDraft(key, version, dayMs + HOUR_MS + i, multiple))] },
    ...steps.slice(0, -1), { tsMs: last.tsMs, drafts: [...last.drafts, closeDraft(dayMs + DAY_MS), earned] },
  ];
}

export function signalOf(score: number): SignalSide {
  return score > 0.5 ? 1 : score < -0.5 ? -1 : 0;
}

function closeDraft(closeTimeMs: number): EntryDraft {
  return { type: 'close', model: null, payload: { timeframeMs: HOUR_MS, closeTimeMs } };
}

function gradeDraft(model: ModelKey, state: ModelState, closeTimeMs: number, score: number): EntryDraft {
  const said = {
    grade: 50, pUp: 0.505, expReturn: 0, meanLow: -0.01, meanHigh: 0.01, outcomeLow: -0.04, outcomeHigh: 0.04, signal: signalOf(score), horizonBars: 24,
  };
  return {
    type: 'grade_published', model: null, payload: {
      ...MARKET, ...said, closeTimeMs, close: 100, traderGrade: 50, taGrade: null, quantGrade: null, tokenTrend: 0, nModels: 1, dispersion: null, coverage: 1, change24h: null,
      models: [{ ...said, model, state, score, weight: 1, reason: null }], reason: null, publishedAtMs: closeTimeMs, revision: 0,
    },
  };
}

function outcomeDraft(model: ModelKey, state: ModelState, version: ModelVersion, closeTimeMs: number, { score, gross, pUp }: { readonly score: number; readonly gross: number; readonly pUp: number }): EntryDraft {
  return {
    type: 'outcome_resolved', model, payload: {
      ...MARKET, model, state, closeTimeMs, score, grade: 50, pUp, expReturn: 0, outcomeLow: -0.04, outcomeHigh: 0.04, horizonBars: version.grade.horizonBars, entryTimeMs: closeTimeMs,
      exitTimeMs: closeTimeMs + version.grade.horizonBars * HOUR_MS, grossReturn: gross, laggedReturn: gross, netReturn: gross - 0.002, signal: 1,
    },
  };
}

function fillDraft(model: ModelKey, { grade: { roundTripCost } }: ModelVersion, atMs: number, multiple: number): EntryDraft {
  return {
    type: 'paper_filled', model, payload: {
      accountId: 'paper', symbol: 'binance:BTC/USDT', atMs, side: 'buy', qtyBase: 2, price: 100, feeQuote: (multiple * 200 * roundTripCost) / 4, slippageQuote: (multiple * 200 * roundTripCost) / 4,
      model, reason: 'test',
    },
  };
}

/** Entries that follow from drafts, themselves included, in the order in which they are written. */
export function heard(processor: Processor, drafts: readonly EntryDraft[], tsMs: number, firstSeq: number): Entry[] {
  const written: Entry[] = [];
  const queue = [...drafts];
  for (let draft = queue.shift(); draft !== undefined; draft = queue.shift()) {
    const entry = { ...draft, seq: firstSeq + written.length, tsMs } as Entry;
    written.push(entry);
    processor.apply(entry);
    queue.push(...processor.respond(entry));
  }
  return written;
}
