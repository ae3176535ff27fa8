import { requireInput } from '../core/index.ts';
import { allocateBars, BAR_COLUMNS, type BarColumn, type Bars, type Instrument, sliceBars } from '../market/index.ts';
import { SimulationBuffers, type SimulationConfig } from '../simulate/index.ts';
import { OrderSimulation } from './simulate-orders.ts';
import type { Fill } from './types.ts';

/** One bar of an instrument. */
export type BarRow = { readonly [C in BarColumn]: number };

export interface RollingAccountOptions {
  readonly instruments: readonly Instrument[];
  readonly timeframeMs: number;
  readonly config: SimulationConfig;
}

/** What the account is after a close. */
export interface AccountState {
  readonly equity: number;
  readonly cash: number;
  /** Signed quantity of each instrument. */
  readonly qtyBase: readonly number[];
  readonly fills: readonly Fill[];
}

/** An account that hears of its bars one moment at a time. */
export interface RollingAccount {
  /** The bars of one moment, null where an instrument has none; orders of the close before fill at their opens. */
  walk(rows: readonly (BarRow | null)[]): AccountState;
  /** Target exposures at the close just walked; an instrument without a bar keeps what was wanted of it. */
  decide(exposures: readonly number[]): void;
}

/** Row of the bar before, and of the present one. */
const [BEFORE, NOW] = [0, 1];

/**
 * The event engine over bars that are not known beforehand: moment by moment what `simulateOrders` does with the same target exposures at once.
 *
 * Its bars are two rows that move along, so that it needs no memory of the past. A market without bars has a gap: it is never taken for delisted.
 *
 * throws  InputError `rolling-account-unsupported` where a rule reads more than two rows: sizing by volatility, ATR or trades, latency, a volume cap, peers
 */
export function createRollingAccount({ instruments, timeframeMs, config }: RollingAccountOptions): RollingAccount {
  requireTwoRows(config);
  const bars = instruments.map((instrument) => sliceBars(allocateBars(3, timeframeMs, instrument), 0, 2));
  const clock = { openTimeMs: new Float64Array(2), timeframeMs, rows: instruments.map(() => new Int32Array(2).fill(-1)) };
  const decisions = instruments.map(() => ({ exposure: new Float64Array(2), stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 }));
  const out = new SimulationBuffers();
  out.prepare(2);
  let fills: Fill[] = [];
  const simulation = new OrderSimulation({ markets: bars, config, driver: { decisions }, onFill: (fill) => fills.push(fill) }, clock, out);
  return {
    walk(rows): AccountState {
      fills = [];
      out.trades.clear();
      rows.forEach((row, m) => {
        clock.rows[m][NOW] = row === null ? -1 : NOW;
        if (row === null) return;
        clock.openTimeMs[NOW] = row.openTimeMs;
        const seat = simulation.seats[m];
        moveOn(bars[m], row, seat.row < 0);
        seat.target.bar = BEFORE;
      });
      simulation.walk(NOW);
      return { equity: out.equity[NOW], cash: simulation.cash, qtyBase: simulation.seats.map(({ world }) => world.ledger.qty), fills };
    },
    decide(exposures): void {
      exposures.forEach((x, m) => (decisions[m].exposure[NOW] = x));
      simulation.decide(NOW);
    },
  };
}

/** The present bar becomes the one before. Before the first there is a bar at its open, so that none is missing. */
function moveOn(bars: Bars, row: BarRow, isFirst: boolean): void {
  for (const name of BAR_COLUMNS) {
    bars[name][BEFORE] = isFirst ? (name === 'openTimeMs' ? row.openTimeMs - bars.timeframeMs : row.open) : bars[name][NOW];
    bars[name][NOW] = row[name];
  }
}

function requireTwoRows({ profile, sizing, execution }: SimulationConfig): void {
  const code = 'rolling-account-unsupported';
  requireInput(profile === 'assay', code, 'profile', 'assay in an account that hears bars one by one', profile);
  requireInput(['exposure', 'fixed-quote', 'fixed-quantity'].includes(sizing.kind), code, 'sizing', 'exposure, fixed-quote or fixed-quantity in an account that hears bars one by one', sizing.kind);
  requireInput(execution.latencyBars === 0, code, 'latencyBars', '0 in an account that hears bars one by one', execution.latencyBars);
  requireInput(execution.volumeCapFrac === 0, code, 'volumeCapFrac', '0 in an account that hears bars one by one', execution.volumeCapFrac);
}
