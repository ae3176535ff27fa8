import { type Books, type Candle, type Counts, type Entry, noCounts, type Terms, type Wish } from './plain-books.ts';

/** A position with what protects it; null where there is none. Copied, never shared, so that two paths can be walked from one state. */
interface World {
  cash: number;
  qty: number;
  entry: number;
  stop: number | null;
  target: number | null;
  trail: number | null;
  trailFraction: number;
  best: number;
  isDust: boolean;
  readonly diary: Entry[];
}

/** An order on its way to the next open. */
interface Letter {
  readonly writtenAt: number;
  readonly wish: Wish;
}

interface Level {
  readonly kind: 'stop-loss' | 'trailing-stop' | 'take-profit' | 'liquidation';
  readonly price: number;
}

/**
 * The accounting told slowly, written from accounting.md and not from the engine: a diary of entries, one bar and one order at a time; both
 * paths of every bar are walked in full from price to price on a copy of the account, and one of the two copies is kept.
 *
 * Where the text leaves room it reads:
 * - an order is sent when the target, clipped to what the account allows, differs from the last one sent
 * - lots: the opening part of a reversal is truncated, its closing part never is; a whole number of lots survives rounding noise of 1e-9
 * - minimum notional: an order to x = 0 is never rejected
 * - tick rounding: the size allows for the rounded price, so that q·P = x·E after all costs; a resting target fills at its own level
 * - an account without equity opens nothing
 * - an order that changes a position brings its own stop, target and trail fraction; the watermark goes on
 * - a level of liquidation that a fill at the open has itself put behind the open is settled at the open
 * - stop before trailing stop before liquidation where they lie on one price
 * - borrow is charged while something is held, over the bar's length
 */
export function plainAccount(candles: readonly Candle[], wishes: readonly Wish[], terms: Terms): Books {
  const counts = noCounts();
  const equity: number[] = [];
  const qty: number[] = [];
  let world: World = fresh(terms.initialCash);
  let letter: Letter | null = null;
  let lastSent = 0;

  candles.forEach((candle, t) => {
    payFunding(world, t, candle, terms);
    const heldBefore = world.qty;
    const entriesBefore = world.diary.length;
    if (isUnderMargin(world, candle.open, terms)) {
      fill(world, t, { kind: 'liquidation', price: candle.open }, terms);
      letter = null;
    } else {
      if (letter !== null && candle.volume === 0) counts.waitedForVolume++;
      else if (letter !== null) {
        execute(world, counts, t, letter, candles, terms);
        letter = null;
        if (isUnderMargin(world, candle.open, terms)) fill(world, t, { kind: 'liquidation', price: candle.open }, terms);
      }
      if (candle.volume !== 0) settleWhatTheOpenPassed(world, t, candle.open, terms);
    }

    const { open, low, high, close } = candle;
    const lowFirst = walk(world, t, [open, low, high, close], candle.volume !== 0, terms);
    const highFirst = walk(world, t, [open, high, low, close], candle.volume !== 0, terms);
    if (fillsOf(lowFirst) !== fillsOf(highFirst)) {
      counts.ambiguousBars++;
      world = believed(lowFirst, highFirst, world.qty < 0, candle, terms);
    } else {
      world = lowFirst;
    }
    const today = world.diary.slice(entriesBefore);
    if (today.some(({ kind }) => kind === 'liquidation')) letter = null;

    payBorrow(world, t, close, terms);
    const heldSinceOpen = today.every(({ kind }) => kind === 'market') && (heldBefore !== 0 || today.length > 0);
    markTrail(world, candle, heldSinceOpen);
    qty.push(world.qty);
    if (t === candles.length - 1 && terms.flattenAtEnd && world.qty !== 0) trade(world, t, 'window-end', -world.qty, close, terms);
    equity.push(world.cash + world.qty * close);

    const wish = wishes[t];
    const x = clip(wish.x ?? 0, terms);
    if (t >= terms.firstDecisionBar && x !== lastSent) {
      lastSent = x;
      counts.sent++;
      if (x !== (wish.x ?? 0)) counts.clippedExposure++;
      letter = { writtenAt: t, wish };
    }
  });
  counts.liquidations = world.diary.filter(({ kind }) => kind === 'liquidation').length;
  return { counts, equity, qty, entries: world.diary, cash: world.cash, isDust: world.isDust };
}

function fresh(cash: number): World {
  return { cash, qty: 0, entry: 0, stop: null, target: null, trail: null, trailFraction: 0, best: 0, isDust: false, diary: [] };
}

function copyOf(world: World): World {
  return { ...world, diary: [...world.diary] };
}

function clip(x: number, terms: Terms): number {
  const least = terms.isMargin ? -terms.maxLeverage : 0;
  return x > terms.maxLeverage ? terms.maxLeverage : x < least ? least : x;
}

