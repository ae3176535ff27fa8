/** Units of markets and cash of an index that began at 100. */
export interface Basket {
  readonly cash: number;
  readonly units: ReadonlyMap<string, number>;
}

export const EMPTY_BASKET: Basket = { cash: 100, units: new Map() };

export type PriceOf = (symbol: string) => number | null;

export function basketValue({ cash, units }: Basket, priceOf: PriceOf): number {
  let value = cash;
  for (const [symbol, count] of units) value += count * (priceOf(symbol) ?? 0);
  return value;
}

export function basketWeights(basket: Basket, priceOf: PriceOf): Map<string, number> {
  const value = basketValue(basket, priceOf);
  return new Map([...basket.units].map(([symbol, count]) => [symbol, (count * (priceOf(symbol) ?? 0)) / value]));
}

/** Σ|change of weight| ÷ 2 over markets and cash, and the part of the value that is bought or sold. */
export function turnoverBetween(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): { readonly turnover: number; readonly traded: number } {
  let [traded, change] = [0, 0];
  for (const symbol of new Set([...before.keys(), ...after.keys()])) {
    const difference = (after.get(symbol) ?? 0) - (before.get(symbol) ?? 0);
    traded += Math.abs(difference);
    change += difference;
  }
  return { turnover: (traded + Math.abs(change)) / 2, traded };
}

/**
 * Trades a basket to weights at the prices of the next open, after a cost that is a fraction of its value.
 *
 * A market that has no open keeps its units; what was wanted of it stays in cash.
 */
export function tradeTo(basket: Basket, weights: ReadonlyMap<string, number>, { openOf, priceOf, cost }: { readonly openOf: PriceOf; readonly priceOf: PriceOf; readonly cost: number }): Basket {
  const at = (symbol: string): number | null => openOf(symbol) ?? priceOf(symbol);
  const value = basketValue(basket, at) * (1 - cost);
  const units = new Map<string, number>();
  let spent = 0;
  for (const [symbol, count] of basket.units) {
    if (openOf(symbol) !== null) continue;
    units.set(symbol, count);
    spent += count * (at(symbol) ?? 0);
  }
  const free = Math.max(0, value - spent);
  const wanted = [...weights].filter(([symbol, weight]) => weight > 0 && openOf(symbol) !== null);
  const sum = wanted.reduce((all, [, weight]) => all + weight, 0);
  const scale = sum * value > free ? free / (sum * value) : 1;
  for (const [symbol, weight] of wanted) {
    const quote = weight * value * scale;
    units.set(symbol, quote / (openOf(symbol) as number));
    spent += quote;
  }
  return { cash: value - spent, units };
}

/** Sells what has ended at its last price less a haircut. */
export function withoutEnded(basket: Basket, hasEnded: (symbol: string) => boolean, { priceOf, haircutFrac }: { readonly priceOf: PriceOf; readonly haircutFrac: number }): Basket {
  let cash = basket.cash;
  const units = new Map<string, number>();
  for (const [symbol, count] of basket.units) {
    if (hasEnded(symbol)) cash += count * (priceOf(symbol) ?? 0) * (1 - haircutFrac);
    else units.set(symbol, count);
  }
  return units.size === basket.units.size ? basket : { cash, units };
}
