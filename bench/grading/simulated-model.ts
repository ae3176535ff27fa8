// A promised model and its live days as the monitors hear them: everything simulated, the judging is the product's own.
import {
  blockLengthOf, DAY_MS, defineStrategy, momentsOf, normalCdf, populationShape, probit, type Random, seededNormal, seededRandom, sharpeStandardError, spreadOf, type Strategy,
} from '../../engine/index.ts';
import { createMonitors, type MonitorPolicy } from '../../grading/monitors/index.ts';
import type { EntryDraft, ModelBook, ModelKey, ModelState, ModelVersion } from '../../grading/types/index.ts';
import { modelVersion } from '../../tests/support/model-version.ts';
import { heard } from '../../tests/support/monitored-model.ts';

const PERIODS = 365;
const SD = 0.015;
const STRATEGY: Strategy = defineStrategy({
  id: 'simulated', summary: 'stands for a model whose days are drawn', params: {}, warmupBars: () => 1, targetExposure: ({ close }) => new Float64Array(close.length),
});

/** Noise of a day: Student t with five degrees of freedom, of variance 1. */
function studentNoise(normal: Random): number {
  let chi = 0;
  for (let i = 0; i < 5; i++) chi += normal() ** 2;
  return normal() / Math.sqrt(chi / 5) / Math.sqrt(5 / 3);
}

interface Day {
  readonly score: number;
  /** Of the market over the day, in deviations. */
  readonly market: number;
  /** Of the model, which holds the sign of its score. */
  readonly profit: number;
}

function drawDay(normal: Random, sharpeAnn: number): Day {
  const score = normal();
  const profit = studentNoise(normal) + sharpeAnn / Math.sqrt(PERIODS);
  return { score, market: Math.sign(score) * profit, profit };
}

function rankProduct({ score, market }: Day): number {
  return 12 * (normalCdf(score) - 0.5) * (normalCdf(market) - 0.5);
}

/** A version that was promoted with so much out of sample: its measured Sharpe ratio is exactly that, its IC what the same days say. */
export function promisedVersion({ seed, sharpeAnn, days }: { readonly seed: number; readonly sharpeAnn: number; readonly days: number }): ModelVersion {
  const normal = seededNormal(seededRandom(seed, 'promise'));
  const drawn = Array.from({ length: days }, () => drawDay(normal, 0));
  const noise = drawn.map(({ profit }) => profit);
  const { mean, ...rest } = momentsOf(noise);
  const spread = spreadOf({ mean, ...rest }) ?? 1;
  const whole = drawn.map(({ score, profit }) => ({ score, profit: (profit - mean) / spread + sharpeAnn / Math.sqrt(PERIODS) })).map((day) => ({ ...day, market: Math.sign(day.score) * day.profit }));
  const dailyReturns = whole.map(({ profit }) => SD * profit);
  const ics = momentsOf(whole.map(rankProduct));
  const icSd = spreadOf(ics) ?? 1;
  const plain = modelVersion();
  const moments = { sharpe: sharpeAnn / Math.sqrt(PERIODS), observations: days, ...(populationShape(dailyReturns) ?? { skewness: 0, kurtosis: 3 }) };
  return {
    ...plain, modelId: 'simulated', version: seed, timeframeMs: DAY_MS, strategy: { ...plain.strategy, id: STRATEGY.id },
    oos: {
      ...plain.oos, toMs: plain.oos.fromMs + days * DAY_MS, sharpeAnn, sharpeErrorAnn: (sharpeStandardError(moments) ?? 0) * Math.sqrt(PERIODS), dailyReturns, blockDays: blockLengthOf(dailyReturns),
    },
    reference: { score: Array.from({ length: 101 }, (_, i) => probit(Math.min(0.999, Math.max(0.001, i / 100)))), features: {} },
    grade: { ...plain.grade, horizonBars: 1, base: { ...plain.grade.base, pUp: 0.5, mean: 0, sd: SD } },
    calibration: { ...plain.calibration, icMean: ics.mean, icSd, icT: (ics.mean / icSd) * Math.sqrt(days) },
    expiry: { validUntilMs: Date.UTC(2100, 0, 1), retrainEveryDays: 0 },
  };
}

