import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AlertChannel, type AlertMessage, createDelivery, type DeliveryOptions, notSent, readOutboxes, type SendResult, sent } from '../../../../grading/index.ts';
import { alertEntry, START_MS } from '../../../support/alert-entries.ts';
import { movedTime } from '../../../support/moved-time.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const root = temporaryFolder();
let folders = 0;

/** A delivery in a folder of its own, to one channel that answers as it is told. */
function deliver(answers: (count: number) => SendResult = () => sent(), options: Partial<DeliveryOptions> & { readonly startMs?: number } = {}) {
  const time = movedTime(options.startMs ?? START_MS);
  const messages: AlertMessage[] = [];
  const attemptsMs: number[] = [];
  const desk: AlertChannel = {
    name: 'desk', type: 'test',
    send: async (message) => {
      messages.push(message);
      attemptsMs.push(time.clock.nowMs());
      return answers(messages.length);
    },
  };
  const folder = options.folder ?? join(root, String(folders++));
  const delivery = createDelivery({ channels: [desk], ...time, ...options, folder });
  return { delivery, folder, messages, attemptsMs, advance: (ms: number) => time.advance(ms, () => delivery.settled()), nextMs: time.nextMs };
}

describe('a delivery', () => {
  it('sends each alert once, to the channels that it names', async () => {
    const { delivery, messages } = deliver();
    delivery.offer([alertEntry(1), alertEntry(2, { channels: ['elsewhere'] }), alertEntry(3, { channels: ['desk', 'elsewhere'] })]);
    delivery.offer([alertEntry(1), alertEntry(3)]);
    await delivery.settled();
    expect(messages.map(({ alerts }) => alerts.map(({ key }) => key))).toEqual([['mine|1'], ['mine|3']]);
    expect(delivery.status()).toEqual([{ name: 'desk', type: 'test', waiting: 0, dead: 0, sent: 2, oldestMs: null, pausedUntilMs: null }]);
    expect(delivery.cursor).toBe(3);
    await delivery.close();
  });

  it('says which channels are not there', async () => {
    const notices: string[] = [];
    const { delivery } = deliver(undefined, { onNotice: (text) => notices.push(text) });
    delivery.offer([alertEntry(1, { channels: ['desc'] })]);
    expect(notices).toEqual(['alert mine|1 names channel desc, which is not there']);
    await delivery.close();
  });

  it('tries again after twice as long each time, and then gives up', async () => {
    const { delivery, attemptsMs, messages, advance } = deliver(() => notSent('answered 500'), { policy: { maxAttempts: 5, firstDelayMs: 10_000, maxDelayMs: 40_000 } });
    delivery.offer([alertEntry(1)]);
    await delivery.settled();
    await advance(HOUR_MS);
    const waits = attemptsMs.slice(1).map((ms, i) => ms - attemptsMs[i]);
    expect(waits).toHaveLength(4);
    [10_000, 20_000, 40_000, 40_000].forEach((full, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(full / 2);
      expect(waits[i]).toBeLessThanOrEqual(full);
    });
    expect(new Set(messages.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(delivery.deadLetters()).toMatchObject([{ channel: 'desk', state: 'dead', attempts: 5, note: 'answered 500', alert: { key: 'mine|1' } }]);
    await delivery.close();
  });

  it('gives up at once what cannot succeed, and goes on with the rest', async () => {
    const { delivery, messages } = deliver((count) => (count === 1 ? notSent('answered 400', { isPermanent: true }) : sent()));
    delivery.offer([alertEntry(1), alertEntry(2)]);
    await delivery.settled();
    expect(messages).toHaveLength(2);
    expect(delivery.deadLetters().map(({ seq }) => seq)).toEqual([1]);
    await delivery.close();
  });

  it('leaves a channel alone for as long as it asks', async () => {
    const { delivery, attemptsMs, advance } = deliver((count) => (count === 1 ? notSent('answered 429', { retryAfterMs: 300_000 }) : sent()));
    delivery.offer([alertEntry(1), alertEntry(2)]);
    await delivery.settled();
    await advance(299_999);
    expect(attemptsMs).toHaveLength(1);
    expect(delivery.status()[0].pausedUntilMs).toBe(START_MS + 300_000);
    await advance(1);
    expect(attemptsMs).toHaveLength(3);
    await delivery.close();
  });

  it('takes dead letters up again when asked', async () => {
    const { delivery, messages } = deliver((count) => (count <= 2 ? notSent('no', { isPermanent: true }) : sent()));
    delivery.offer([alertEntry(1), alertEntry(2)]);
    await delivery.settled();
    const [{ id }] = delivery.deadLetters();
    expect(delivery.retry([id, 'unknown'])).toEqual([id]);
    await delivery.settled();
    expect(delivery.deadLetters().map(({ seq }) => seq)).toEqual([2]);
    expect(delivery.retry(null)).toHaveLength(1);
    await delivery.settled();
    expect(delivery.history().map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(messages).toHaveLength(4);
    await delivery.close();
  });

  it('gathers a burst into one message', async () => {
    const { delivery, messages, advance } = deliver(undefined, { policy: { groupMs: 30_000, groupSize: 3 } });
    delivery.offer([1, 2, 3, 4].map((seq) => alertEntry(seq)));
    await delivery.settled();
    expect(messages).toEqual([]);
    await advance(30_000);
    expect(messages.map(({ alerts }) => alerts.length)).toEqual([3, 1]);
    await delivery.close();
  });

  it('does not send what is long over', async () => {
    const { delivery, messages } = deliver(undefined, { startMs: START_MS + 25 * HOUR_MS });
    delivery.offer([alertEntry(1), alertEntry(2, {}, START_MS + 24 * HOUR_MS)]);
    await delivery.settled();
    expect(messages.map(({ alerts }) => alerts[0].key)).toEqual(['mine|2']);
    expect(delivery.deadLetters()).toMatchObject([{ note: 'was too old when it came' }]);
    await delivery.close();
  });

  it('goes on where it was after a restart: what waited is sent, what was sent is not, a pause is kept', async () => {
    const first = deliver((count) => (count === 2 ? notSent('answered 503', { retryAfterMs: 60_000 }) : sent()));
    first.delivery.offer([alertEntry(1), alertEntry(2), alertEntry(3)]);
    await first.delivery.settled();
    await first.delivery.close();
    appendFileSync(join(first.folder, 'desk.outbox.jsonl'), '{"type":"sent","ids":["tor'); // what a kill leaves
    const second = deliver(undefined, { folder: first.folder });
    second.delivery.offer([alertEntry(1), alertEntry(2), alertEntry(3), alertEntry(4)]);
    await second.delivery.settled();
    expect(second.messages).toEqual([]);
    await second.advance(60_000);
    expect(second.messages.map(({ alerts }) => alerts[0].key).sort()).toEqual(['mine|2', 'mine|3', 'mine|4']);
    expect(second.messages.find(({ alerts }) => alerts[0].key === 'mine|2')?.deliveryId).toBe(first.messages[1].deliveryId);
    await second.delivery.close();
  });

  it('queues nothing twice where a kill fell before the cursor was written', async () => {
    const first = deliver(() => notSent('no'));
    first.delivery.offer([alertEntry(1), alertEntry(2)]);
    await first.delivery.settled();
    await first.delivery.close();
    writeFileSync(join(first.folder, 'cursor.json'), '{"seq":0}\n');
    const second = deliver(undefined, { folder: first.folder });
    second.delivery.offer([alertEntry(1), alertEntry(2)]);
    await second.advance(HOUR_MS);
    expect(second.messages).toHaveLength(2);
    await second.delivery.close();
  });

  it('folds a long history up without losing what waits', async () => {
    const first = deliver((count) => (count === 1 ? notSent('no') : sent()), { policy: { firstDelayMs: HOUR_MS } });
    first.delivery.offer([alertEntry(1)]);
    await first.delivery.settled();
    first.delivery.offer(Array.from({ length: 520 }, (_, i) => alertEntry(i + 2)));
    await first.delivery.settled();
    await first.delivery.close();
    const file = join(first.folder, 'desk.outbox.jsonl');
    const before = readFileSync(file, 'utf8').split('\n').length;
    const second = deliver(undefined, { folder: first.folder });
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(before / 2);
    await second.advance(HOUR_MS);
    expect(second.messages.map(({ alerts }) => alerts[0].key)).toEqual(['mine|1']);
    second.delivery.offer([alertEntry(521)]);
    expect(second.messages).toHaveLength(1);
    await second.delivery.close();
  });

  it('holds its folder alone, and names a line that is no record', async () => {
    const { delivery, folder } = deliver();
    expect(() => deliver(undefined, { folder })).toThrow(/must not be in use/);
    await delivery.close();
    writeFileSync(join(folder, 'desk.outbox.jsonl'), '{"type":"cursor","seq":1}\nnothing\n');
    expect(() => deliver(undefined, { folder })).toThrow(/desk\.outbox\.jsonl line 2 must be a record/);
    expect(() => readOutboxes(folder)).toThrow(/line 2/);
  });

  it('takes what a channel throws for a failed attempt, and leaves its queue and a lock in its folder', async () => {
    const { delivery, messages, advance, folder } = deliver(() => {
      throw new Error('a fault of the channel');
    });
    delivery.offer([alertEntry(1)]);
    await delivery.settled();
    await advance(1_000);
    expect(messages).toHaveLength(1);
    expect(delivery.history()).toMatchObject([{ state: 'waiting', attempts: 1, note: 'a fault of the channel' }]);
    expect(readdirSync(folder).sort()).toEqual(['cursor.json', 'desk.outbox.jsonl', 'lock']);
    await delivery.close();
  });
});
