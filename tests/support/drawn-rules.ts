import {
  above, and, barsAgo, type Bars, barsFromColumns, below, choice, type Condition, crossesAbove, crossesBelow, defineStrategy, forBars, HOUR_MS, int, type Line, type LineColumns, type LineKernels, not, or,
  paramSpace, type ParamSpace, type Rules, seededRandom, since, simulationConfig, type SimulationConfig, type Strategy, withinBars,
} from '../../engine/index.ts';

/** A walk with gaps between bars, flat stretches and ties: prices on a grid of quarters. */
export function drawnMarket(seed: number, length: number, kind: 'spot' | 'perpetual', session: boolean): Bars {
  const random = seededRandom(seed, 'event-kernel');
  const columns = { openTimeMs: [] as number[], open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[], volume: [] as number[] };
  let price = 100;
  const onGrid = (x: number): number => Math.max(1, Math.round(x * 4) / 4);
  for (let t = 0; t < length; t++) {
    const open = random() < 0.2 ? onGrid(price * (1 + 0.06 * (random() - 0.5))) : price;
    const close = random() < 0.15 ? open : onGrid(open * (1 + 0.05 * (random() - 0.5)));
    columns.openTimeMs.push(t * HOUR_MS);
    columns.open.push(open);
    columns.close.push(close);
    columns.high.push(onGrid(Math.max(open, close) * (1 + 0.03 * random()) + 0.2));
    columns.low.push(Math.min(open, close, onGrid(Math.min(open, close) * (1 - 0.03 * random()))));
    columns.volume.push(1);
    price = close;
  }
  columns.high = columns.high.map((high, t) => Math.max(high, columns.open[t], columns.close[t]));
  return barsFromColumns(columns, HOUR_MS, { venue: 'test', symbol: 'A/B', kind, calendar: '24/7', market: session ? 'session' : 'continuous' });
}

/** A condition drawn from the whole algebra. */
export function drawnCondition(random: () => number, { close, open }: LineColumns, ta: LineKernels, windowBars: number, depth: number): Condition {
  const lines: Line[] = [close, open, ta.sma(close, windowBars), ta.ema(close, windowBars + 3), barsAgo(close, 2), ta.sma(close, 2 * windowBars)];
  const line = (): Line => lines[Math.floor(random() * lines.length)];
  const more = (): Condition => drawnCondition(random, { close, open } as LineColumns, ta, windowBars, depth - 1);
  const compare = [above, below, crossesAbove, crossesBelow][Math.floor(random() * 4)];
  const pick = random();
  if (depth === 0 || pick < 0.4) return random() < 0.3 ? compare(ta.rsi(close, windowBars), 30 + Math.round(40 * random())) : compare(line(), line());
  const bars = 1 + Math.floor(random() * 70);
  if (pick < 0.5) return and(more(), more());
  if (pick < 0.6) return or(more(), more());
  if (pick < 0.7) return not(more());
  if (pick < 0.78) return barsAgo(more(), bars);
  if (pick < 0.85) return forBars(more(), 1 + (bars % 9));
  if (pick < 0.92) return withinBars(more(), bars);
  return since(more(), more());
}

