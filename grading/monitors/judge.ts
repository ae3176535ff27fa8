import { DAY_MS } from '../../engine/index.ts';
import { marketKey, type ModelHealth, type ModelState, type MonitorReading } from '../types/index.ts';
import { readCosts } from './costs.ts';
import { readFeatures, readScores } from './drift.ts';
import { readExpiry } from './expiry.ts';
import { type MarketLog, NEW_LOG, readIntegrity } from './integrity.ts';
import { gradeParts, modelGrade } from './model-grade.ts';
import type { MonitorPolicy } from './policy.ts';
import { readProfit, sharpeBelief } from './profit.ts';
import { readIc } from './rank-ic.ts';
import { notApplicable } from './reading.ts';
import { compareStretch, readReconciliation, type Replay } from './reconciliation.ts';
import type { ModelRecord } from './record.ts';

export interface JudgeInput {
  readonly state: ModelState;
  readonly atMs: number;
  /** By market key, of all markets. */
  readonly logs: ReadonlyMap<string, MarketLog>;
  readonly replay: Replay | null;
  readonly policy: MonitorPolicy;
}

/** What a model is worth at the end of a day: all readings, and the grade that they make. */
export function judgeModel(record: ModelRecord, input: JudgeInput): ModelHealth {
  const { state, atMs, policy } = input;
  const { version } = record.model;
  const monitors = readingsOf(record, input);
  const belief = sharpeBelief(record.profit, version, record.profitLines, policy);
  const parts = gradeParts({
    version, readings: monitors, belief, liveReturns: record.profit.returns.n, costs: record.costs, ic: record.ic, icLines: record.icLines, atMs,
    brierExcess: record.brierDays.length === 0 ? null : { mean: record.brierDays.reduce((sum, x) => sum + x, 0) / record.brierDays.length, days: record.brierDays.length },
  }, policy);
  return { model: record.model.key, state, atMs, liveDays: record.liveDays, monitors, ...modelGrade(parts, monitors, record.liveDays, policy), parts };
}

function readingsOf(record: ModelRecord, input: JudgeInput): readonly MonitorReading[] {
  const { version } = record.model;
  const { atMs, logs, policy } = input;
  const own = new Map([...record.markets.keys()].map((key) => [key, logs.get(key) ?? NEW_LOG]));
  const [t6, t7, t8, t9] = readProfit(record.profit, version, record.profitLines, policy);
  return [
    readIntegrity(record.model, own, atMs, policy), reconcile(record, own, input), readCosts(record.costs, version, policy), readFeatures(record.features, version, policy),
    readScores(record.scores, record.today, version, policy), readIc(record.ic, record.icLines, policy), t6, t7, t8, t9,
    record.calibration ?? notApplicable('T10', `the first look is after ${policy.T10.everyDays} days`, record.brierDays.length), readExpiry(version, atMs),
  ];
}

function reconcile({ model, markets, lastHealth }: ModelRecord, logs: ReadonlyMap<string, MarketLog>, { atMs, replay, policy }: JudgeInput): MonitorReading {
  if (replay === null) return notApplicable('T1', 'no replay is given');
  const fromMs = atMs - policy.T1.windowDays * DAY_MS;
  const stretches = [...markets.values()].flatMap(({ market, rows, days }) => {
    // A row of this very close may not have been written yet.
    const settled = rows.filter(({ closeTimeMs }) => closeTimeMs < atMs);
    const replayed = settled.length === 0 ? null : replay(model, market, Math.max(fromMs, settled[0].closeTimeMs), atMs);
    return replayed === null ? [] : [{ published: { market, rows: settled, days }, replayed }];
  });
  if (stretches.length === 0) return notApplicable('T1', 'no published row that can be replayed');
  const comparison = compareStretch(stretches, {
    toMs: atMs, memoryMs: model.version.memoryBars * model.version.timeframeMs, scoreTolerance: policy.T1.scoreTolerance, incidents: (market) => logs.get(marketKey(market))?.incidents ?? [],
  });
  const before = lastHealth?.monitors.find(({ id }) => id === 'T1')?.state;
  return readReconciliation(comparison, before === 'watch' || before === 'suspend', policy);
}