/** §5.1 */
function payFunding(world: World, t: number, candle: Candle, terms: Terms): void {
  for (const { bar, rate, mark } of terms.funding) {
    if (bar !== t || world.qty === 0) continue;
    const amount = -(world.qty * (mark ?? candle.open) * rate);
    world.cash += amount;
    world.diary.push({ kind: 'funding', bar: t, amount });
  }
}

/** §5.5 */
function payBorrow(world: World, t: number, close: number, terms: Terms): void {
  if (world.qty === 0 || terms.borrow === 0) return;
  const sold = world.qty < 0 ? -world.qty * close : 0;
  const owed = world.cash < 0 ? -world.cash : 0;
  const amount = -(terms.borrow * (sold + owed) * (terms.barMs / (365 * 24 * 3600 * 1000)));
  world.cash += amount;
  world.diary.push({ kind: 'borrow', bar: t, amount });
}

/** §5.2a, §6: E(P) ≤ m|q|P */
function isUnderMargin(world: World, price: number, terms: Terms): boolean {
  return terms.isMargin && world.qty !== 0 && world.cash + world.qty * price <= terms.maintenance * Math.abs(world.qty) * price;
}

/** §2: P′ of a market, stop or trailing fill, rounded to a tick against the trader. */
function takerPrice(reference: number, sign: number, terms: Terms): number {
  const price = reference * (1 + sign * (terms.halfSpread + terms.slippage));
  if (terms.tick === 0) return price;
  const whole = Math.round(price / terms.tick);
  if (Math.abs(price / terms.tick - whole) < 1e-9) return whole * terms.tick;
  return (sign > 0 ? Math.ceil(price / terms.tick) : Math.floor(price / terms.tick)) * terms.tick;
}

function toLots(size: number, terms: Terms): number {
  if (terms.lot === 0) return size;
  const whole = Math.round(size / terms.lot);
  return (Math.abs(size / terms.lot - whole) < 1e-9 ? whole : Math.floor(size / terms.lot)) * terms.lot;
}

/** §3 and §5.2b: the market order of an earlier close at the raw open. */
function execute(world: World, counts: Counts, t: number, { writtenAt, wish }: Letter, candles: readonly Candle[], terms: Terms): void {
  const { open } = candles[t];
  const x = clip(wish.x ?? 0, terms);
  const worth = world.cash + world.qty * open;
  let d = -world.qty;
  if (x !== 0) {
    const missing = x * worth - world.qty * open;
    const sign = Math.sign(missing);
    if (worth > 0 && Math.abs(missing) < 1e-9 * terms.initialCash) world.isDust = true;
    // (q + d)·P = x·(E − |d|·cost of a unit), solved for d
    const price = takerPrice(open, sign, terms);
    const costOfAUnit = sign * (price - open) + terms.taker * price;
    d = worth <= 0 || missing === 0 ? 0 : missing / (open + x * sign * costOfAUnit);
    if (d !== 0) {
      const after = world.qty + d;
      const isReversal = world.qty !== 0 && after !== 0 && Math.sign(after) !== Math.sign(world.qty);
      const kept = isReversal ? Math.sign(after) * toLots(Math.abs(after), terms) - world.qty : sign * toLots(Math.abs(d), terms);
      if (kept === 0) counts.rejectedLot++;
      else if (Math.abs(kept) * takerPrice(open, Math.sign(kept), terms) < terms.minNotional) counts.rejectedMinNotional++;
      d = kept === 0 || Math.abs(kept) * takerPrice(open, Math.sign(kept), terms) < terms.minNotional ? 0 : kept;
    }
  }
  if (d === 0) return;
  counts.filled++;
  // A bar is missing where the clock has run further than the bars in between.
  if (candles[t].timeMs - candles[writtenAt].timeMs > (t - writtenAt + 0.5) * terms.barMs) counts.afterGap++;
  const before = world.qty;
  trade(world, t, 'market', d, open, terms);
  if (world.qty === 0) return;
  const up = Math.sign(world.qty);
  world.stop = wish.stop > 0 ? world.entry * (1 - up * wish.stop) : null;
  world.target = wish.target > 0 ? world.entry * (1 + up * wish.target) : null;
  const isNew = before === 0 || Math.sign(before) !== up;
  if (isNew) world.best = world.entry;
  world.trail = isNew || !(wish.trail > 0) ? null : world.best * (1 - up * wish.trail);
  world.trailFraction = wish.trail;
}

/** §5.6: W ← max(W, H) if held since the open, else max(W, C); its level acts from the next bar. */
function markTrail(world: World, candle: Candle, heldSinceOpen: boolean): void {
  if (world.qty === 0) return;
  const long = world.qty > 0;
  if (heldSinceOpen) world.best = long ? Math.max(world.best, candle.high) : Math.min(world.best, candle.low);
  else world.best = long ? Math.max(world.best, candle.close) : Math.min(world.best, candle.close);
  world.trail = world.trailFraction > 0 ? world.best * (long ? 1 - world.trailFraction : 1 + world.trailFraction) : null;
}