/** A strategy whose rules, protection and size are drawn by the seed. */
export function drawnStrategy(seed: number): Strategy {
  const random = seededRandom(seed, 'event-kernel-strategy');
  const kind = random();
  const frac = (): number => (random() < 0.5 ? 0 : Math.round(random() * 60) / 1000);
  const protection = random() < 0.3 ? { stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 } : { stopLossFrac: frac(), takeProfitFrac: frac(), trailFrac: frac() };
  const size = random() < 0.5 ? 1 : [0.3, 0.5, 2][Math.floor(random() * 3)];
  const exitAfterBars = random() < 0.3 ? 1 + Math.floor(random() * 30) : 0;
  const seedOfRules = Math.floor(random() * 1e9);
  if (random() < 0.15) return exposed(size, protection, random() < 0.5);
  return defineStrategy({
    id: 'drawn',
    summary: 'drawn',
    params: { windowBars: int({ min: 2, max: 50, default: 5 }), side: choice({ options: ['long', 'short', 'both'], default: 'long' }) },
    warmupBars: ({ windowBars }) => windowBars,
    reenters: random() < 0.4,
    protection: () => protection,
    rules: (bars, { windowBars, side }, ta): Rules => {
      const draw = seededRandom(seedOfRules, 'rules');
      const one = (): Condition => drawnCondition(draw, bars, ta, windowBars, 2);
      if (kind < 0.2) return { ...(side !== 'short' && { long: one() }), ...(side !== 'long' && { short: one() }), size };
      if (kind < 0.4) return { long: above(ta.sma(bars.close, windowBars), ta.sma(bars.close, 3 * windowBars)) };
      if (kind < 0.6) {
        const [fast, slow] = [ta.ema(bars.close, windowBars), ta.sma(bars.close, 2 * windowBars)];
        return { enterLong: crossesAbove(fast, slow), exitLong: crossesBelow(fast, slow) };
      }
      const sides = { ...(side !== 'short' && { enterLong: one(), exitLong: one() }), ...(side !== 'long' && { enterShort: one(), ...(draw() < 0.7 && { exitShort: one() }) }) };
      return { ...sides, exitAfterBars, size };
    },
  });
}

/** One that says its exposure bar by bar: one size, its opposite, NaN, and nothing; or of two sizes, which only the vector kernel knows. */
function exposed(size: number, protection: object, hasTwoSizes: boolean): Strategy {
  return defineStrategy({
    id: 'exposed',
    summary: 'exposed',
    params: { windowBars: int({ min: 2, max: 50, default: 5 }), side: choice({ options: ['long', 'short', 'both'], default: 'long' }) },
    warmupBars: ({ windowBars }) => windowBars,
    protection: () => protection,
    targetExposure: ({ close, open }, { windowBars, side }, ta) => {
      const mean = ta.sma(close, windowBars);
      return close.map((price, t) => {
        const x = price > mean[t] ? (side === 'short' ? 0 : size) : price < mean[t] ? (side === 'long' ? 0 : -size) : Number.NaN;
        return hasTwoSizes && open[t] > price ? x / 2 : x;
      });
    },
  });
}

/** Costs, fills, sizes and the first bar that decides, drawn by the seed. */
export function drawnConfig(seed: number): SimulationConfig {
  const random = seededRandom(seed, 'event-kernel-config');
  const isMargin = random() < 0.5;
  const bps = (): number => Math.round(random() * 20);
  const sizing = random();
  return {
    ...simulationConfig(isMargin ? 'perpetual' : 'spot', {
      costs: { takerFeeBps: bps(), makerFeeBps: bps(), halfSpreadBps: bps(), slippageBps: bps(), impactBps: 0 },
      execution: { fill: random() < 0.3 ? 'close' : 'next-open', limitFill: random() < 0.3 ? 'touch' : 'through' },
      intrabar: (['pessimistic', 'optimistic', 'path'] as const)[Math.floor(random() * 3)],
      sizing: sizing < 0.6 ? { kind: 'exposure' } : sizing < 0.8 ? { kind: 'fixed-quantity', qtyBase: 20 } : { kind: 'fixed-quote', notionalQuote: 4000 },
      funding: 'none',
    }),
    firstDecisionBar: random() < 0.5 ? 0 : Math.floor(random() * 60),
  };
}

/** Every point of a drawn strategy. */
export function drawnSpace(strategy: Strategy): ParamSpace {
  return paramSpace(strategy, { windowBars: [2, 3, 5, 8, 13, 21, 34, 44, 45, 46, 47], side: ['long', 'short', 'both'] }, { kind: 'grid' });
}

/** A market for a drawn configuration. */
export function drawnMarketOf(seed: number, length: number, config: SimulationConfig): Bars {
  return drawnMarket(seed, length, config.account.kind === 'margin' ? 'perpetual' : 'spot', seed % 5 === 0);
}
