import { seededRandom } from '../../core/index.ts';
import { BAR_COLUMNS, barsFromColumns, type Bars, type MarkColumns, withFunding, withMark } from '../../market/index.ts';
import { type Clock, clockOf } from '../../orders/index.ts';
import { shuffled } from './shuffled.ts';

/**
 * Markets whose bars come in another order: what one bar does stays, what follows from bar to bar is destroyed.
 *
 * A bar's moves relative to its open (high, low, close, mark, in logs) travel together with its volume; the gap from the close before to the open
 * travels on its own. First and last price stay (within rounding), and so do times and funding payments. Several markets take one order, so that
 * what they do at one moment stays together; only moments at which the same markets have a bar are exchanged.
 *
 * Finer bars are dropped: they belong to no bar any more.
 *
 * source  Masters (2018), Testing and Tuning Market Trading Systems, ch. 7 (permutation of bars)
 */
export function permutedBars(markets: readonly Bars[], seed: number): Bars[] {
  const clock = clockOf(markets);
  const groups = momentsByMarkets(clock, markets.length);
  const inside = permutation(groups, clock.openTimeMs.length, seed, 'inside');
  const gaps = permutation(groups, clock.openTimeMs.length, seed, 'gaps');
  return markets.map((bars, m) => rebuilt(bars, rowsOf(clock, m, inside), rowsOf(clock, m, gaps)));
}

/** Moments after the first bar of every market that is there, by which markets are there; a first bar stays where it is. */
function momentsByMarkets({ openTimeMs, rows }: Clock, markets: number): number[][] {
  if (rows === null) return [Array.from(openTimeMs, (_, t) => t).slice(1)];
  const groups = new Map<string, number[]>();
  for (let t = 0; t < openTimeMs.length; t++) {
    const present = Array.from({ length: markets }, (_, m) => m).filter((m) => rows[m][t] >= 0);
    if (present.some((m) => rows[m][t] === 0)) continue;
    const key = present.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [t]);
    else group.push(t);
  }
  return [...groups.values()];
}

/** from[t] is the moment whose moves stand at t. */
function permutation(groups: readonly (readonly number[])[], length: number, seed: number, name: string): Int32Array {
  const random = seededRandom(seed, `permuted-bars:${name}`);
  const from = Int32Array.from({ length }, (_, t) => t);
  for (const group of groups) shuffled(group, random).forEach((moment, i) => (from[group[i]] = moment));
  return from;
}

/** The same by rows of one market. */
function rowsOf({ rows }: Clock, market: number, from: Int32Array): Int32Array {
  if (rows === null) return from;
  const own = rows[market];
  return Int32Array.from(from.filter((_, t) => own[t] >= 0), (moment) => own[moment]);
}

const PRICES = ['open', 'high', 'low', 'close'] as const;

function rebuilt(bars: Bars, inside: Int32Array, gaps: Int32Array): Bars {
  const { open, high, low, close, openTimeMs, length, funding, mark } = bars;
  const columns = Object.fromEntries(BAR_COLUMNS.map((name) => [name, new Float64Array(length)])) as Record<(typeof BAR_COLUMNS)[number], Float64Array>;
  const newMark = mark === null ? null : (Object.fromEntries(PRICES.map((name) => [name, new Float64Array(length)])) as Record<(typeof PRICES)[number], Float64Array>);
  let logClose = 0;
  for (let t = 0; t < length; t++) {
    const row = inside[t];
    const logOpen = t === 0 ? Math.log(open[0]) : logClose + Math.log(open[gaps[t]] / close[gaps[t] - 1]);
    logClose = logOpen + Math.log(close[row] / open[row]);
    const scale = Math.exp(logOpen) / open[row];
    columns.openTimeMs[t] = openTimeMs[t];
    columns.open[t] = open[row] * scale;
    columns.close[t] = close[row] * scale;
    columns.high[t] = high[row] * scale;
    columns.low[t] = low[row] * scale;
    columns.volume[t] = bars.volume[row];
    if (newMark !== null) for (const name of PRICES) newMark[name][t] = (mark as MarkColumns)[name][row] * scale;
  }
  let market = barsFromColumns(columns, bars.timeframeMs, bars.instrument);
  if (newMark !== null) market = withMark(market, newMark);
  return funding === null ? market : withFunding(market, { timeMs: funding.timeMs, rate: funding.rate });
}
