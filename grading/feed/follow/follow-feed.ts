import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { requireInput } from '../../../engine/index.ts';
import { type Feed, type Market, marketKey } from '../../types/index.ts';
import type { BarSink, BarSource } from '../bar-source.ts';
import { liveFeed } from '../live-feed.ts';
import type { LiveOptions } from '../live-run.ts';
import type { RawBar } from '../raw-bar.ts';
import { systemTimer, type Timer } from '../timer.ts';
import { CandleRows } from './candle-rows.ts';
import { FileTail } from './file-tail.ts';

export interface FollowOptions extends LiveOptions {
  /** What the file holds; rows of several markets need a column `symbol`. */
  readonly markets: readonly Market[];
  /** Between two looks where the system does not tell of changes. Default 1 s. */
  readonly pollMs?: number;
}

/**
 * Candles that another process appends to a CSV or JSONL file, a row a closed bar; see `CandleRows` for what a row may look like.
 *
 * Only whole lines count. A file that is cut or replaced is said to be (status) and read again from its start; bars that were given are not given twice.
 * What the file lacks before a later row of the same market is a gap.
 *
 * throws  InputError `markets-missing`
 */
export function followFeed(file: string, { markets, pollMs = 1_000, timer = systemTimer, ...live }: FollowOptions): Feed {
  requireInput(markets.length > 0, 'markets-missing', 'markets of a followed file', 'at least one', markets.length);
  const source: BarSource = {
    name: `file ${basename(file)}`,
    markets,
    settleMs: Infinity,
    fetch: async ({ key, fromMs, toMs }) => {
      const bars: RawBar[] = [];
      await scan(file, markets, (bar) => { if (bar.key === key && bar.openTimeMs >= fromMs && bar.openTimeMs < toMs) bars.push(bar); });
      return bars.sort((a, b) => a.openTimeMs - b.openTimeMs);
    },
    history: async (key, count, beforeMs) => {
      let last: RawBar[] = [];
      await scan(file, markets, (bar) => {
        if (bar.key !== key || bar.openTimeMs >= beforeMs) return;
        last.push(bar);
        if (last.length > 4 * count) last = last.slice(-2 * count);
      });
      return last;
    },
    stream: (sink, signal) => follow(file, markets, { sink, pollMs, timer, signal }),
  };
  // the file tells by itself when there is more: it is asked only for what it has passed over
  return liveFeed(source, { graceMs: Infinity, lookBackBars: 0, ...live, timer });
}

/** All bars of the file as it stands. */
async function scan(file: string, markets: readonly Market[], take: (bar: RawBar) => void): Promise<void> {
  const tail = new FileTail(file);
  const bars = reader(file, markets);
  for (;;) {
    const read = await tail.read();
    if (read.kind === 'lost') return;
    for (const line of read.lines) {
      const bar = bars(line);
      if (typeof bar === 'object' && bar !== null) take(bar);
    }
    if (read.atEnd) return;
  }
}

function reader(file: string, markets: readonly Market[]): (line: string) => RawBar | string | null {
  const rows = new CandleRows(file);
  const keys = new Map(markets.map((market) => [market.symbol, marketKey(market)]));
  const only = markets.length === 1 ? marketKey(markets[0]) : undefined;
  return (line) => {
    const row = rows.read(line);
    if (row === null || typeof row === 'string') return row;
    const { symbol, ...bar } = row;
    const key = symbol === null ? only : keys.get(symbol);
    // rows of other symbols are other people's
    if (key === undefined) return symbol === null ? 'it names no symbol, and the file holds several markets' : null;
    return { key, ...bar };
  };
}

async function follow(file: string, markets: readonly Market[], { sink, pollMs, timer, signal }: { readonly sink: BarSink; readonly pollMs: number; readonly timer: Timer; readonly signal: AbortSignal }): Promise<void> {
  const tail = new FileTail(file);
  const changes = watchFile(file, signal);
  let bars = reader(file, markets);
  let isWhole = false;
  while (!signal.aborted) {
    const change = changes.next();
    const read = await tail.read();
    if (signal.aborted) return;
    if (read.kind === 'lost') {
      sink.connect(false, read.reason);
      bars = reader(file, markets);
      if (isWhole) {
        isWhole = false;
        continue;
      }
    } else {
      if (!isWhole) sink.connect(true, `${file} is followed`);
      isWhole = true;
      hear(sink, read.lines.map(bars), read.lines);
      await sink.room();
      if (!read.atEnd) continue;
    }
    const pause = new AbortController();
    await Promise.race([change, timer.wait(pollMs, AbortSignal.any([signal, pause.signal]))]);
    pause.abort();
  }
}

function hear(sink: BarSink, rows: readonly (RawBar | string | null)[], lines: readonly string[]): void {
  rows.forEach((row, i) => { if (typeof row === 'string') sink.connect(true, `a line could not be read, ${row}: ${lines[i].slice(0, 80)}`); });
  const bars = rows.filter((row) => row !== null && typeof row === 'object');
  if (bars.length > 0) sink.push(bars);
}

/** Resolves `next` when the system tells of a change, or when the signal aborts; never where the system tells of none. */
function watchFile(file: string, signal: AbortSignal): { next(): Promise<void> } {
  let tell = (): void => {};
  signal.addEventListener('abort', () => tell());
  try {
    const watcher = watch(dirname(file), { signal }, (_, name) => { if (name === null || name === basename(file)) tell(); });
    watcher.on('error', () => watcher.close());
  } catch {
    // no watching on this file system: it is looked at every pollMs
  }
  return { next: () => new Promise((resolve) => { tell = resolve; }) };
}
