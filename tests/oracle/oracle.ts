import type { RandomCase } from '../support/random-case.ts';

/** What the oracle says of a case. */
export interface OracleResult {
  readonly equity: readonly number[];
  readonly qty: readonly number[];
  readonly exits: readonly { readonly bar: number; readonly reason: string; readonly price: number }[];
  readonly ambiguousBars: number;
  readonly liquidations: number;
}

interface Account {
  cash: number;
  qty: number;
  entry: number;
}

interface Levels {
  stop: number | null;
  target: number | null;
  trail: number | null;
  watermark: number;
}

/** A way to leave a position inside a bar: at a level, for a reason, with the account after it. */
interface Exit {
  readonly level: number;
  readonly reason: 'stop-loss' | 'trailing-stop' | 'take-profit' | 'liquidation';
}

/**
 * The accounting told slowly: one bar and one order at a time, both paths of a bar walked from price to price. Written from the text of the
 * rules and not from the engine, which it judges.
 */
export function oracle(c: RandomCase, initialCash: number, maintenance: number, liquidationFee: number): OracleResult {
  const { bars, costs } = c;
  const isMargin = c.account.kind === 'margin';
  const limit = isMargin ? (c.account.maxLeverage ?? 1) : 1;
  const borrow = c.account.borrowAnnFrac ?? 0;
  const fee = { taker: costs.takerFeeBps / 1e4, maker: costs.makerFeeBps / 1e4 };
  const impact = costs.halfSpreadBps / 1e4 + costs.slippageBps / 1e4;
  const account: Account = { cash: initialCash, qty: 0, entry: 0 };
  const levels: Levels = { stop: null, target: null, trail: null, watermark: 0 };
  const equity: number[] = [];
  const qty: number[] = [];
  const exits: { bar: number; reason: string; price: number }[] = [];
  let ambiguousBars = 0;
  let liquidations = 0;
  let order: number | null = null;
  let lastSent = 0;

  const taker = (state: Account, d: number, reference: number): number => {
    const price = reference * (1 + Math.sign(d) * impact);
    const after = state.qty + d;
    const grows = Math.abs(after) > Math.abs(state.qty) && state.qty * after > 0;
    if (state.qty === 0 || state.qty * after < 0) state.entry = price;
    else if (grows) state.entry = (state.entry * state.qty + price * d) / after;
    state.cash -= d * price + fee.taker * Math.abs(d) * price;
    state.qty = after;
    return price;
  };
  const leave = (state: Account, exit: Exit): number => {
    if (exit.reason === 'stop-loss' || exit.reason === 'trailing-stop') return taker(state, -state.qty, exit.level);
    const rate = exit.reason === 'take-profit' ? fee.maker : liquidationFee;
    state.cash += state.qty * exit.level - rate * Math.abs(state.qty) * exit.level;
    state.qty = 0;
    if (exit.reason === 'liquidation' && state.cash < 0) state.cash = 0;
    return exit.level;
  };
  const closeOut = (t: number, exit: Exit): void => {
    exits.push({ bar: t, reason: exit.reason, price: leave(account, exit) });
    Object.assign(levels, { stop: null, target: null, trail: null });
    if (exit.reason === 'liquidation') {
      liquidations++;
      order = null;
    }
  };
  /** The first level that a straight move from one price to another meets. */
  const meets = (from: number, to: number, open: number, trades: boolean): Exit | null => {
    const long = account.qty > 0;
    const falling = to < from;
    const candidates: Exit[] = [];
    if (trades && levels.stop !== null && long === falling) candidates.push({ level: levels.stop, reason: 'stop-loss' });
    if (trades && levels.trail !== null && long === falling) candidates.push({ level: levels.trail, reason: 'trailing-stop' });
    if (trades && levels.target !== null && long !== falling) candidates.push({ level: levels.target, reason: 'take-profit' });
    if (isMargin && long === falling) {
      const level = -account.cash / (account.qty - maintenance * Math.abs(account.qty));
      if (level > 1e-9 * open) candidates.push({ level, reason: 'liquidation' });
    }
    const met = candidates.filter(({ level, reason }) => {
      if (reason === 'take-profit') return falling ? to < level : to > level;
      return falling ? to <= level : to >= level;
    });
    return met.sort((a, b) => (falling ? b.level - a.level : a.level - b.level))[0] ?? null;
  };

  for (let t = 0; t < bars.length; t++) {
    const [open, high, low, close] = [bars.open[t], bars.high[t], bars.low[t], bars.close[t]];
    const trades = bars.volume[t] !== 0;
    let carried = account.qty !== 0;
    if (account.qty !== 0 && isMargin && account.cash + account.qty * open <= maintenance * Math.abs(account.qty) * open) {
      closeOut(t, { level: open, reason: 'liquidation' });
    } else if (order !== null && trades) {
      const x: number = order;
      order = null;
      const value = account.cash + account.qty * open;
      const gap = x * value - account.qty * open;
      const side = Math.sign(gap);
      const d = x === 0 ? -account.qty : gap / (open * (1 + x * side * (impact + fee.taker * (1 + side * impact))));
      const before = account.qty;
      if (d !== 0) {
        const price = taker(account, d, open);
        if (before !== 0 && (account.qty === 0 || before * account.qty < 0)) exits.push({ bar: t, reason: 'signal', price });
        if (account.qty === 0) Object.assign(levels, { stop: null, target: null, trail: null });
        else {
          const up = Math.sign(account.qty);
          levels.stop = c.stopLossFrac > 0 ? account.entry * (1 - up * c.stopLossFrac) : null;
          levels.target = c.takeProfitFrac > 0 ? account.entry * (1 + up * c.takeProfitFrac) : null;
          if (before * account.qty <= 0) {
            levels.trail = null;
            levels.watermark = account.entry;
            carried = true;
          }
        }
      }
    }
    if (account.qty !== 0 && trades) {
      const up = Math.sign(account.qty);
      const stops = ([['stop-loss', levels.stop], ['trailing-stop', levels.trail]] as const)
        .filter((entry): entry is readonly ['stop-loss' | 'trailing-stop', number] => entry[1] !== null)
        .sort((a, b) => up * (b[1] - a[1]));
      if (stops.length > 0 && up * (open - stops[0][1]) <= 0) closeOut(t, { level: open, reason: stops[0][0] });
      else if (levels.target !== null && up * (open - levels.target) > 0) {
        closeOut(t, { level: bars.instrument.market === 'session' ? open : levels.target, reason: 'take-profit' });
      }
    }
    if (account.qty !== 0) {
      const paths = [[open, low, high, close], [open, high, low, close]];
      const [lowFirst, highFirst] = paths.map((path) => {
        for (let leg = 0; leg < 3; leg++) {
          const exit = meets(path[leg], path[leg + 1], open, trades);
          if (exit !== null) return exit;
        }
        return null;
      });
      const differs = lowFirst?.level !== highFirst?.level || lowFirst?.reason !== highFirst?.reason;
      if (differs) ambiguousBars++;
      const worth = (exit: Exit | null): number => {
        const copy = { ...account };
        if (exit !== null) leave(copy, exit);
        return copy.cash + copy.qty * close;
      };
      const againstFirst = account.qty > 0 ? lowFirst : highFirst;
      const towardsFirst = account.qty > 0 ? highFirst : lowFirst;
      let chosen = againstFirst;
      if (differs && c.intrabar === 'path') {
        const nearerLow = open - low;
        const nearerHigh = high - open;
        if (nearerLow !== nearerHigh) chosen = nearerLow < nearerHigh ? lowFirst : highFirst;
      } else if (differs) {
        const better = worth(towardsFirst) > worth(againstFirst);
        const equal = worth(towardsFirst) === worth(againstFirst);
        if (!equal) chosen = better === (c.intrabar === 'optimistic') ? towardsFirst : againstFirst;
      }
      if (chosen !== null) closeOut(t, chosen);
    }
    if (account.qty !== 0) {
      const owed = Math.max(0, -account.qty) * close + Math.max(0, -account.cash);
      account.cash -= (borrow * owed * bars.timeframeMs) / (365 * 86_400_000);
      if (c.trailFrac > 0) {
        const up = Math.sign(account.qty);
        const best = carried ? (up > 0 ? high : low) : close;
        levels.watermark = up > 0 ? Math.max(levels.watermark, best) : Math.min(levels.watermark, best);
        levels.trail = levels.watermark * (1 - up * c.trailFrac);
      }
    }
    if (t === bars.length - 1 && c.flattenAtEnd && account.qty !== 0) {
      qty.push(account.qty);
      exits.push({ bar: t, reason: 'window-end', price: taker(account, -account.qty, close) });
      equity.push(account.cash);
      break;
    }
    equity.push(account.cash + account.qty * close);
    qty.push(account.qty);
    const x = Math.min(limit, Math.max(isMargin ? -limit : 0, c.exposure[t]));
    if (x !== lastSent) {
      lastSent = x;
      order = x;
    }
  }
  return { equity, qty, exits, ambiguousBars, liquidations };
}