/** §5.2c */
function settleWhatTheOpenPassed(world: World, t: number, open: number, terms: Terms): void {
  if (world.qty === 0) return;
  const long = world.qty > 0;
  const passed = (level: number | null): boolean => level !== null && (long ? open <= level : open >= level);
  const nearer = long ? Math.max(world.stop ?? -Infinity, world.trail ?? -Infinity) : Math.min(world.stop ?? Infinity, world.trail ?? Infinity);
  if (passed(world.stop) || passed(world.trail)) {
    fill(world, t, { kind: nearer === world.stop ? 'stop-loss' : 'trailing-stop', price: open }, terms);
  } else if (world.target !== null && (long ? open > world.target : open < world.target)) {
    fill(world, t, { kind: 'take-profit', price: terms.isAuction ? open : world.target }, terms);
  }
}

/** §5.4: straight moves from price to price; on each, what lies in between is met in the order of the move. */
function walk(from: World, t: number, prices: readonly number[], trades: boolean, terms: Terms): World {
  const world = copyOf(from);
  for (let leg = 1; leg < prices.length; leg++) {
    let at = prices[leg - 1];
    for (let met = nextLevel(world, at, prices[leg], prices[0], trades, terms); met !== null; met = nextLevel(world, at, prices[leg], prices[0], trades, terms)) {
      fill(world, t, met, terms);
      at = met.price;
    }
  }
  return world;
}

function nextLevel(world: World, at: number, to: number, open: number, trades: boolean, terms: Terms): Level | null {
  if (world.qty === 0) return null;
  const levels: Level[] = [];
  if (trades && world.stop !== null) levels.push({ kind: 'stop-loss', price: world.stop });
  if (trades && world.trail !== null) levels.push({ kind: 'trailing-stop', price: world.trail });
  if (terms.isMargin) {
    const price = -world.cash / (world.qty - terms.maintenance * Math.abs(world.qty));
    if (price > 1e-9 * open) levels.push({ kind: 'liquidation', price });
  }
  if (trades && world.target !== null) levels.push({ kind: 'take-profit', price: world.target });
  const met = levels.filter(({ kind, price }) => {
    if (kind === 'take-profit') return world.qty > 0 ? at <= price && price < to : at >= price && price > to;
    return Math.min(at, to) <= price && price <= Math.max(at, to);
  });
  return met.sort((a, b) => Math.abs(a.price - at) - Math.abs(b.price - at))[0] ?? null;
}

/** What tells two ways through a bar apart. */
function fillsOf(world: World): string {
  return world.diary.map((entry) => ('reference' in entry ? `${entry.bar} ${entry.kind} ${entry.d} at ${entry.reference}` : '')).join('\n');
}

function believed(lowFirst: World, highFirst: World, isShort: boolean, { open, high, low, close }: Candle, terms: Terms): World {
  const againstFirst = isShort ? highFirst : lowFirst;
  if (terms.policy === 'path') return open - low === high - open ? againstFirst : open - low < high - open ? lowFirst : highFirst;
  const [a, b] = [lowFirst, highFirst].map((world) => world.cash + world.qty * close);
  if (a === b) return againstFirst;
  return a < b === (terms.policy === 'pessimistic') ? lowFirst : highFirst;
}

function fill(world: World, t: number, { kind, price }: Level, terms: Terms): void {
  trade(world, t, kind, -world.qty, price, terms);
}

/** §2: one fill of signed d at a reference price. */
function trade(world: World, t: number, kind: 'market' | 'window-end' | Level['kind'], d: number, reference: number, terms: Terms): void {
  const size = Math.abs(d);
  const isTaker = kind !== 'take-profit' && kind !== 'liquidation';
  const price = isTaker ? takerPrice(reference, Math.sign(d), terms) : reference;
  const fee = (kind === 'take-profit' ? terms.maker : kind === 'liquidation' ? terms.liquidationFee : terms.taker) * size * price;
  const spread = isTaker ? size * reference * terms.halfSpread : 0;
  const slippage = isTaker ? size * Math.abs(price - reference) - spread : 0;
  const before = world.qty;
  const after = kind === 'market' ? before + d : 0;
  if (after === 0) world.entry = 0;
  else if (before === 0 || Math.sign(before) !== Math.sign(after)) world.entry = price;
  else if (Math.abs(after) > Math.abs(before)) world.entry = (world.entry * before + price * d) / (before + d);
  world.cash = world.cash - d * price - fee;
  world.qty = after;
  if (after === 0) world.stop = world.target = world.trail = null;
  world.diary.push({ kind, bar: t, d, before, reference, price, fee, spread, slippage });
  // Where the liquidation fee eats the whole maintenance margin, rounding alone decides between nothing left and nothing owed.
  if (kind === 'liquidation' && Math.abs(world.cash) < 1e-9 * terms.initialCash) world.isDust = true;
  if (kind === 'liquidation' && world.cash < 0) {
    world.diary.push({ kind: 'shortfall', bar: t, amount: -world.cash });
    world.cash = 0;
  }
}
