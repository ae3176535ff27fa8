import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import {
  type AlertRuleBody, type AlertRuleStore, createKeyRing, createServer, type KeyRing, type ModelRegistry, openKeyJournal, openUsage, type Scope, type ServerOptions, type Timers,
} from '../../apps/server/index.ts';
import { InputError, sha256 } from '../../engine/index.ts';
import { createView, type Entry, type ModelKey, type RegisteredModel, type View, type ViewOptions } from '../../grading/index.ts';
import { gradingEntries, type GradingStream } from './grading-entries.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Time that a test moves. */
export interface TestClock {
  nowMs(): number;
  advance(ms: number): void;
}

export function testClock(startMs: number): TestClock {
  let now = startMs;
  return { nowMs: () => now, advance: (ms) => void (now += ms) };
}

/** Timers that fire when a test says so. */
export function testTimers(): Timers & { fire(ms: number): void } {
  const calls = new Set<{ readonly ms: number; readonly call: () => void; readonly isOnce: boolean }>();
  const add = (ms: number, call: () => void, isOnce: boolean): (() => void) => {
    const timer = { ms, call, isOnce };
    calls.add(timer);
    return () => void calls.delete(timer);
  };
  return {
    every: (ms, call) => add(ms, call, false),
    after: (ms, call) => add(ms, call, true),
    fire(ms): void {
      const due = Array.from(calls).filter((timer) => timer.ms === ms);
      for (const timer of due) {
        if (timer.isOnce) calls.delete(timer);
        timer.call();
      }
    },
  };
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly view: View;
  readonly clock: TestClock;
  readonly timers: ReturnType<typeof testTimers>;
  readonly keys: KeyRing;
  readonly keyFolder: string;
  /** A token of these scopes. */
  token(...scopes: Scope[]): string;
  /** Applies entries and tells the stream. */
  commit(batch: readonly Entry[]): void;
  /** Batches that have not been committed yet. */
  readonly ahead: (readonly Entry[])[];
}

let shared: GradingStream | null = null;

/** One stream for all tests: it takes a second to make. */
export function sharedStream(): GradingStream {
  shared ??= gradingEntries();
  return shared;
}

export interface TestServerOptions {
  readonly overrides?: Partial<ServerOptions>;
  /** Batches at the end that are kept back. */
  readonly ahead?: number;
  readonly view?: Partial<ViewOptions>;
}

/** A server over the seeded stream, with everything that can be injected; every answer is checked against its schema. */
export async function testServer({ overrides = {}, ahead = 0, view: viewOptions = {} }: TestServerOptions = {}): Promise<TestServer> {
  const stream = sharedStream();
  const books = stream.freshBooks();
  const view = createView({ ...books, ...viewOptions });
  const batches = [...stream.batches];
  const kept = ahead === 0 ? [] : batches.splice(-ahead);
  const apply = (entry: Entry): void => [books.bars, books.models, view].forEach((part) => part.apply(entry));
  batches.flat().forEach(apply);
  const clock = testClock(view.state.tsMs + 1_000);
  const timers = testTimers();
  const keyFolder = temporaryFolder();
  const keys = createKeyRing(openKeyJournal(keyFolder), clock);
  const listeners = new Set<(batch: readonly Entry[]) => void>();
  const app = await createServer({
    view, clock, keys, usage: openUsage(keyFolder), timers, checksAnswers: true,
    stream: { subscribe: (listener) => { listeners.add(listener); return () => void listeners.delete(listener); } },
    registry: memoryRegistry(view), alertRules: memoryRules(), calibrate: (outcomes, query) => ({ n: outcomes.length, meanReturn: outcomes.length === 0 ? null : 0, query }),
    audit: ({ fromSeq, count }) => stream.entries.filter(({ seq }) => seq >= fromSeq).slice(0, count).map(({ seq, tsMs, type, model, payload }) => ({ seq, tsMs, type, model, payload, payloadSha256: sha256(String(seq)), prev: sha256('prev'), hash: sha256('hash') })),
    promote: async (html) => (html.includes('noise') ? { promoted: false, reason: 'the replay is rejected', blocking: ['G7: p = 0.4'] } : { promoted: true, model: registered('ema-cross', 2, 'CANDIDATE') }),
    head: () => ({ seq: view.state.seq, hash: sha256(`entry ${view.state.seq}`) }),
    limits: { perKey: { requests: 1_000_000, windowMs: 1_000 }, perAddress: { requests: 1_000_000, windowMs: 1_000 } },
    ...overrides,
  });
  afterAll(() => app.close());
  return {
    app, view, clock, timers, keys, keyFolder, ahead: kept,
    token: (...scopes) => keys.create({ name: scopes.join(), scopes, lifeMs: null, actor: 'test' }).token,
    commit(batch): void {
      batch.forEach(apply);
      for (const listener of listeners) listener(batch);
    },
  };
}

function registered(modelId: string, version: number, state: RegisteredModel['state']): RegisteredModel {
  return { key: `${modelId}@${version}`, modelId, version, sha256: sha256(`${modelId}@${version}`), state, sinceMs: 0, aliases: [], tags: [] };
}

function memoryRegistry(view: View): ModelRegistry {
  const done = new Map<string, RegisteredModel>();
  const of = (key: ModelKey): RegisteredModel => {
    const known = view.models.get(key);
    if (known === null) throw new InputError('model-unknown', `model must be one of the registry, was ${key}`);
    return { ...registered(known.version.modelId, known.version.version, known.state), sinceMs: known.sinceMs, aliases: known.state === 'LIVE' ? ['champion'] : [] };
  };
  return {
    models: () => view.models.all().map(({ key }) => of(key)),
    version: (key) => { const known = view.models.get(key); if (known === null) throw new InputError('model-unknown', `no ${key}`); return known.version; },
    transition({ model, to }, { once = '' } = {}): RegisteredModel {
      if (to === 'DRAFT') throw new InputError('transition-not-allowed', `to must be a state after ${of(model).state}, was DRAFT`);
      const moved = done.get(once) ?? { ...of(model), state: to };
      done.set(once, moved);
      return moved;
    },
  };
}

export function memoryRules(): AlertRuleStore {
  const rules = new Map<string, AlertRuleBody>();
  return {
    list: () => [...rules.values()],
    get: (id) => rules.get(id) ?? null,
    put(rule): AlertRuleBody {
      if (rule.when.includes('??')) throw new InputError('rule-invalid', `when must be a condition, was ${rule.when}`);
      rules.set(rule.id, rule);
      return rule;
    },
    remove: (id) => rules.delete(id),
  };
}
