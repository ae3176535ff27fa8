import { InputError } from '../core/index.ts';
import { allocateBars, BAR_COLUMNS, barAtOrAfter, type Bars, barsFromHandle, hashBars, withFiner, withFunding, withMark } from './bars.ts';

/**
 * Two or more instruments on one clock: only bars whose open time all of them have.
 *
 * throws  InputError `timeframes-differ`, `no-common-bars`
 */
export function alignBars(markets: readonly Bars[]): Bars[] {
  const [first, ...others] = markets;
  for (const other of others) {
    if (other.timeframeMs !== first.timeframeMs) {
      throw new InputError('timeframes-differ', `instruments must share one timeframe, were ${first.timeframeMs} ms and ${other.timeframeMs} ms`);
    }
  }
  const rows = commonRows(markets);
  if (rows[0].length === 0) {
    throw new InputError('no-common-bars', `instruments must share open times, ${markets.map((m) => m.instrument.symbol).join(' and ')} share none`);
  }
  return markets.map((bars, m) => {
    const aligned = allocateBars(rows[m].length, bars.timeframeMs, bars.instrument);
    for (const name of BAR_COLUMNS) rows[m].forEach((row, t) => (aligned[name][t] = bars[name][row]));
    return withExtras(barsFromHandle({ ...aligned.handle, dataHash: hashBars(aligned) }), bars, rows[m]);
  });
}

/** Payments and mark prices of the bars that were kept; a payment of a dropped bar is due at the next open. */
function withExtras(aligned: Bars, { funding, mark, finer, openTimeMs, timeframeMs }: Bars, rows: readonly number[]): Bars {
  let bars = aligned;
  if (funding !== null) {
    const first = barAtOrAfter({ openTimeMs: funding.timeMs }, openTimeMs[rows[0]]);
    const end = barAtOrAfter({ openTimeMs: funding.timeMs }, openTimeMs[rows[rows.length - 1]] + timeframeMs);
    const [timeMs, rate, markPrice] = [funding.timeMs, funding.rate, funding.markPrice].map((column) => column.subarray(first, end));
    bars = withFunding(bars, { timeMs, rate, markPrice });
  }
  if (mark !== null) {
    const [open, high, low, close] = [mark.open, mark.high, mark.low, mark.close].map((column) => Float64Array.from(rows, (row) => column[row]));
    bars = withMark(bars, { open, high, low, close });
  }
  return finer === null ? bars : withFiner(bars, finer);
}

function commonRows(markets: readonly Bars[]): number[][] {
  const cursor = markets.map(() => 0);
  const rows: number[][] = markets.map(() => []);
  while (markets.every((bars, m) => cursor[m] < bars.length)) {
    const latest = Math.max(...markets.map((bars, m) => bars.openTimeMs[cursor[m]]));
    if (markets.every((bars, m) => bars.openTimeMs[cursor[m]] === latest)) markets.forEach((_, m) => rows[m].push(cursor[m]++));
    else markets.forEach((bars, m) => { while (cursor[m] < bars.length && bars.openTimeMs[cursor[m]] < latest) cursor[m]++; });
  }
  return rows;
}
