import { DAY_MS } from '../../engine/index.ts';
import {
  type LoadedModel, type Market, marketKey, type ModelDay, type ModelHealth, type ModelState, type ModelVersion, type MonitorReading, type Outcome, type PaperFill, type TraderGrade,
} from '../types/index.ts';
import { brierExcess, lookAtCalibration } from './calibration-look.ts';
import { type CostRecord, NO_COSTS, pushFill } from './costs.ts';
import { NEW_CUSUM, pushCusum } from './cusum.ts';
import { isCalm } from './decide.ts';
import { type DriftDay, pushDriftDay } from './drift-sample.ts';
import type { MonitorPolicy } from './policy.ts';
import { NO_PROFIT, type ProfitRecord, pushDay } from './profit.ts';
import { type ProfitLines, profitLines } from './profit-lines.ts';
import { type IcLines, icLines, icOfOutcome, type IcRecord } from './rank-ic.ts';
import type { PublishedRow } from './reconciliation.ts';

interface Mean {
  readonly sum: number;
  readonly n: number;
}

const NONE: Mean = { sum: 0, n: 0 };

function plus({ sum, n }: Mean, value: number): Mean {
  return { sum: sum + value, n: n + 1 };
}

/** What is remembered of one market: published rows and days of the window of T1, and the last score of today. */
interface MarketRecord {
  readonly market: Market;
  rows: PublishedRow[];
  days: { readonly dayMs: number; readonly netReturn: number }[];
  lastScore: number | null;
  hasScore: boolean;
}

/** Inputs of a model on a market at a close, by the names of its reference; null where one is missing. */
export type LiveFeatures = Readonly<Record<string, number | null>>;

/** All that the monitors know of one model, from entries alone. */
export interface ModelRecord {
  readonly model: LoadedModel;
  readonly profitLines: ProfitLines | null;
  readonly icLines: IcLines | null;
  readonly markets: Map<string, MarketRecord>;
  /** Days whose rows are still coming: sum over markets, by day. */
  readonly pendingDays: Map<number, Mean & { readonly state: ModelState }>;
  settledDayMs: number;
  liveDays: number;
  profit: ProfitRecord;
  ic: IcRecord;
  pendingIc: Mean;
  pendingBrier: Mean;
  brierDays: readonly number[];
  costs: CostRecord;
  scores: readonly DriftDay[];
  readonly features: Map<string, readonly DriftDay[]>;
  /** Inputs and score of each market at the last close of the day. */
  today: readonly LiveFeatures[];
  /** T10 as it was at its last look. */
  calibration: MonitorReading | null;
  /** Of the last health that was written. */
  lastHealth: ModelHealth | null;
  calmDays: number;
}

export function newRecord(model: LoadedModel, policy: MonitorPolicy): ModelRecord {
  return {
    model, ...linesOf(model.version, policy), markets: new Map(), pendingDays: new Map(), settledDayMs: -Infinity, liveDays: 0,
    profit: NO_PROFIT, ic: { cusum: NEW_CUSUM, sum: 0 }, pendingIc: NONE, pendingBrier: NONE, brierDays: [], costs: NO_COSTS, scores: [], features: new Map(), today: [], calibration: null,
    lastHealth: null, calmDays: 0,
  };
}

type Lines = Pick<ModelRecord, 'profitLines' | 'icLines'>;

/** A version does not change: its lines are drawn once under a policy. */
const DRAWN = new WeakMap<ModelVersion, { readonly policy: MonitorPolicy; readonly lines: Lines }>();

function linesOf(version: ModelVersion, policy: MonitorPolicy): Lines {
  const known = DRAWN.get(version);
  if (known?.policy === policy) return known.lines;
  const lines = { profitLines: profitLines(version, policy), icLines: icLines(version, policy) };
  DRAWN.set(version, { policy, lines });
  return lines;
}

/** States in which a model is judged; what it says in others is no evidence. */
export function isJudged(state: ModelState): boolean {
  return state === 'SHADOW' || state === 'LIVE' || state === 'WATCH';
}

function marketOf(record: ModelRecord, market: Market): MarketRecord {
  const key = marketKey(market);
  const known = record.markets.get(key);
  if (known !== undefined) return known;
  const { venue, symbol, timeframeMs } = market;
  const fresh: MarketRecord = { market: { venue, symbol, timeframeMs }, rows: [], days: [], lastScore: null, hasScore: false };
  record.markets.set(key, fresh);
  return fresh;
}

/** A grade that the model took part in. */
export function hearGrade(record: ModelRecord, grade: TraderGrade): void {
  const said = grade.models.find(({ model }) => model === record.model.key);
  if (said === undefined || !isJudged(said.state)) return;
  const market = marketOf(record, grade);
  market.lastScore = said.score;
  market.hasScore = true;
  if (said.score !== null && said.signal !== null) market.rows.push({ closeTimeMs: grade.closeTimeMs, score: said.score, signal: said.signal });
}

