import { greater, type KernelSpace, lesser } from './space.ts';

/** What a point gathers: equity, its peak and the least since, the worst ratio of the two, sums of returns, and counts of trades. */
export class Ledger {
  equity: number;
  peak: number;
  least: number;
  fall = 1;
  sum = 0;
  squares = 0;
  trades = 0;
  wins = 0;
  bars = 0;
  ambiguous = 0;
  /** 0 flat, 1 open at a loss, 2 at a profit. */
  open = 0;

  constructor(cash: number) {
    this.equity = this.peak = this.least = cash;
  }

  add(returnFrac: number): void {
    this.sum += returnFrac;
    this.squares += returnFrac * returnFrac;
  }

  /** Equity that has been reached. */
  reach(equity: number): void {
    this.least = lesser(this.least, equity);
    if (equity > this.peak) this.rise(equity);
  }

  /** A new peak: what has been lost since the last one is known. */
  rise(equity: number): void {
    this.fall = lesser(this.fall, this.least / this.peak);
    this.peak = this.least = equity;
  }

  /** The closes of bars [a, b] of an all-in long position, from the tables. */
  reachAll({ f64, padded, extremes, falls }: KernelSpace, units: number, a: number, b: number): void {
    const level = (31 - Math.clz32((a ^ b) | 1)) * padded;
    const pa = extremes + 2 * (level + a);
    const pb = extremes + 2 * (level + b);
    const top = greater(f64[pa], f64[pb]) * units;
    this.least = lesser(this.least, -greater(f64[pa + 1], f64[pb + 1]) * units);
    if (!(top > this.peak)) return;
    let own = lesser(f64[falls + level + a], f64[falls + level + b]); // a new peak inside: the stretch's own worst ratio counts too
    if (b > a) own = lesser(own, -f64[pb + 1] / f64[pa]);
    this.fall = lesser(this.fall, own);
    this.rise(top);
  }

  /** Figures to columns of `stride` bytes. */
  write({ f64 }: KernelSpace, total: number, out: number, stride: number): void {
    const worst = lesser(this.fall, this.least / this.peak);
    const figures = [total, this.sum, this.squares, worst, this.trades, this.wins, this.bars, this.ambiguous, this.open];
    figures.forEach((figure, column) => {
      f64[(out + column * stride) / 8] = figure;
    });
  }
}
