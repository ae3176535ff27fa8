// Where everything lies in the module's memory. The host (engine/screen/event-memory.ts) places the regions and calls `place` and `rates` once.

/** Bars, bars rounded up to a multiple of 64, and blocks of 64 bars rounded up to a multiple of 64. */
export let n: i32 = 0;
export let N: i32 = 0;
export let KP: i32 = 0;

/** Columns, padded to N: low and high with ±Infinity, so that a search stops only at a real touch. */
export let OPEN: usize = 0;
export let HIGH: usize = 0;
export let LOW: usize = 0;
export let CLOSE: usize = 0;
/** The price that a decision of the bar `lag` earlier fills at: the opens, or the closes. */
export let FILL: usize = 0;
export let lag: i32 = 1;
/** First bar of the measured account: its equity there is the capital. */
export let opened: i32 = 0;

/** Rows of 32 bytes a bar: what an all-in long entry and an exit at this bar add to the sums (see tables.ts). */
export let ENTRY: usize = 0;
export let EXIT: usize = 0;
/** Sums of returns and of squared returns through a bar: 16 bytes a bar. */
export let SUMS: usize = 0;
/** Disjoint sparse tables of the close: {greatest, −least} and the worst later ÷ earlier, 16 and 8 bytes a bar and level. */
export let EXTREMES: usize = 0;
export let FALLS: usize = 0;
/** {least low, greatest high} of 64 bars, then of 4,096. */
export let BLOCKS: usize = 0;
/** {middle, scale} of 64 bars, for averages as 16-bit integers. */
export let SCALES: usize = 0;
/** Event bars of one point, 4 bytes each. */
export let EVENTS: usize = 0;

/** Rates: taker f, maker g, c = half spread + slippage; what an all-in long pays and what is left of a sale, as factors. */
export let taker: f64 = 0;
export let maker: f64 = 0;
export let impact: f64 = 0;
export let kin: f64 = 1;
export let kout: f64 = 1;

export function place(bars: i32, lag_: i32, opened_: i32, columns: usize, blocks: usize, rows: usize, extremes: usize, falls: usize, scales: usize, events: usize): void {
  n = bars;
  N = (bars + 63) & ~63;
  KP = ((N >> 6) + 63) & ~63;
  lag = lag_;
  opened = opened_;
  const column = <usize>N << 3;
  OPEN = columns;
  HIGH = columns + column;
  LOW = columns + 2 * column;
  CLOSE = columns + 3 * column;
  FILL = lag_ ? OPEN : CLOSE;
  ENTRY = rows;
  EXIT = rows + 4 * column;
  SUMS = rows + 8 * column;
  BLOCKS = blocks;
  EXTREMES = extremes;
  FALLS = falls;
  SCALES = scales;
  EVENTS = events;
}

// kin and kout are passed in: computed here, the optimiser sinks the division into the loops.
export function rates(taker_: f64, maker_: f64, impact_: f64, kin_: f64, kout_: f64): void {
  taker = taker_;
  maker = maker_;
  impact = impact_;
  kin = kin_;
  kout = kout_;
}

/** The lesser of two numbers that are not NaN: f64.min compiles to compares and branches in V8, pmin to one instruction. */
// @ts-ignore: decorator
@inline
export function lesser(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0);
}

// @ts-ignore: decorator
@inline
export function at(column: usize, i: i32): f64 {
  return load<f64>(column + (<usize>i << 3));
}
