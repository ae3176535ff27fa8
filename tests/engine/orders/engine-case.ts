import { type Bars, barsFromColumns, type Fill, type OrderRequest } from '../../../engine/index.ts';
import { type BarContext, simulateOrders } from '../../../engine/orders/index.ts';
import { SimulationBuffers, simulationConfig, type SimulationTotals } from '../../../engine/simulate/index.ts';
import type { Candle } from '../../oracle/plain-books.ts';
import { configOf } from '../../oracle/plain-case.ts';
import type { Instruction, OrderTerms, PlainOrder } from '../../oracle/plain-orders-types.ts';
import { withFundingAt } from '../../support/funding.ts';

export interface Scripted {
  readonly candles: readonly Candle[];
  readonly script: readonly (readonly Instruction[])[];
  readonly terms: OrderTerms;
  readonly opening: readonly PlainOrder[];
}

export interface EngineResult {
  readonly fills: readonly Fill[];
  readonly equity: readonly number[];
  readonly qty: readonly number[];
  readonly totals: SimulationTotals;
}

/** A script of orders through the event engine, as a strategy would give them. */
export function runScript({ candles, script, terms, opening }: Scripted): EngineResult {
  const bars = withFundingAt(barsOf(candles, terms), terms.funding.map(({ bar, rate, mark }) => ({ bar, rate, markPrice: mark })));
  const config = { ...simulationConfig('perpetual', {}), ...configOf({ ...terms, firstDecisionBar: 0, flattenAtEnd: false }) };
  const out = new SimulationBuffers();
  const fills: Fill[] = [];
  const ids: number[] = opening.map((_, i) => i + 1);
  const totals = simulateOrders(
    {
      markets: [bars],
      config: { ...config, execution: { ...config.execution, limitFill: terms.limitFill, volumeCapFrac: terms.volumeCapFrac, volumeCapRemainder: terms.volumeRest } },
      driver: { onBar: (context) => (script[context.bar] ?? []).forEach((instruction) => obey(context, instruction, ids, placed)) },
      openingOrders: opening as readonly OrderRequest[],
      onFill: (fill) => fills.push(fill),
    },
    out,
  );
  return { fills, equity: [...out.equity], qty: [...out.qty], totals };
}

const placed = new WeakMap<number[], Map<number, PlainOrder>>();

function obey(context: BarContext, instruction: Instruction, ids: number[], memory: typeof placed): void {
  const orders = memory.get(ids) ?? new Map<number, PlainOrder>();
  memory.set(ids, orders);
  if (instruction.do === 'place') {
    orders.set(ids.length, instruction.order);
    ids.push(context.place(instruction.order as OrderRequest));
    return;
  }
  const id = ids[instruction.nth];
  if (id === undefined) return;
  if (instruction.do === 'cancel') context.cancel(id);
  else context.replace(id, { ...(instruction.qty === undefined ? {} : { qtyBase: instruction.qty }), ...priceOf(context, id, instruction.price) });
}

/** The price that a change means: the limit of a limit or stop-limit, the stop of a stop. */
function priceOf(context: BarContext, id: number, price: number | undefined): { limitPrice?: number; stopPrice?: number } {
  const order = context.openOrders.find((one) => one.id === id);
  if (price === undefined || order === undefined) return {};
  return order.type === 'limit' ? { limitPrice: price } : { stopPrice: price };
}

function barsOf(candles: readonly Candle[], { isAuction, barMs }: OrderTerms): Bars {
  const pick = (value: (candle: Candle) => number): number[] => candles.map(value);
  return barsFromColumns(
    {
      openTimeMs: pick((c) => c.timeMs), open: pick((c) => c.open), high: pick((c) => c.high), low: pick((c) => c.low), close: pick((c) => c.close),
      volume: pick((c) => c.volume ?? Number.NaN),
    },
    barMs,
    { venue: 'script', symbol: 'S/USD', kind: 'perpetual', calendar: '24/7', market: isAuction ? 'session' : 'continuous' },
  );
}
