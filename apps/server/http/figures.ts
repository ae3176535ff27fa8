import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { freshness } from '../../../grading/index.ts';
import type { ServerOptions } from '../options.ts';

/** Figures for Prometheus, in a registry of this server alone. */
export interface Figures {
  readonly registry: Registry;
  answered(operation: string, status: number, seconds: number): void;
  cache(result: 'hit' | 'miss'): void;
  readonly stream: { clients(change: 1 | -1): void; sent(count: number): void; dropped(reason: string): void };
}

export function createFigures({ view, clock }: Pick<ServerOptions, 'view' | 'clock'>): Figures {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({ name: 'assay_http_requests_total', help: 'Requests by operation and status', labelNames: ['operation', 'status'], registers });
  const durations = new Histogram({ name: 'assay_http_request_seconds', help: 'Time to answer', labelNames: ['operation'], buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10], registers });
  const cache = new Counter({ name: 'assay_http_cache_total', help: 'Answers from the cache, or made', labelNames: ['result'], registers });
  const clients = new Gauge({ name: 'assay_stream_clients', help: 'Clients of the stream', registers });
  const sent = new Counter({ name: 'assay_stream_messages_total', help: 'Messages sent to clients of the stream', registers });
  const dropped = new Counter({ name: 'assay_stream_dropped_total', help: 'Clients that were dropped, by reason', labelNames: ['reason'], registers });
  gauge('assay_journal_seq', 'Newest entry that is served', [], (set) => set({}, view.state.seq), registers);
  gauge('assay_market_age_seconds', 'Since the last close of a market', ['market'], (set) => {
    for (const { market, ageMs } of freshness(view, clock)) if (ageMs !== null) set({ market }, ageMs / 1_000);
  }, registers);
  gauge('assay_model_grade', 'Model grade, 0 to 100', ['model'], (set) => {
    for (const [model, { healths }] of view.state.models) {
      const grade = healths.last()?.value.modelGrade ?? null;
      if (grade !== null) set({ model }, grade);
    }
  }, registers);
  return {
    registry,
    answered(operation, status, seconds): void {
      requests.inc({ operation, status: String(status) });
      durations.observe({ operation }, seconds);
    },
    cache: (result) => cache.inc({ result }),
    stream: { clients: (change) => clients.inc(change), sent: (count) => sent.inc(count), dropped: (reason) => dropped.inc({ reason }) },
  };
}

/** A gauge that is read when it is asked for. */
function gauge(name: string, help: string, labelNames: string[], read: (set: (labels: Record<string, string>, value: number) => void) => void, registers: Registry[]): void {
  const made: Gauge = new Gauge({ name, help, labelNames, registers, collect(): void {
    made.reset();
    read((labels, value) => made.set(labels, value));
  } });
}
