import { contentId, errorMessage } from '../../../engine/index.ts';
import type { Clock, Entry } from '../../types/index.ts';
import { type AlertChannel, type AlertMessage, notSent, type SendResult } from './channel.ts';
import type { OutboxItem } from './outbox-state.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { backoffMs, type DeliveryPolicy, pauseMs } from './policy.ts';

/** What waits for a time; that of the system, or one that a test moves. */
export interface Timers {
  set(work: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

export const SYSTEM_TIMERS: Timers = {
  set: (work, ms) => setTimeout(work, ms),
  clear: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

export interface CourierOptions {
  readonly folder: string;
  readonly channel: AlertChannel;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly policy: DeliveryPolicy;
  readonly seed: number;
  /** A fault that has nothing to do with the receiver: the queue cannot be written. */
  readonly onFault: (error: unknown) => void;
}

const LONGEST_WAIT_MS = 3_600_000;

/** Carries the queue of one channel out, one message at a time. */
export function createCourier({ folder, channel, clock, timers, policy, seed, onFault }: CourierOptions) {
  const outbox: Outbox = openOutbox(folder, channel.name);
  const { state } = outbox;
  let isClosed = false;
  let timer: unknown = null;
  let work: Promise<void> | null = null;
  /** A queue that cannot be written would send the same again and again. */
  let haltUntilMs = -Infinity;

  const isBusy = (): boolean => work !== null;
  const waiting = (): OutboxItem[] => [...state.items.values()].filter((item) => item.state === 'waiting');
  const dueAt = (item: OutboxItem): number => Math.max(item.dueMs, state.pauseUntilMs, haltUntilMs);

  const next = (): readonly OutboxItem[] => {
    if (isClosed) return [];
    const now = clock.nowMs();
    const due = waiting().filter((item) => dueAt(item) <= now).sort((a, b) => a.dueMs - b.dueMs || a.seq - b.seq);
    return due.slice(0, policy.groupMs > 0 ? policy.groupSize : 1);
  };

  const carry = async (): Promise<void> => {
    for (let items = next(); items.length > 0; items = next()) {
      record(items, await attempt(channel, messageOf(items), clock.nowMs()));
    }
  };

  const record = (items: readonly OutboxItem[], result: SendResult): void => {
    const [ids, atMs] = [items.map(({ id }) => id), clock.nowMs()];
    if (result.isSent) {
      outbox.write({ type: 'sent', ids, atMs, note: result.detail });
      return;
    }
    const attempts = Math.max(...items.map((item) => item.attempts)) + 1;
    if (result.isPermanent || attempts >= policy.maxAttempts) {
      outbox.write({ type: 'dead', ids, atMs, note: result.error, attempts });
      return;
    }
    const pause = pauseMs(result.retryAfterMs);
    const delayMs = Math.max(backoffMs(policy, attempts, seed, `${channel.name}:${ids[0]}`), pause ?? 0);
    outbox.write({ type: 'failed', ids, atMs, note: result.error, dueMs: atMs + delayMs, pauseUntilMs: pause === null ? null : atMs + pause });
  };

  /** Carries what is due, or waits for what is due next. */
  const wake = (): void => {
    if (isClosed || work !== null) return;
    timers.clear(timer);
    timer = null;
    if (next().length === 0) {
      rest();
      return;
    }
    work = carry().catch((error: unknown) => {
      haltUntilMs = clock.nowMs() + policy.maxDelayMs;
      onFault(error);
    }).finally(() => {
      work = null;
      wake();
    });
  };

  const rest = (): void => {
    const times = waiting().map(dueAt);
    if (times.length > 0) timer = timers.set(wake, Math.min(LONGEST_WAIT_MS, Math.max(0, Math.min(...times) - clock.nowMs())));
  };

  return {
    name: channel.name,
    type: channel.type,
    state,
    wake,
    /** Puts committed alerts into the queue; those that are there, or were, are left out. */
    queue(entries: readonly Entry<'alert_fired'>[]): void {
      const queuedMs = clock.nowMs();
      const items = entries.filter(({ seq }) => seq > state.lastSeq).map(({ seq, tsMs, payload }): OutboxItem => {
        const isLate = queuedMs - tsMs > policy.expireAfterMs;
        const id = contentId({ channel: channel.name, seq, key: payload.key });
        return {
          id, seq, alert: payload, state: isLate ? 'dead' : 'waiting', attempts: 0, queuedMs, dueMs: queuedMs + policy.groupMs, atMs: null,
          note: isLate ? 'was too old when it came' : null,
        };
      });
      if (items.length > 0) outbox.write(...items.map((item) => ({ type: 'item', item }) as const));
    },
    /** Dead letters back into the queue; null: all of them. */
    requeue(ids: readonly string[] | null): readonly string[] {
      const dead = [...state.items.values()].filter((item) => item.state === 'dead' && (ids === null || ids.includes(item.id))).map(({ id }) => id);
      if (dead.length > 0) outbox.write({ type: 'requeued', ids: dead, atMs: clock.nowMs() });
      return dead;
    },
    isBusy,
    /** Resolves when what is being sent now is, or has failed, and nothing else is due. */
    settled: async (): Promise<void> => {
      while (isBusy()) await work;
    },
    close: async (): Promise<void> => {
      isClosed = true;
      timers.clear(timer);
      while (isBusy()) await work;
      outbox.close();
    },
  };
}

export type Courier = ReturnType<typeof createCourier>;

async function attempt(channel: AlertChannel, message: AlertMessage, atMs: number): Promise<SendResult> {
  try {
    return await channel.send(message, atMs);
  } catch (error) {
    return notSent(errorMessage(error));
  }
}

function messageOf(items: readonly OutboxItem[]): AlertMessage {
  return { deliveryId: items.length === 1 ? items[0].id : contentId(items.map(({ id }) => id)), alerts: items.map(({ alert }) => alert) };
}
