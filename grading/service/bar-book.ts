import { allocateBars, type Bars, DataError, type Instrument } from '../../engine/index.ts';
import { type BarBook, type ClosedBar, type Entry, type HistoryColumns, type Market, marketKey, type Processor } from '../types/index.ts';

const COLUMNS = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const;

export interface BarBookOptions {
  /** Bars that are kept of every market. */
  readonly keepBars: number;
  /** The columns that a `history_loaded` names by their hash. */
  readonly history: (sha256: string) => HistoryColumns;
  /** What a market is; a spot market that trades around the clock unless said otherwise. */
  readonly instrumentOf?: (market: Market) => Instrument;
  /** `first`, as grades are: a later revision changes nothing. `latest`: as a source has them by now. */
  readonly revisions?: 'first' | 'latest';
}

/** Bars of every market, as far back as is kept. */
export function createBarBook({ keepBars, history, instrumentOf = spotMarket, revisions = 'first' }: BarBookOptions): BarBook & Processor {
  const rings = new Map<string, Ring>();

  const ringOf = (market: Market): Ring => {
    const key = marketKey(market);
    const ring = rings.get(key) ?? createRing(market, instrumentOf(market), keepBars);
    rings.set(key, ring);
    return ring;
  };

  return {
    name: 'bars',
    apply(entry: Entry): void {
      if (entry.type === 'bar_received') {
        if (entry.payload.revision === 0) ringOf(entry.payload).push(entry.payload);
        else if (revisions === 'latest') ringOf(entry.payload).correct(entry.payload);
      } else if (entry.type === 'history_loaded') {
        const { market, sha256, bars } = entry.payload;
        const columns = history(sha256);
        if (columns.close.length !== bars) throw new DataError('history-differs', `history ${sha256.slice(0, 12)} must have ${bars} bars, has ${columns.close.length}`);
        const ring = ringOf(market);
        for (let t = 0; t < bars; t++) ring.push(rowOf(market, columns, t));
      }
    },
    respond: () => [],
    markets: () => [...rings.values()].map(({ market }) => market),
    window: (key, count) => rings.get(key)?.window(count) ?? null,
    last: (key) => rings.get(key)?.last() ?? null,
  };
}

function spotMarket({ venue, symbol }: Market): Instrument {
  return { venue, symbol, kind: 'spot', calendar: '24/7', market: 'continuous' };
}

function rowOf({ venue, symbol, timeframeMs }: Market, columns: HistoryColumns, t: number): ClosedBar {
  const { openTimeMs, open, high, low, close, volume } = columns;
  return { venue, symbol, timeframeMs, openTimeMs: openTimeMs[t], open: open[t], high: high[t], low: low[t], close: close[t], volume: volume[t], revision: 0 };
}

interface Ring {
  readonly market: Market;
  push(bar: ClosedBar): void;
  correct(bar: ClosedBar): void;
  window(count: number): Bars | null;
  last(): ClosedBar | null;
}

const FIRST_CAPACITY = 512;

/** Grows to twice what is kept; then the newer half moves to the front once in so many bars. */
function createRing({ venue, symbol, timeframeMs }: Market, instrument: Instrument, keepBars: number): Ring {
  let columns = COLUMNS.map(() => new Float64Array(Math.min(FIRST_CAPACITY, 2 * keepBars)));
  let length = 0;
  let newest: ClosedBar | null = null;

  const makeRoom = (): void => {
    if (length < 2 * keepBars) {
      columns = columns.map((column) => grown(column, Math.min(2 * length, 2 * keepBars)));
      return;
    }
    for (const column of columns) column.copyWithin(0, keepBars);
    length = keepBars;
  };
  const write = (t: number, { openTimeMs, open, high, low, close, volume }: ClosedBar): void => {
    [openTimeMs, open, high, low, close, volume ?? Number.NaN].forEach((value, c) => (columns[c][t] = value));
  };

  return {
    market: { venue, symbol, timeframeMs },
    push(bar): void {
      if (length === columns[0].length) makeRoom();
      write(length++, bar);
      newest = bar;
    },
    correct(bar): void {
      const t = columns[0].subarray(0, length).lastIndexOf(bar.openTimeMs);
      if (t >= 0) write(t, bar);
    },
    window(count): Bars | null {
      const size = Math.min(count, length, keepBars);
      if (size === 0) return null;
      const bars = allocateBars(size, timeframeMs, instrument);
      COLUMNS.forEach((name, c) => bars[name].set(columns[c].subarray(length - size, length)));
      return bars;
    },
    last: () => newest,
  };
}

function grown(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}
