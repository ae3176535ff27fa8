import { requireInput } from '../core/index.ts';
import { addSnapped, granular, isClose, isCloseOrLess, isLess, snapToZero } from './tolerance.ts';
import type { Direction, SizeType, VectorbtRules } from './vectorbt-options.ts';

/** What vectorbt knows of an account: debt is what open shorts sold for, free cash what is left after backing them twice. */
export interface VectorbtAccount {
  readonly cash: number;
  readonly position: number;
  readonly debt: number;
  readonly freeCash: number;
}

/** What is asked for; size is signed, infinite for all there is. */
export interface VectorbtOrder {
  readonly size: number;
  readonly sizeType: SizeType;
  readonly direction: Direction;
  readonly price: number;
  readonly slippage: number;
  /** Price that a size in money is divided by. */
  readonly valPrice: number;
  /** Account value before the order. */
  readonly value: number;
}

export interface VectorbtFill {
  readonly account: VectorbtAccount;
  readonly side: 'buy' | 'sell';
  readonly size: number;
  /** With slippage. */
  readonly price: number;
  readonly fee: number;
}

/**
 * Fills an order at once, wholly or as far as cash reaches; null where vectorbt ignores or rejects it.
 *
 * source  vectorbt 1.1.0, order execution
 * throws  InputError `peer-order-invalid` where vectorbt raises
 */
export function executeOrder(before: VectorbtAccount, order: VectorbtOrder, rules: VectorbtRules): VectorbtFill | null {
  const account = {
    cash: snapToZero(before.cash), position: snapToZero(before.position), debt: snapToZero(before.debt), freeCash: snapToZero(before.freeCash),
  };
  if (Number.isNaN(order.size) || Number.isNaN(order.price)) return null;
  requireInput(account.cash >= 0, 'peer-order-invalid', 'cash', 'at least 0 when an order is sent', account.cash);
  requireInput(order.price > 0 && Number.isFinite(order.price), 'peer-order-invalid', 'price', 'above 0', order.price);
  const wanted = amountOf(account, order);
  if (wanted === null) return null;
  const { size, percent } = wanted;
  return size > 0 ? buy(account, size, percent, order, rules) : sell(account, -size, percent, order, rules);
}

/** The order as an amount of units, or all there is times a percentage (NaN = not a percentage). */
function amountOf(account: VectorbtAccount, order: VectorbtOrder): { size: number; percent: number } | null {
  let { size, sizeType } = order;
  if (sizeType === 'targetpercent') {
    const value = snapToZero(order.value);
    if (!(value > 0)) return null;
    size *= value;
    sizeType = 'targetvalue';
  }
  if (sizeType === 'value' || sizeType === 'targetvalue') {
    const valPrice = snapToZero(order.valPrice);
    if (Number.isNaN(valPrice)) return null;
    requireInput(valPrice > 0 && Number.isFinite(valPrice), 'peer-order-invalid', 'val_price', 'above 0', valPrice);
    size /= valPrice;
    sizeType = sizeType === 'value' ? 'amount' : 'targetamount';
  }
  if (sizeType === 'targetamount') size -= account.position;
  if (sizeType === 'percent') return { size: Math.sign(size) * Number.POSITIVE_INFINITY, percent: Math.abs(size) };
  if (size === Number.NEGATIVE_INFINITY && order.direction !== 'longonly') return { size, percent: 1 };
  return { size, percent: Number.NaN };
}

function buy(account: VectorbtAccount, size: number, percent: number, order: VectorbtOrder, rules: VectorbtRules): VectorbtFill | null {
  const { fees, fixedFees, minSize, maxSize, sizeGranularity, allowPartial } = rules;
  const price = order.price * (1 + order.slippage);
  const limit = cashLimit(account, price, percent, rules);
  if (order.direction === 'shortonly' ? account.position === 0 : limit === 0) return null;
  const asked = order.direction === 'shortonly' ? Math.min(-account.position, size) : size;
  if (asked === 0 || (asked > maxSize && !allowPartial)) return null;
  const whole = granular(Math.min(asked, maxSize), sizeGranularity);
  const cost = whole * price;
  const fee = cost * fees + fixedFees;
  const paid = isCloseOrLess(cost + fee, limit) ? { size: whole, fee, cash: cost + fee } : affordable(limit, price, rules);
  if (paid === null || isClose(whole, 0) || isLess(paid.size, minSize)) return null;
  if (Number.isFinite(size) && isLess(paid.size, size) && !allowPartial) return null;
  return { account: afterBuy(account, paid.size, paid.cash), side: 'buy', size: paid.size, price, fee: paid.fee };
}

