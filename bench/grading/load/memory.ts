import { quantile } from '../../../engine/index.ts';
import { gradedMarket } from './graded-market.ts';

export interface Memory {
  readonly symbols: number;
  readonly seconds: number;
  readonly bars: number;
  readonly entries: number;
  readonly startMb: number;
  readonly endMb: number;
  /** Median and most of each third of the run. */
  readonly thirdsMb: readonly { readonly median: number; readonly most: number; readonly heapAfter: number }[];
}

const MB = 1024 * 1024;
/** More than a replay gets through. */
const BARS = 30_000;

/** Resident memory while a replay goes as fast as it can, sampled at every close. */
export async function memory(home: string, symbols: number, seconds: number): Promise<Memory> {
  const market = await gradedMarket({ home, symbols, bars: BARS, pace: 'max' });
  const samples: { readonly atMs: number; readonly rss: number; readonly heap: number }[] = [];
  const start = performance.now();
  let [bars, entries] = [0, 0];
  market.live.subscribe((batch) => {
    entries += batch.length;
    for (const { type } of batch) if (type === 'bar_received') bars++;
    const atMs = performance.now() - start;
    const last = samples.at(-1);
    if (last === undefined || atMs - last.atMs > 200) {
      const { rss, heapUsed } = process.memoryUsage();
      samples.push({ atMs, rss: rss / MB, heap: heapUsed / MB });
    }
    if (atMs > seconds * 1_000) market.stop();
  });
  await market.run();
  market.live.close();
  const took = samples[samples.length - 1].atMs;
  const thirdsMb = [0, 1, 2].map((third) => {
    const part = samples.filter(({ atMs }) => Math.min(2, Math.floor((3 * atMs) / took)) === third);
    const rss = part.map((sample) => sample.rss);
    return { median: quantile(rss, 0.5) ?? 0, most: Math.max(...rss), heapAfter: Math.min(...part.slice(-10).map(({ heap }) => heap)) };
  });
  return { symbols, seconds: took / 1_000, bars, entries, startMb: samples[0].rss, endMb: samples[samples.length - 1].rss, thirdsMb };
}
