import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, requireInput } from '../../../engine/index.ts';
import { lockFolder, writeAtomic } from '../../../workbench/index.ts';
import type { Clock, Entry } from '../../types/index.ts';
import type { AlertChannel } from './channel.ts';
import { type Courier, createCourier, SYSTEM_TIMERS, type Timers } from './courier.ts';
import type { OutboxItem } from './outbox-state.ts';
import { DELIVERY_POLICY, type DeliveryPolicy } from './policy.ts';

export interface DeliveryOptions {
  /** Of the queues; one process at a time. */
  readonly folder: string;
  readonly channels: readonly AlertChannel[];
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly policy?: Partial<DeliveryPolicy>;
  /** Of single channels, over the policy. */
  readonly policyOf?: Readonly<Record<string, Partial<DeliveryPolicy>>>;
  /** Of the jitter. */
  readonly seed?: number;
  /** Hears of alerts for channels that are not there, and of faults of the queue. */
  readonly onNotice?: (text: string) => void;
}

export interface ChannelStatus {
  readonly name: string;
  readonly type: string;
  readonly waiting: number;
  readonly dead: number;
  /** Since the file of the queue was last folded up. */
  readonly sent: number;
  /** When the oldest that waits was queued. */
  readonly oldestMs: number | null;
  readonly pausedUntilMs: number | null;
}

export interface ChannelItem extends OutboxItem {
  readonly channel: string;
}

export interface Delivery {
  /** Entries up to this one need not be offered again after a restart. */
  readonly cursor: number;
  /** Takes committed entries: the alerts among them are on disk when it returns, and on their way. Entries offered before are left out. */
  offer(entries: readonly Entry[]): void;
  status(): readonly ChannelStatus[];
  deadLetters(): readonly ChannelItem[];
  /** What is on its way or was, the newest last. */
  history(): readonly ChannelItem[];
  /** Dead letters back into the queue, by id or all (null); returns those that were. */
  retry(ids: readonly string[] | null): readonly string[];
  /** Resolves when nothing is being sent and nothing is due. */
  settled(): Promise<void>;
  /** Ends after the messages that are being sent; what waits is kept on disk. */
  close(): Promise<void>;
}

/**
 * Carries fired alerts out of the house, each at least once for each of its channels.
 *
 * An alert is on disk before it is sent, and what came of it after: a kill between sending and recording sends it a second time under the same delivery
 * id, no other does. The service offers the entries after `cursor` when it starts.
 *
 * throws  InputError `alerts-in-use` where another process delivers from the folder; DataError `outbox-damaged`
 */
export function createDelivery({ folder, channels, clock, timers = SYSTEM_TIMERS, policy, policyOf = {}, seed = 1, onNotice = () => undefined }: DeliveryOptions): Delivery {
  for (const { name } of channels) requireInput(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name), 'channel-invalid', 'name of a channel', 'letters, digits, _ and -', name);
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder, { code: 'alerts-in-use' });
  let cursor: number;
  let couriers: ReadonlyMap<string, Courier>;
  try {
    cursor = readCursor(folder);
    couriers = new Map(channels.map((channel) => [channel.name, createCourier({
      folder, channel, clock, timers, seed, policy: { ...DELIVERY_POLICY, ...policy, ...policyOf[channel.name] },
      onFault: (error) => onNotice(`the queue of ${channel.name} stopped: ${String(error)}`),
    })]));
  } catch (error) {
    release();
    throw error;
  }
  const all = [...couriers.values()];
  for (const courier of all) courier.wake();

  const of = (keeps: (item: OutboxItem) => boolean): readonly ChannelItem[] =>
    all.flatMap(({ name, state }) => [...state.items.values()].filter(keeps).map((item) => ({ channel: name, ...item }))).sort((a, b) => a.seq - b.seq);

  return {
    get cursor() { return cursor; },
    offer(entries) {
      const alerts = entries.filter((entry): entry is Entry<'alert_fired'> & Entry => entry.type === 'alert_fired' && entry.seq > cursor);
      if (alerts.length === 0) return;
      for (const courier of all) courier.queue(alerts.filter(({ payload }) => payload.channels.includes('*') || payload.channels.includes(courier.name)));
      for (const { payload } of alerts) noticeUnknown(payload.channels, couriers, payload.key, onNotice);
      cursor = alerts[alerts.length - 1].seq;
      writeAtomic(cursorFile(folder), `${JSON.stringify({ seq: cursor })}\n`);
      for (const courier of all) courier.wake();
    },
    status: () => all.map(statusOf),
    deadLetters: () => of(({ state }) => state === 'dead'),
    history: () => of(() => true),
    retry(ids) {
      const requeued = all.flatMap((courier) => courier.requeue(ids));
      for (const courier of all) courier.wake();
      return requeued;
    },
    async settled() {
      while (all.some((courier) => courier.isBusy())) await Promise.all(all.map((courier) => courier.settled()));
    },
    async close() {
      await Promise.all(all.map((courier) => courier.close()));
      release();
    },
  };
}

function statusOf({ name, type, state }: Courier): ChannelStatus {
  const items = [...state.items.values()];
  const waiting = items.filter((item) => item.state === 'waiting');
  return {
    name, type, sent: state.sent, waiting: waiting.length, dead: items.filter((item) => item.state === 'dead').length,
    oldestMs: waiting.length === 0 ? null : Math.min(...waiting.map(({ queuedMs }) => queuedMs)),
    pausedUntilMs: Number.isFinite(state.pauseUntilMs) ? state.pauseUntilMs : null,
  };
}

function noticeUnknown(names: readonly string[], couriers: ReadonlyMap<string, unknown>, key: string, onNotice: (text: string) => void): void {
  for (const name of names) if (name !== '*' && !couriers.has(name)) onNotice(`alert ${key} names channel ${name}, which is not there`);
}

function cursorFile(folder: string): string {
  return join(folder, 'cursor.json');
}

function readCursor(folder: string): number {
  const file = cursorFile(folder);
  if (!existsSync(file)) return 0;
  try {
    const { seq } = JSON.parse(readFileSync(file, 'utf8')) as { readonly seq?: unknown };
    if (typeof seq === 'number' && Number.isSafeInteger(seq)) return seq;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new DataError('outbox-damaged', `${file} must hold the number of an entry, as {"seq":0}`);
}
