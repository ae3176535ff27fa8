import { parseArgs } from 'node:util';
import { type Bars, barsFromColumns, HOUR_MS, seededRandom } from '../../engine/index.ts';
import type { RawBar } from '../../grading/feed/raw-bar.ts';
import { replayFeed } from '../../grading/feed/replay-feed.ts';
import { Sequencer } from '../../grading/feed/sequencer.ts';
import { type Market, marketKey } from '../../grading/types/index.ts';
import { timingOf } from '../timing.ts';

const { values } = parseArgs({ options: { symbols: { type: 'string', default: '500' }, bars: { type: 'string', default: '500' }, repeats: { type: 'string', default: '5' } } });
const [symbols, bars, repeats] = [values.symbols, values.bars, values.repeats].map(Number);
const T0 = Date.UTC(2026, 0, 5);

const markets: Bars[] = Array.from({ length: symbols }, (_, i) => {
  const random = seededRandom(1, `market ${i}`);
  const close = Float64Array.from({ length: bars }, () => 100 + random());
  return barsFromColumns({ openTimeMs: close.map((_, t) => T0 + t * HOUR_MS), open: close, high: close.map((c) => c + 1), low: close.map((c) => c - 1), close, volume: close }, HOUR_MS,
    { venue: 'bench', symbol: `C${i}/USDT`, kind: 'spot', calendar: '24/7', market: 'continuous' });
});
const marketOf = ({ instrument: { venue, symbol }, timeframeMs }: Bars): Market => ({ venue, symbol, timeframeMs });

/** Bars in the order of a live feed: within a close shuffled, one in a hundred late by a close, one in a hundred twice. */
function arrivals(isDirty: boolean): { readonly bar: RawBar; readonly atMs: number }[] {
  const random = seededRandom(2, 'arrivals');
  return Array.from({ length: bars }, (_, t) => markets.flatMap((one) => {
    const bar = { key: marketKey(marketOf(one)), openTimeMs: one.openTimeMs[t], open: one.open[t], high: one.high[t], low: one.low[t], close: one.close[t], volume: one.volume[t], isFinal: true };
    const atMs = T0 + (t + 1) * HOUR_MS + 3_000 * random();
    if (!isDirty || random() > 0.02) return [{ bar, atMs }];
    return random() < 0.5 ? [{ bar, atMs: atMs + 10_000 }] : [{ bar, atMs }, { bar, atMs: atMs + 1_000 }];
  }).sort((a, b) => a.atMs - b.atMs)).flat();
}

async function timed(run: () => number | Promise<number>): Promise<string> {
  let events = await run();
  const seconds: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = process.cpuUsage();
    events = await run();
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1e6);
  }
  const { seconds: median } = timingOf(seconds);
  return `${Math.round(events / median).toLocaleString('en')} events/s of processor time (${events.toLocaleString('en')} events, median ${median.toFixed(3)} s of ${repeats})`;
}

function sequence(deliveries: ReturnType<typeof arrivals>): number {
  const sequencer = new Sequencer({ markets: markets.map(marketOf), position: new Map(markets.map((one) => [marketKey(marketOf(one)), T0 - HOUR_MS])) });
  let events = 0;
  for (const { bar, atMs } of deliveries) {
    events += sequencer.push(bar, atMs).length;
    sequencer.takeAsks();
  }
  return events;
}

async function replay(): Promise<number> {
  let events = 0;
  for await (const event of replayFeed(markets).events(new Map(), 0, new AbortController().signal)) if (event.atMs > 0) events++;
  return events;
}

console.log(`${symbols} symbols of ${bars} bars`);
const [clean, dirty] = [arrivals(false), arrivals(true)];
console.log(`sequencer, in order   ${await timed(() => sequence(clean))}`);
console.log(`sequencer, disordered ${await timed(() => sequence(dirty))}`);
console.log(`replay at Infinity    ${await timed(replay)}`);
