import type { Clock, Entry, ModelKey, ModelVersion, Outcome, RegisteredModel, Transition, View } from '../../grading/index.ts';
import type { BucketRule } from './http/token-bucket.ts';
import type { KeyInfo, KeyRing, Usage } from './keys/index.ts';

/** Committed batches, each after it is on the disk. */
export interface EntryStream {
  subscribe(listener: (batch: readonly Entry[]) => void): () => void;
}

/** What the API asks of the registry of models. */
export interface ModelRegistry {
  models(): readonly RegisteredModel[];
  version(key: ModelKey): ModelVersion;
  transition(transition: Omit<Transition, 'from'>, options?: { readonly once?: string; readonly force?: boolean }): RegisteredModel;
}

export type Promotion =
  | { readonly promoted: true; readonly model: RegisteredModel }
  | { readonly promoted: false; readonly reason: string; readonly blocking: readonly string[] };

/** A rule as a client states it; the store checks what the rule's own grammar says. */
export interface AlertRuleBody {
  readonly id: string;
  readonly on: string;
  readonly when: string;
  readonly [field: string]: unknown;
}

/** Rules of alerts; a bad one throws InputError. */
export interface AlertRuleStore {
  list(): readonly AlertRuleBody[];
  get(id: string): AlertRuleBody | null;
  put(rule: AlertRuleBody, actor: string): AlertRuleBody;
  /** False where there is none; throws for one that may not be removed. */
  remove(id: string, actor: string): boolean;
}

/** A line of the journal as it was written. */
export interface AuditLine {
  readonly seq: number;
  readonly tsMs: number;
  readonly type: string;
  readonly model: string | null;
  readonly payload: unknown;
  readonly payloadSha256: string;
  readonly prev: string;
  readonly hash: string;
}

export interface AuditQuery {
  readonly fromSeq: number;
  readonly count: number;
  readonly type?: string;
  readonly model?: string;
}

export interface CalibrationQuery {
  readonly model?: ModelKey;
  readonly symbol?: string;
  readonly segment: 'shadow' | 'live' | 'all';
  readonly buckets: 'deciles' | 'bands';
}

/** What is known of a token beside its prices; without it its name is null and its id follows from its symbol. */
export interface TokenFacts {
  /** `BTC` */
  readonly symbol: string;
  readonly id?: number;
  readonly name?: string;
  readonly category?: string;
}

export interface Limits {
  readonly perKey: BucketRule;
  /** Requests without a valid key. */
  readonly perAddress: BucketRule;
  /** Null for no quota. */
  readonly callsPerMonth: number | null;
  readonly bodyBytes: number;
  /** A report that is uploaded. */
  readonly reportBytes: number;
  readonly requestMs: number;
  readonly promotionMs: number;
  readonly streamClients: number;
  /** Bytes that a stream's client may be behind. */
  readonly streamBytes: number;
  readonly heartbeatMs: number;
  /** Until a stream's client that connected without a key has sent one. */
  readonly streamAuthMs: number;
  readonly cachedAnswers: number;
}

export const LIMITS: Limits = {
  perKey: { requests: 240, windowMs: 60_000 },
  perAddress: { requests: 30, windowMs: 60_000 },
  callsPerMonth: null,
  bodyBytes: 1024 * 1024,
  reportBytes: 64 * 1024 * 1024,
  requestMs: 30_000,
  promotionMs: 30 * 60_000,
  streamClients: 200,
  streamBytes: 1024 * 1024,
  heartbeatMs: 15_000,
  streamAuthMs: 5_000,
  cachedAnswers: 500,
};

/** Both return what cancels them. */
export interface Timers {
  every(ms: number, call: () => void): () => void;
  after(ms: number, call: () => void): () => void;
}

/** What a server is made of; what is left out is answered with 501. */
export interface ServerOptions {
  readonly view: View;
  /** Of the bars: freshness, and the ends of ranges. */
  readonly clock: Clock;
  /** Of limits and quotas, where `clock` is that of a replay. */
  readonly wallClock?: Clock;
  /** What a caller without a key may do; nothing unless said otherwise. */
  readonly guest?: KeyInfo;
  /** Models in the shadow are published as if they were live; every answer says so. */
  readonly sandbox?: boolean;
  readonly keys: KeyRing;
  readonly usage: Usage;
  readonly stream: EntryStream;
  readonly timers: Timers;
  readonly limits?: Partial<Limits>;
  readonly registry?: ModelRegistry;
  readonly promote?: (html: string, actor: string) => Promise<Promotion>;
  readonly alertRules?: AlertRuleStore;
  readonly audit?: (query: AuditQuery) => readonly AuditLine[];
  readonly calibrate?: (outcomes: readonly Outcome[], query: CalibrationQuery) => unknown;
  /** Newest entry of the journal. */
  readonly head?: () => { readonly seq: number; readonly hash: string };
  readonly tokens?: readonly TokenFacts[];
  /** Where structured logs go; none unless given. */
  readonly log?: { readonly level: string; readonly stream: { write(line: string): void } };
  /** Every answer is checked against its schema, and a wrong one is a fault: for tests. */
  readonly checksAnswers?: boolean;
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
}