export function hearOutcome(record: ModelRecord, outcome: Outcome): void {
  if (!isJudged(outcome.state)) return;
  record.pendingBrier = plus(record.pendingBrier, brierExcess(outcome, record.model.version));
  const ic = icOfOutcome(outcome, record.model.version);
  if (ic !== null) record.pendingIc = plus(record.pendingIc, ic);
}

/** A market's day; rows of a day that is settled are no longer counted. */
export function hearDay(record: ModelRecord, day: ModelDay): void {
  if (!isJudged(day.state) || day.dayMs <= record.settledDayMs) return;
  marketOf(record, { venue: day.venue, symbol: day.symbol, timeframeMs: record.model.version.timeframeMs }).days.push({ dayMs: day.dayMs, netReturn: day.netReturn });
  const { sum, n } = record.pendingDays.get(day.dayMs) ?? NONE;
  record.pendingDays.set(day.dayMs, { sum: sum + day.netReturn, n: n + 1, state: day.state });
}

export function hearFill(record: ModelRecord, fill: PaperFill): void {
  record.costs = pushFill(record.costs, fill, record.model.version);
}

/** The calm days and the reconciliation of yesterday are known by what was written, also after a restart. */
export function hearHealth(record: ModelRecord, health: ModelHealth, policy: MonitorPolicy): void {
  record.calmDays = calmDaysAfter(record, health, policy);
  record.lastHealth = health;
}

/** Days in a row, with this one, on which nothing spoke against a model. */
export function calmDaysAfter({ calmDays }: ModelRecord, health: ModelHealth, policy: MonitorPolicy): number {
  return isCalm(health.monitors, policy) ? calmDays + 1 : 0;
}

/** Inputs of the model on a market at the last close; null where they cannot be known. */
export type FeaturesOf = (market: Market) => LiveFeatures | null;

/**
 * The end of a UTC day: what came since the last one becomes one observation of each statistic.
 *
 * A day's returns count at the end of the next day, when the rows of all of its markets have surely been written.
 */
export function settleDay(record: ModelRecord, closeTimeMs: number, featuresOf: FeaturesOf, policy: MonitorPolicy): void {
  for (const [dayMs, { sum, n, state }] of [...record.pendingDays].sort(([a], [b]) => a - b)) {
    if (dayMs + DAY_MS >= closeTimeMs) continue;
    record.profit = pushDay(record.profit, sum / n, record.profitLines);
    if (state !== 'SHADOW') record.liveDays++;
    record.settledDayMs = dayMs;
    record.pendingDays.delete(dayMs);
    const days = record.profit.returns.n;
    if (days % policy.T10.everyDays === 0) record.calibration = lookAtCalibration(record.brierDays, record.model.version, days, policy);
  }
  settleOutcomes(record, policy);
  settleScores(record, featuresOf, policy);
  const fromMs = closeTimeMs - policy.T1.windowDays * DAY_MS;
  for (const market of record.markets.values()) {
    market.rows = market.rows.filter((row) => row.closeTimeMs > fromMs);
    market.days = market.days.filter((day) => day.dayMs >= fromMs);
  }
}

function settleOutcomes(record: ModelRecord, { T10 }: MonitorPolicy): void {
  const { pendingIc, pendingBrier, icLines: lines } = record;
  if (pendingIc.n > 0 && lines !== null) {
    const ic = pendingIc.sum / pendingIc.n;
    record.ic = { cusum: pushCusum(record.ic.cusum, ic / lines.sd, lines.good / lines.sd / 2), sum: record.ic.sum + ic };
  }
  if (pendingBrier.n > 0) record.brierDays = [...record.brierDays, pendingBrier.sum / pendingBrier.n].slice(-T10.windowDays);
  record.pendingIc = NONE;
  record.pendingBrier = NONE;
}

function settleScores(record: ModelRecord, featuresOf: FeaturesOf, { T3, T4 }: MonitorPolicy): void {
  const heard = [...record.markets.values()].filter(({ hasScore }) => hasScore);
  const inputs = heard.map(({ market, lastScore }) => ({ known: featuresOf(market), score: lastScore }));
  record.scores = pushDriftDay(record.scores, inputs.map(({ score }) => score), T4.windowDays);
  record.today = inputs.map(({ known, score }) => ({ ...known, score }));
  for (const name of Object.keys(record.model.version.reference.features)) {
    const samples = inputs.flatMap(({ known }) => (known === null ? [] : [known[name] ?? null]));
    record.features.set(name, pushDriftDay(record.features.get(name) ?? [], samples, T3.windowDays));
  }
  for (const market of heard) market.hasScore = false;
}
