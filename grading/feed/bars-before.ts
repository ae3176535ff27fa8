import type { Market } from '../types/index.ts';
import type { BarSource } from './bar-source.ts';
import { badBar, type RawBar } from './raw-bar.ts';

const PAGE_BARS = 1_000;
/** A listing has no bars before its first; a hole longer than this is taken for it. */
const MOST_EMPTY_BARS = 1_000;

/** The last closed bars of a market before a time: good ones, ascending, at most `count`. */
export async function barsBefore(source: BarSource, { key, market, count, beforeMs }: { readonly key: string; readonly market: Market; readonly count: number; readonly beforeMs: number }, signal: AbortSignal): Promise<readonly RawBar[]> {
  if (count <= 0) return [];
  if (source.history !== undefined) return tidy(await source.history(key, count, beforeMs, signal), { market, beforeMs }).slice(-count);
  const { timeframeMs } = market;
  let bars: readonly RawBar[] = [];
  let toMs = beforeMs;
  for (let emptyBars = 0; bars.length < count && emptyBars < MOST_EMPTY_BARS && toMs > 0; ) {
    const page = Math.min(PAGE_BARS, Math.max(count - bars.length, 100));
    const fromMs = Math.max(0, toMs - page * timeframeMs);
    const found = tidy(await source.fetch({ key, fromMs, toMs }, signal), { market, beforeMs }).filter(({ openTimeMs }) => openTimeMs >= fromMs && openTimeMs < toMs);
    bars = [...found, ...bars];
    emptyBars = found.length === 0 ? emptyBars + page : 0;
    toMs = fromMs;
  }
  return bars.slice(-count);
}

/** Final, possible, closed, each once. */
function tidy(bars: readonly RawBar[], { market, beforeMs }: { readonly market: Market; readonly beforeMs: number }): readonly RawBar[] {
  const good = bars.filter((bar) => bar.isFinal && bar.openTimeMs + market.timeframeMs <= beforeMs && badBar(bar) === null);
  return [...new Map(good.map((bar) => [bar.openTimeMs, bar])).values()].sort((a, b) => a.openTimeMs - b.openTimeMs);
}