/** What the cash buys when the wanted size is too dear. */
function affordable(limit: number, price: number, { fees, fixedFees, sizeGranularity }: VectorbtRules): { size: number; fee: number; cash: number } | null {
  const spendable = addSnapped(limit, -fixedFees) / (1 + fees);
  if (spendable <= 0) return null;
  if (Number.isNaN(sizeGranularity)) return { size: spendable / price, fee: limit - spendable, cash: limit };
  const size = granular(spendable / price, sizeGranularity);
  const fee = size * price * fees + fixedFees;
  return { size, fee, cash: size * price + fee };
}

function cashLimit(account: VectorbtAccount, price: number, percent: number, rules: VectorbtRules): number {
  const limit = Math.min(rules.lockCash ? unlockedCash(account, price, rules) : account.cash, account.cash);
  return Number.isNaN(percent) ? limit : Math.min(limit, percent * limit);
}

/** With lock_cash only free cash is spent, once a short is covered. */
function unlockedCash({ cash, position, debt, freeCash }: VectorbtAccount, price: number, { fees, fixedFees }: VectorbtRules): number {
  if (position >= 0) return freeCash;
  const toCover = Math.abs(position) * price * (1 + fees) + fixedFees;
  const left = addSnapped(freeCash + 2 * debt, -toCover);
  if (left > 0) return freeCash + 2 * debt;
  if (left === 0) return cash;
  const covered = (freeCash - fixedFees) / (price * (1 + fees) - (2 * debt) / Math.abs(position));
  return covered * price * (1 + fees) + fixedFees;
}

/** Covering a short releases its debt at the average entry price, and frees twice that. */
function afterBuy({ cash, position, debt, freeCash }: VectorbtAccount, size: number, paid: number): VectorbtAccount {
  const after = addSnapped(position, size);
  const covered = position < 0 ? (after < 0 ? size : Math.abs(position)) * (debt / Math.abs(position)) : 0;
  return {
    cash: addSnapped(cash, -paid),
    position: after,
    debt: position < 0 ? addSnapped(debt, -covered) : debt,
    freeCash: addSnapped(freeCash + 2 * covered, -paid),
  };
}

function sell(account: VectorbtAccount, size: number, percent: number, order: VectorbtOrder, rules: VectorbtRules): VectorbtFill | null {
  const { fees, fixedFees, minSize, maxSize, sizeGranularity, allowPartial } = rules;
  const price = order.price * (1 - order.slippage);
  const limit = order.direction === 'longonly' ? longLimit(account, size, percent) : shortLimit(account, size, percent, price, rules);
  if (limit === null || (limit > maxSize && !allowPartial)) return null;
  const capped = Math.min(limit, maxSize);
  if (order.direction === 'longonly' && account.position === 0) return null;
  requireInput(capped !== Number.POSITIVE_INFINITY, 'peer-order-invalid', 'size of a short', 'finite', capped);
  const sold = granular(capped, sizeGranularity);
  if (isClose(sold, 0) || isLess(sold, minSize)) return null;
  if (Number.isFinite(size) && isLess(sold, size) && !allowPartial) return null;
  const gross = sold * price;
  const fee = gross * fees + fixedFees;
  const proceeds = addSnapped(gross, -fee);
  if (proceeds < 0) return null;
  return { account: afterSell(account, sold, price, proceeds), side: 'sell', size: sold, price, fee };
}

function longLimit(account: VectorbtAccount, size: number, percent: number): number {
  const limit = Math.min(account.position, size);
  return Number.isNaN(percent) ? limit : percent * limit;
}

/** A finite size has no upper bound unless cash is locked; all there is (size inf) is what free cash backs. */
function shortLimit(account: VectorbtAccount, size: number, percent: number, price: number, rules: VectorbtRules): number | null {
  const share = Number.isNaN(percent) ? 1 : percent;
  const isAll = size === Number.POSITIVE_INFINITY && !Number.isNaN(percent);
  if (!rules.lockCash && !isAll) return share * size;
  const most = mostSold(account, price, rules);
  if (most === null) return null;
  if (!rules.lockCash) return share * most;
  return Math.min(isAll ? share * most : share * size, most);
}

function mostSold(account: VectorbtAccount, price: number, { fees, fixedFees }: VectorbtRules): number | null {
  const long = Math.max(account.position, 0);
  const free = addSnapped(account.freeCash, long * price * (1 - fees));
  if (free <= 0) return account.position <= 0 ? null : long;
  const most = addSnapped(long, addSnapped(free, -fixedFees) / (price * (1 + fees)));
  return most <= 0 ? null : most;
}

/** What is sold short is owed, and backed by twice its value. */
function afterSell({ cash, position, debt, freeCash }: VectorbtAccount, size: number, price: number, proceeds: number): VectorbtAccount {
  const after = addSnapped(position, -size);
  if (after >= 0) return { cash: cash + proceeds, position: after, debt, freeCash: freeCash + proceeds };
  const shortValue = (position < 0 ? size : Math.abs(after)) * price;
  return { cash: cash + proceeds, position: after, debt: debt + shortValue, freeCash: addSnapped(freeCash, addSnapped(proceeds, -2 * shortValue)) };
}
