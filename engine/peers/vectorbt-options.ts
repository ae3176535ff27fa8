import { OptionReader, numberOf, type PeerOptions } from './peer-options.ts';

const SIZE_TYPES = ['amount', 'value', 'percent', 'targetamount', 'targetvalue', 'targetpercent'] as const;
const DIRECTIONS = ['longonly', 'shortonly', 'both'] as const;
const ACCUMULATION = ['disabled', 'both', 'addonly', 'removeonly'] as const;
const CONFLICTS = ['ignore', 'entry', 'exit', 'adjacent', 'opposite'] as const;
const DIRECTION_CONFLICTS = ['ignore', 'long', 'short', 'adjacent', 'opposite'] as const;
const OPPOSITE_ENTRIES = ['ignore', 'close', 'closereduce', 'reverse', 'reversereduce'] as const;
const STOP_ENTRY_PRICES = ['valprice', 'price', 'fillprice', 'close'] as const;
const STOP_EXIT_PRICES = ['stoplimit', 'stopmarket', 'price', 'close'] as const;
const STOP_EXITS = ['close', 'closereduce', 'reverse', 'reversereduce'] as const;
const STOP_UPDATES = ['keep', 'override', 'overridenan'] as const;

export type SizeType = (typeof SIZE_TYPES)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type Accumulation = (typeof ACCUMULATION)[number];
export type Conflict = (typeof CONFLICTS)[number];
export type DirectionConflict = (typeof DIRECTION_CONFLICTS)[number];
export type OppositeEntry = (typeof OPPOSITE_ENTRIES)[number];
export type StopExit = (typeof STOP_EXITS)[number];
/** `inf` is the bar's close (its own order price, for valuation), `-inf` the open (the close before), as in vectorbt. */
export type OrderPrice = 'close' | 'open' | 'previous-close' | 'order' | number | ArrayLike<number>;

/** Every option of `Portfolio.from_signals` that these rules know, with vectorbt's defaults filled in. */
export interface VectorbtRules {
  readonly initCash: number;
  readonly size: number | ArrayLike<number>;
  readonly sizeType: SizeType;
  readonly fees: number;
  readonly fixedFees: number;
  readonly slippage: number;
  readonly minSize: number;
  readonly maxSize: number;
  /** NaN = any size. */
  readonly sizeGranularity: number;
  readonly lockCash: boolean;
  readonly allowPartial: boolean;
  readonly price: OrderPrice;
  readonly valPrice: OrderPrice;
  readonly direction: Direction;
  readonly accumulate: Accumulation;
  readonly uponLongConflict: Conflict;
  readonly uponShortConflict: Conflict;
  readonly uponDirConflict: DirectionConflict;
  readonly uponOppositeEntry: OppositeEntry;
  /** NaN = none. */
  readonly slStop: number | ArrayLike<number>;
  readonly slTrail: boolean;
  readonly tpStop: number | ArrayLike<number>;
  readonly stopEntryPrice: (typeof STOP_ENTRY_PRICES)[number];
  readonly stopExitPrice: (typeof STOP_EXIT_PRICES)[number];
  readonly uponStopExit: StopExit;
  readonly uponStopUpdate: (typeof STOP_UPDATES)[number];
}

const NAMES = [
  'init_cash', 'size', 'size_type', 'fees', 'fixed_fees', 'slippage', 'min_size', 'max_size', 'size_granularity', 'lock_cash', 'allow_partial', 'price',
  'val_price', 'direction', 'accumulate', 'upon_long_conflict', 'upon_short_conflict', 'upon_dir_conflict', 'upon_opposite_entry', 'sl_stop', 'sl_trail',
  'tp_stop', 'stop_entry_price', 'stop_exit_price', 'upon_stop_exit', 'upon_stop_update',
] as const;

/**
 * Options under vectorbt's names, checked.
 *
 * throws  InputError `peer-option-unknown`, `peer-option-invalid`
 */
export function vectorbtRules(given: PeerOptions): VectorbtRules {
  const read = new OptionReader('vectorbt', given, NAMES);
  const atLeastZero = (value: number): boolean => value >= 0 && Number.isFinite(value);
  const aboveZero = (value: number): boolean => value > 0;
  return {
    initCash: read.number('init_cash', 100, (value) => value > 0 && Number.isFinite(value), 'above 0'),
    size: read.series('size', Number.POSITIVE_INFINITY),
    sizeType: read.choice('size_type', 'amount', SIZE_TYPES),
    fees: read.number('fees', 0),
    fixedFees: read.number('fixed_fees', 0),
    slippage: read.number('slippage', 0, atLeastZero, 'at least 0'),
    minSize: read.number('min_size', 1e-8, atLeastZero, 'at least 0'),
    maxSize: read.number('max_size', Number.POSITIVE_INFINITY, aboveZero, 'above 0'),
    sizeGranularity: read.number('size_granularity', Number.NaN, aboveZero, 'above 0'),
    lockCash: read.flag('lock_cash', false),
    allowPartial: read.flag('allow_partial', true),
    price: orderPrice(read, 'price', 'close', 'open'),
    valPrice: orderPrice(read, 'val_price', 'order', 'previous-close'),
    direction: read.choice('direction', 'longonly', DIRECTIONS),
    accumulate: accumulation(read),
    uponLongConflict: read.choice('upon_long_conflict', 'ignore', CONFLICTS),
    uponShortConflict: read.choice('upon_short_conflict', 'ignore', CONFLICTS),
    uponDirConflict: read.choice('upon_dir_conflict', 'ignore', DIRECTION_CONFLICTS),
    uponOppositeEntry: read.choice('upon_opposite_entry', 'reversereduce', OPPOSITE_ENTRIES),
    slStop: read.series('sl_stop', Number.NaN),
    slTrail: read.flag('sl_trail', false),
    tpStop: read.series('tp_stop', Number.NaN),
    stopEntryPrice: read.choice('stop_entry_price', 'close', STOP_ENTRY_PRICES),
    stopExitPrice: read.choice('stop_exit_price', 'stoplimit', STOP_EXIT_PRICES),
    uponStopExit: read.choice('upon_stop_exit', 'close', STOP_EXITS),
    uponStopUpdate: read.choice('upon_stop_update', 'override', STOP_UPDATES),
  };
}

function orderPrice(read: OptionReader, name: string, upper: OrderPrice, lower: OrderPrice): OrderPrice {
  const value = read.raw(name);
  if (value === undefined || value === null) return upper;
  const number = numberOf(value);
  if (number === Number.POSITIVE_INFINITY) return upper;
  if (number === Number.NEGATIVE_INFINITY) return lower;
  if (number !== null) return number;
  return typeof value === 'string' ? read.choice<'open' | 'close'>(name, 'close', ['open', 'close']) : read.series(name, Number.NaN);
}

/** True and false mean both and disabled. */
function accumulation(read: OptionReader): Accumulation {
  const value = read.raw('accumulate');
  if (typeof value === 'boolean' || value === 0 || value === 1) return value ? 'both' : 'disabled';
  return read.choice('accumulate', 'disabled', ACCUMULATION);
}
