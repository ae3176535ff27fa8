import type { IntrabarPolicy } from '../../engine/simulate/index.ts';

export interface Candle {
  readonly timeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** null where the source has no volume. */
  readonly volume: number | null;
}

/** What is wanted at a close; x null before it is known. */
export interface Wish {
  readonly x: number | null;
  readonly stop: number;
  readonly target: number;
  readonly trail: number;
}

/** Rates as fractions. */
export interface Terms {
  readonly isMargin: boolean;
  readonly initialCash: number;
  readonly maxLeverage: number;
  readonly maintenance: number;
  readonly liquidationFee: number;
  readonly borrow: number;
  readonly taker: number;
  readonly maker: number;
  readonly halfSpread: number;
  readonly slippage: number;
  readonly lot: number;
  readonly tick: number;
  readonly minNotional: number;
  readonly policy: IntrabarPolicy;
  readonly isAuction: boolean;
  readonly barMs: number;
  readonly firstDecisionBar: number;
  readonly flattenAtEnd: boolean;
  readonly funding: readonly { readonly bar: number; readonly rate: number; readonly mark?: number }[];
}

/** A fill, a payment, or a loss that the venue bears. */
export type Entry =
  | {
    readonly kind: 'market' | 'stop-loss' | 'trailing-stop' | 'take-profit' | 'liquidation' | 'window-end';
    readonly bar: number;
    readonly d: number;
    readonly before: number;
    readonly reference: number;
    readonly price: number;
    readonly fee: number;
    readonly spread: number;
    readonly slippage: number;
  }
  | { readonly kind: 'funding' | 'borrow' | 'shortfall'; readonly bar: number; readonly amount: number };

export interface Counts {
  sent: number;
  filled: number;
  afterGap: number;
  waitedForVolume: number;
  clippedExposure: number;
  rejectedMinNotional: number;
  rejectedLot: number;
  ambiguousBars: number;
  liquidations: number;
}

export interface Books {
  readonly counts: Counts;
  readonly equity: readonly number[];
  readonly qty: readonly number[];
  readonly entries: readonly Entry[];
  readonly cash: number;
  /** An order, or what a liquidation left, was so small that rounding alone decides whether there is any. */
  readonly isDust: boolean;
}

export function noCounts(): Counts {
  return { sent: 0, filled: 0, afterGap: 0, waitedForVolume: 0, clippedExposure: 0, rejectedMinNotional: 0, rejectedLot: 0, ambiguousBars: 0, liquidations: 0 };
}

/** A round trip read out of the diary. */
export interface PlainTrade {
  side: 'long' | 'short';
  entryBar: number;
  exitBar: number;
  bought: number;
  boughtFor: number;
  sold: number;
  soldFor: number;
  largest: number;
  pnl: number;
  fees: number;
  spread: number;
  slippage: number;
  carried: number;
  lowest: number;
  highest: number;
  reason: string;
}

/** Round trips from flat to flat; a reversal ends one and begins the next, its costs split by quantity. The last may still be open. */
export function tradesOf({ entries }: Books, candles: readonly Candle[]): PlainTrade[] {
  const trades: PlainTrade[] = [];
  let now: PlainTrade | null = null;
  const begin = (bar: number, d: number, price: number): PlainTrade => ({
    side: d > 0 ? 'long' : 'short', entryBar: bar, exitBar: -1, bought: 0, boughtFor: 0, sold: 0, soldFor: 0, largest: 0, pnl: 0, fees: 0,
    spread: 0, slippage: 0, carried: 0, lowest: price, highest: price, reason: 'open',
  });
  const see = (trade: PlainTrade, low: number, high: number): void => {
    trade.lowest = Math.min(trade.lowest, low);
    trade.highest = Math.max(trade.highest, high);
  };
  const part = (trade: PlainTrade, d: number, e: Extract<Entry, { price: number }>): void => {
    const share = Math.abs(d / e.d);
    const opens = d > 0 === (trade.side === 'long');
    if (opens) {
      trade.bought += Math.abs(d);
      trade.boughtFor += Math.abs(d) * e.price;
    } else {
      trade.sold += Math.abs(d);
      trade.soldFor += Math.abs(d) * e.price;
    }
    trade.largest = Math.max(trade.largest, trade.bought - trade.sold);
    trade.pnl += -d * e.price - e.fee * share;
    trade.fees += e.fee * share;
    trade.spread += e.spread * share;
    trade.slippage += e.slippage * share;
  };
  candles.forEach((candle, t) => {
    for (const e of entries) {
      if (e.bar !== t) continue;
      if ('amount' in e) {
        if (e.kind === 'shortfall' || now === null) continue;
        now.carried += e.amount;
        now.pnl += e.amount;
        continue;
      }
      const after = e.kind === 'market' ? e.before + e.d : 0;
      if (now !== null) {
        see(now, e.reference, e.reference);
        if (e.kind === 'window-end') see(now, candle.low, candle.high);
        const closes = after === 0 || Math.sign(after) !== Math.sign(e.before);
        part(now, closes ? -e.before : e.d, e);
        if (!closes) continue;
        trades.push({ ...now, exitBar: t, reason: e.kind === 'market' ? 'signal' : e.kind });
        now = null;
      }
      if (after !== 0) {
        now = begin(t, after, e.price);
        part(now, after, e);
      }
    }
    if (now !== null) see(now, candle.low, candle.high);
  });
  if (now !== null) {
    const { close } = candles[candles.length - 1];
    const open: PlainTrade = now;
    const held = (open.bought - open.sold) * (open.side === 'long' ? 1 : -1);
    trades.push({ ...open, exitBar: candles.length - 1, sold: open.bought, soldFor: open.soldFor + Math.abs(held) * close, pnl: open.pnl + held * close });
  }
  return trades;
}

/** What price moves earned before every cost, from reference prices alone. */
export function grossOf({ entries }: Books, candles: readonly Candle[]): number {
  const fills = entries.filter((e): e is Extract<Entry, { price: number }> => 'reference' in e);
  const { close } = candles[candles.length - 1];
  return fills.reduce((sum, e) => sum + e.d * (close - e.reference), 0);
}

/** Sum of one kind of payment or cost. */
export function sumOf({ entries }: Books, amount: (entry: Entry) => number): number {
  return entries.reduce((sum, entry) => sum + amount(entry), 0);
}
