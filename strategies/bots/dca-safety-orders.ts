import { type BarContext, defineStrategy, float, int, type OpenOrder } from '../../engine/index.ts';

interface Deal {
  /** Quantity of all orders together: what the exits may have to sell. */
  ladderQty: number;
  stopPrice: number;
}

interface Ladder {
  readonly safetyOrders: number;
  readonly safetySize: number;
  readonly volumeCoefficient: number;
  readonly deviationFrac: number;
  readonly stepCoefficient: number;
}

const TARGET = 'target';
const STOP = 'stop';

/** A base order at the market, safety orders resting below it, one take-profit on the average entry, one stop under everything. */
export const dcaSafetyOrders = defineStrategy({
  id: 'dca-safety-orders',
  summary: 'Buys a base order, averages down with safety orders that rest below it, and sells everything at a profit on the average entry.',
  thesis: 'most falls are followed by a partial rise, and each safety order lowers the price that the rise has to reach',
  fails: 'in a fall without that rise: the largest orders are bought last, and one such fall can take the profits of all the deals before it; the win rate hides it',
  source: "3Commas' DCA bot: base and safety orders, martingale volume and step coefficients",
  params: {
    capitalFrac: float({ min: 0.05, max: 1, default: 0.95, step: 0.05 }),
    safetyOrders: int({ min: 0, max: 50, default: 5 }),
    safetySize: float({ min: 0.1, max: 10, default: 1, step: 0.5 }),
    deviationFrac: float({ min: 0.001, max: 0.3, default: 0.02, step: 0.01 }),
    stepCoefficient: float({ min: 0.1, max: 10, default: 1.2, step: 0.2 }),
    volumeCoefficient: float({ min: 0.1, max: 10, default: 1.5, step: 0.5 }),
    takeProfitFrac: float({ min: 0.001, max: 1, default: 0.015, step: 0.005 }),
    stopLossFrac: float({ min: 0, max: 0.9, default: 0, step: 0.1 }),
  },
  admissible: (params) => {
    const deepest = deviations(params).at(-1) ?? 0;
    return deepest < 1 && (params.stopLossFrac === 0 || params.stopLossFrac > deepest);
  },
  warmupBars: () => 1,
  initialState: (): Deal => ({ ladderQty: 0, stopPrice: 0 }),
  onBar: (context, params, deal) => {
    if (context.events.length === 0 && context.openOrders.length > 0) return;
    if (context.position.qtyBase > 0) moveExits(context, params.takeProfitFrac, deal);
    else if (!context.openOrders.some(({ type }) => type === 'market')) openDeal(context, params, deal);
  },
});

/** Everything rests from the next open on: levels count from this close, and the exits are cut to what is held when they fill. */
function openDeal(context: BarContext, params: Ladder & { readonly capitalFrac: number; readonly takeProfitFrac: number; readonly stopLossFrac: number }, deal: Deal): void {
  const close = context.close();
  context.cancelAll();
  const sizes = [1, ...Array.from({ length: params.safetyOrders }, (_, i) => params.safetySize * params.volumeCoefficient ** i)];
  const baseQuote = (params.capitalFrac * context.equity) / sizes.reduce((sum, size) => sum + size, 0);
  const prices = [close, ...deviations(params).map((deviation) => close * (1 - deviation))];
  const quantities = sizes.map((size, i) => (baseQuote * size) / prices[i]);
  deal.ladderQty = quantities.reduce((sum, qty) => sum + qty, 0);
  deal.stopPrice = params.stopLossFrac > 0 ? close * (1 - params.stopLossFrac) : 0;
  context.place({ type: 'market', side: 'buy', qtyBase: quantities[0], tag: 'base' });
  for (let i = 1; i < prices.length; i++) context.place({ type: 'limit', side: 'buy', qtyBase: quantities[i], limitPrice: prices[i], tag: `safety ${i}` });
  placeTarget(context, close * (1 + params.takeProfitFrac), deal);
  placeStop(context, deal);
}

/** The take-profit follows the average entry; an exit that filled before a safety order of the same bar is put back. */
function moveExits(context: BarContext, takeProfitFrac: number, deal: Deal): void {
  const price = context.position.avgEntryPrice * (1 + takeProfitFrac);
  const orders = context.openOrders;
  const target = tagged(orders, TARGET);
  if (target === undefined) placeTarget(context, price, deal);
  else if (target.price !== price) context.replace(target.id, { limitPrice: price });
  if (tagged(orders, STOP) === undefined) placeStop(context, deal);
}

function placeTarget(context: BarContext, limitPrice: number, { ladderQty }: Deal): void {
  context.place({ type: 'limit', side: 'sell', qtyBase: ladderQty, limitPrice, reduceOnly: true, tag: TARGET });
}

function placeStop(context: BarContext, { ladderQty, stopPrice }: Deal): void {
  if (stopPrice > 0) context.place({ type: 'stop', side: 'sell', qtyBase: ladderQty, stopPrice, reduceOnly: true, tag: STOP });
}

/** How far below the base order each safety order rests: the steps between them grow by the coefficient. */
function deviations({ safetyOrders, deviationFrac, stepCoefficient }: Pick<Ladder, 'safetyOrders' | 'deviationFrac' | 'stepCoefficient'>): number[] {
  let depth = 0;
  return Array.from({ length: safetyOrders }, (_, i) => (depth += deviationFrac * stepCoefficient ** i));
}

function tagged(orders: readonly OpenOrder[], tag: string): OpenOrder | undefined {
  return orders.find((order) => order.tag === tag);
}
