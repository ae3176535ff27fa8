import { DAY_MS, ENGINE_VERSION } from '../../engine/index.ts';
import { closeTimeMs, type ClosedBar, type Entry, type LoadedModel, marketKey, type MonitorReading } from '../types/index.ts';
import type { MonitorPolicy } from './policy.ts';
import { notApplicable, reading } from './reading.ts';

export type IncidentKind = 'gap' | 'late' | 'revised' | 'duplicate' | 'disorder' | 'clock';

/** What was wrong with the data of a market: the bars from … to (open times, exclusive), and when it was seen. */
export interface Incident {
  readonly kind: IncidentKind;
  readonly fromMs: number;
  readonly toMs: number;
  readonly seenMs: number;
}

/** A market's last bar and what was wrong with its bars lately. */
export interface MarketLog {
  readonly last: { readonly openTimeMs: number; readonly revision: number } | null;
  readonly incidents: readonly Incident[];
}

export const NEW_LOG: MarketLog = { last: null, incidents: [] };

const KEPT_DAYS = 60;
const KEPT_INCIDENTS = 500;

/** The log after an entry about bars; a bar that comes late into a gap that is known is the same incident. */
export function pushBarEntry(log: MarketLog, entry: Entry<'bar_received'> | Entry<'bar_late'> | Entry<'gap'>): MarketLog {
  if (entry.type === 'gap') return withIncident(log, { kind: 'gap', fromMs: entry.payload.fromMs, toMs: entry.payload.toMs, seenMs: entry.tsMs });
  const bar = entry.payload;
  const kind = entry.type === 'bar_late' ? lateKind(log, bar) : receivedKind(log, bar, entry.tsMs);
  const isNewest = entry.type === 'bar_received' && (log.last === null || bar.openTimeMs >= log.last.openTimeMs);
  const moved = isNewest ? { ...log, last: { openTimeMs: bar.openTimeMs, revision: bar.revision } } : log;
  return kind === null ? moved : withIncident(moved, { kind, fromMs: bar.openTimeMs, toMs: closeTimeMs(bar), seenMs: entry.tsMs });
}

function lateKind({ incidents }: MarketLog, { openTimeMs }: ClosedBar): IncidentKind | null {
  return incidents.some(({ kind, fromMs, toMs }) => kind === 'gap' && fromMs <= openTimeMs && openTimeMs < toMs) ? null : 'late';
}

function receivedKind({ last }: MarketLog, bar: ClosedBar, tsMs: number): IncidentKind | null {
  if (tsMs < closeTimeMs(bar)) return 'clock';
  if (last !== null && bar.openTimeMs === last.openTimeMs && bar.revision <= last.revision) return 'duplicate';
  if (bar.revision > 0) return 'revised';
  return last !== null && bar.openTimeMs < last.openTimeMs ? 'disorder' : null;
}

function withIncident(log: MarketLog, incident: Incident): MarketLog {
  const kept = log.incidents.filter(({ seenMs }) => seenMs > incident.seenMs - KEPT_DAYS * DAY_MS);
  return { ...log, incidents: [...kept, incident].slice(-KEPT_INCIDENTS) };
}

/** Whether the bars that a decision at a close could read had an incident. */
export function isTouched(incidents: readonly Incident[], closeMs: number, memoryMs: number): boolean {
  return incidents.some(({ fromMs }) => fromMs < closeMs && fromMs >= closeMs - memoryMs);
}

/** T0: what was wrong with the data or the code of a model lately; `logs` are those of the markets that it grades, by key. */
export function readIntegrity({ version, strategy }: LoadedModel, logs: ReadonlyMap<string, MarketLog>, atMs: number, { T0 }: MonitorPolicy): MonitorReading {
  if (strategy.id !== version.strategy.id) {
    return reading('T0', { state: 'suspend', value: null, suspendAt: T0.suspendCount, n: 1, reason: `the strategy that runs is ${strategy.id}, not ${version.strategy.id}` });
  }
  if (logs.size === 0) return notApplicable('T0', 'no market graded yet');
  const recent = [...logs].map(([market, { incidents }]) => ({ market, seen: incidents.filter(({ seenMs }) => seenMs > atMs - T0.windowDays * DAY_MS && seenMs <= atMs) }));
  // Of the worst market: one outage of a venue is seen by all of its markets.
  const worst = recent.reduce((most, one) => (one.seen.length > most.seen.length ? one : most));
  const value = worst.seen.length;
  const otherEngine = version.env.engineVersion === ENGINE_VERSION ? '' : `; promoted by engine ${version.env.engineVersion}, run by ${ENGINE_VERSION}`;
  const what = value === 0 ? 'no gap, late, revised or repeated bar' : `${worst.market}: ${countsOf(worst.seen)}`;
  const state = value >= T0.suspendCount ? 'suspend' : value > 0 || otherEngine !== '' ? 'warn' : 'ok';
  return reading('T0', { state, value, suspendAt: T0.suspendCount, n: logs.size, reason: `${what} in ${T0.windowDays} days${otherEngine}` });
}

function countsOf(incidents: readonly Incident[]): string {
  const counts = new Map<IncidentKind, number>();
  for (const { kind } of incidents) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** The key of the market that an entry about bars is about. */
export function marketOfBarEntry(entry: Entry<'bar_received'> | Entry<'bar_late'> | Entry<'gap'>): string {
  return marketKey(entry.type === 'gap' ? entry.payload.market : entry.payload);
}