/** True annual Sharpe ratio on a live day. */
export type Course = (day: number) => number;

export interface LiveOptions {
  readonly version: ModelVersion;
  readonly seed: number;
  readonly course: Course;
  readonly days: number;
  readonly policy?: MonitorPolicy;
  /** Whether outcomes come from the market that the profit comes from, as with one market, or from another that is independent. */
  readonly outcomes: 'same market' | 'independent';
}

/** What the monitors did: the first day of each alarm by monitor, and the first change of state. */
export interface LiveResult {
  readonly alarms: Readonly<Record<string, number>>;
  readonly demotedOn: number | null;
  readonly suspendedOn: number | null;
}

/** One version in its live days; a suspended one is no longer heard. */
export function liveRun({ version, seed, course, days, policy, outcomes }: LiveOptions): LiveResult {
  const key: ModelKey = `simulated@${version.version}`;
  let state: ModelState = 'LIVE';
  const model = { key, version, strategy: STRATEGY };
  const models: ModelBook = { all: () => [{ ...model, state, registeredMs: 0, sinceMs: 0 }], get: (name) => (name === key ? { ...model, state, registeredMs: 0, sinceMs: 0 } : null), grading: () => [{ ...model, state }] };
  const monitors = createMonitors({ models, ...(policy === undefined ? {} : { policy }) });
  const alarms: Record<string, number> = {};
  let demotedOn: number | null = null;
  let suspendedOn: number | null = null;
  const normal = seededNormal(seededRandom(seed, `live:${outcomes}`));
  for (let day = 1; day <= days && suspendedOn === null; day++) {
    const startMs = version.oos.toMs + day * DAY_MS;
    const sharpeAnn = course(day);
    const drawn = drawDay(normal, sharpeAnn);
    const judged = outcomes === 'same market' ? drawn : drawDay(normal, sharpeAnn);
    for (const entry of heard(monitors, draftsOf(key, state, version, startMs, drawn, judged), startMs + DAY_MS, 0)) {
      if (entry.type === 'model_health') {
        for (const { id, state: level } of entry.payload.monitors) {
          if (level !== 'watch' && level !== 'suspend') continue;
          alarms[id] ??= day;
          if (level === 'suspend') alarms[`${id} suspend`] ??= day;
        }
      }
      if (entry.type !== 'transition') continue;
      state = entry.payload.to;
      if (state !== 'LIVE') demotedOn ??= day;
      if (state === 'SUSPENDED') suspendedOn = day;
    }
  }
  return { alarms, demotedOn, suspendedOn };
}

/** A day as the service writes it: what became of the last grade, what the model earned, the close. */
function draftsOf(key: ModelKey, state: ModelState, version: ModelVersion, startMs: number, { profit }: Day, { score, market }: Day): EntryDraft[] {
  const place = { venue: 'simulated', symbol: 'A/USDT', timeframeMs: DAY_MS };
  const common = { model: key, state };
  return [
    {
      type: 'outcome_resolved', model: key, payload: {
        ...place, ...common, closeTimeMs: startMs, score, grade: 50, pUp: 0.5, expReturn: 0, outcomeLow: -1, outcomeHigh: 1, horizonBars: 1, entryTimeMs: startMs, exitTimeMs: startMs + DAY_MS,
        grossReturn: SD * market, laggedReturn: null, netReturn: SD * profit, signal: score > 0 ? 1 : -1,
      },
    },
    { type: 'model_day', model: key, payload: { ...common, venue: place.venue, symbol: place.symbol, dayMs: startMs, netReturn: SD * profit, grossReturn: SD * profit, exposure: 1, turnover: 0 } },
    { type: 'close', model: null, payload: { timeframeMs: version.timeframeMs, closeTimeMs: startMs + DAY_MS } },
  ];
}
