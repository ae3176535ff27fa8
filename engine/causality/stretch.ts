import { barAtOrAfter, type Bars } from '../market/index.ts';
import { type Clock, clockOf, sliceMoments } from '../orders/index.ts';
import { corruptFrom, corruptOnly, type Flavour } from './corrupt.ts';
import type { Frame } from './evaluate.ts';

/** A stretch of the markets, and the frames that come from it by cutting or corrupting; bars and cuts count from its start. */
export class Stretch {
  readonly markets: readonly Bars[];
  /** First moment in the whole series. */
  readonly from: number;
  readonly length: number;
  readonly clock: Clock;
  /** First bar that decides. */
  readonly firstDecisionBar: number;

  constructor(markets: readonly Bars[], clock: Clock, from: number, to: number, firstDecisionBar: number) {
    this.markets = sliceMoments(markets, clock, from, to);
    this.from = from;
    this.length = to - from;
    this.clock = clock.rows === null ? clockOf(this.markets) : { openTimeMs: clock.openTimeMs.subarray(from, to), timeframeMs: clock.timeframeMs, rows: [] };
    this.firstDecisionBar = firstDecisionBar;
  }

  whole(): Frame {
    return this.frame(this.markets, this.markets);
  }

  /** Bars before a cut alone. */
  truncated(cut: number): Frame {
    const past = sliceMoments(this.markets, this.clock, 0, cut);
    return this.frame(past, past);
  }

  /** Bars before a cut and others after it, up to `length`; `onBar` is walked to the cut. */
  corrupted(cut: number, length: number, flavour: Flavour, seed: number): Frame {
    const bars = this.markets.map((market) => corruptFrom(market, this.rowAt(market, cut), this.rowAt(market, length), flavour, seed));
    return this.frame(bars, sliceMoments(this.markets, this.clock, 0, cut));
  }

  /** All bars, those of one moment moved by a factor. */
  touched(moment: number, factor: number): Frame {
    const bars = this.markets.map((market) => {
      const row = this.rowAt(market, moment);
      return row < market.length ? corruptOnly(market, row, factor) : market;
    });
    return this.frame(bars, sliceMoments(this.markets, this.clock, 0, moment));
  }

  /** Row of a market, or moment where it is none. */
  rowOf(market: number | null, moment: number): number {
    return market === null ? moment : this.rowAt(this.markets[market], moment);
  }

  /** Moment of a row. */
  momentOf(market: number | null, row: number): number {
    return market === null ? row : barAtOrAfter(this.clock, this.timeOf(market, row));
  }

  /** Open time of a row. */
  timeOf(market: number | null, row: number): number {
    return (market === null ? this.clock : this.markets[market]).openTimeMs[row];
  }

  private rowAt(bars: Bars, moment: number): number {
    return moment < this.length ? barAtOrAfter(bars, this.clock.openTimeMs[moment]) : bars.length;
  }

  private frame(bars: readonly Bars[], walked: readonly Bars[]): Frame {
    return { bars, walked, firstDecisionBar: this.firstDecisionBar };
  }
}
