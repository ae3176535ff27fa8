import { DAY_MS } from '../../engine/index.ts';
import type { Entry, EntryDraft, LoadedModel, Market, ModelBook, ModelKey, Processor, Transition } from '../types/index.ts';
import { decide } from './decide.ts';
import { type MarketLog, marketOfBarEntry, NEW_LOG, pushBarEntry } from './integrity.ts';
import { judgeModel } from './judge.ts';
import { MONITOR_POLICY, type MonitorPolicy } from './policy.ts';
import type { Replay } from './reconciliation.ts';
import { calmDaysAfter, hearDay, hearFill, hearGrade, hearHealth, hearOutcome, isJudged, type LiveFeatures, type ModelRecord, newRecord, settleDay } from './record.ts';

export interface MonitorsInput {
  /** It must have applied an entry before the monitors do. */
  readonly models: ModelBook;
  /** T1 is n/a without it. */
  readonly replay?: Replay;
  /** Inputs of a model on a market at the last bar that entries have brought, by the names of its reference; T3 is n/a without it. */
  readonly features?: (model: LoadedModel, market: Market) => LiveFeatures | null;
  readonly policy?: MonitorPolicy;
}

/**
 * Grades the models: at the last close of each UTC day the health of every version in SHADOW, LIVE or WATCH, and the change of state that it asks for.
 *
 * A version that leaves SUSPENDED, or becomes a candidate, starts anew.
 */
export function createMonitors({ models, replay, features, policy = MONITOR_POLICY }: MonitorsInput): Processor {
  const records = new Map<ModelKey, ModelRecord>();
  const logs = new Map<string, MarketLog>();

  const recordOf = (key: ModelKey): ModelRecord | null => {
    const known = records.get(key);
    if (known !== undefined) return known;
    const model = models.get(key);
    if (model === null) return null;
    const record = newRecord({ key, version: model.version, strategy: model.strategy }, policy);
    records.set(key, record);
    return record;
  };
  const hear = (key: ModelKey, take: (record: ModelRecord) => void): void => {
    const record = recordOf(key);
    if (record !== null) take(record);
  };
  const judged = (entry: Entry<'close'>): ReturnType<ModelBook['all']> =>
    models.all().filter(({ state, version }) => isJudged(state) && version.timeframeMs === entry.payload.timeframeMs).toSorted((a, b) => (a.key < b.key ? -1 : 1));

  const settle = (entry: Entry<'close'>): void => {
    if (!isDayEnd(entry)) return;
    for (const { key } of judged(entry)) {
      hear(key, (record) => settleDay(record, entry.payload.closeTimeMs, (market) => features?.(record.model, market) ?? null, policy));
    }
  };
  const judge = (entry: Entry<'close'>): EntryDraft[] => judged(entry).flatMap(({ key, state }): EntryDraft[] => {
    const record = records.get(key);
    if (record === undefined) return [];
    const health = judgeModel(record, { state, atMs: entry.payload.closeTimeMs, logs, replay: replay ?? null, policy });
    const transition = decide(health, calmDaysAfter(record, health, policy), policy);
    const written: EntryDraft = { type: 'model_health', model: key, payload: health };
    return transition === null ? [written] : [written, { type: 'transition', model: key, payload: transition }];
  });
  const move = ({ model, from, to }: Transition): void => {
    if (to === 'CANDIDATE' || from === 'SUSPENDED' || from === 'RETIRED') records.delete(model);
  };

  return {
    name: 'monitors',
    apply(entry) {
      switch (entry.type) {
        case 'bar_received': case 'bar_late': case 'gap': {
          const key = marketOfBarEntry(entry);
          logs.set(key, pushBarEntry(logs.get(key) ?? NEW_LOG, entry));
          return;
        }
        case 'grade_published': return entry.payload.models.forEach(({ model }) => hear(model, (record) => hearGrade(record, entry.payload)));
        case 'outcome_resolved': return hear(entry.payload.model, (record) => hearOutcome(record, entry.payload));
        case 'model_day': return hear(entry.payload.model, (record) => hearDay(record, entry.payload));
        case 'paper_filled': return entry.payload.model === null ? undefined : hear(entry.payload.model, (record) => hearFill(record, entry.payload));
        case 'model_health': return hear(entry.payload.model, (record) => hearHealth(record, entry.payload, policy));
        case 'model_changed': return move(entry.payload.transition);
        case 'transition': return move(entry.payload);
        case 'close': return settle(entry);
        default:
      }
    },
    respond: (entry) => (entry.type === 'close' && isDayEnd(entry) ? judge(entry) : []),
  };
}

function isDayEnd({ payload: { closeTimeMs } }: Entry<'close'>): boolean {
  return closeTimeMs % DAY_MS === 0;
}
