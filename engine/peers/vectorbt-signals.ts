import { InputError, requireInput } from '../core/index.ts';
import { isLess } from './tolerance.ts';
import type { Accumulation, Conflict, Direction, DirectionConflict, OppositeEntry, SizeType, StopExit, VectorbtRules } from './vectorbt-options.ts';

/** What a bar's signals ask for, one flag a direction and act. */
export interface BarSignals {
  readonly longEntry: boolean;
  readonly longExit: boolean;
  readonly shortEntry: boolean;
  readonly shortExit: boolean;
}

export interface SignalOrder {
  /** Signed; 0 = no order. */
  readonly size: number;
  readonly sizeType: SizeType;
  readonly direction: Direction;
}

export const NO_SIGNALS: BarSignals = { longEntry: false, longExit: false, shortEntry: false, shortExit: false };

/** The user's signals after conflicts within a direction, between directions, and with the position held. */
export function resolveSignals(position: number, signals: BarSignals, rules: VectorbtRules): { signals: BarSignals; accumulate: Accumulation } {
  if (!signals.longEntry && !signals.shortEntry) return { signals, accumulate: rules.accumulate };
  const [longIn, longExit] = entryOrExit(position, signals.longEntry, signals.longExit, rules.uponLongConflict);
  const [shortIn, shortExit] = entryOrExit(position, signals.shortEntry, signals.shortExit, rules.uponShortConflict);
  const [longEntry, shortEntry] = longOrShort(position, longIn, shortIn, rules.uponDirConflict);
  return oppositeEntry(position, { longEntry, longExit, shortEntry, shortExit }, rules.uponOppositeEntry, rules.accumulate);
}

function entryOrExit(position: number, entry: boolean, exit: boolean, mode: Conflict): [boolean, boolean] {
  if (!entry || !exit) return [entry, exit];
  const isHeld = position !== 0;
  return [mode === 'entry' || (mode === 'adjacent' && isHeld), mode === 'exit' || (mode === 'opposite' && isHeld)];
}

function longOrShort(position: number, long: boolean, short: boolean, mode: DirectionConflict): [boolean, boolean] {
  if (!long || !short) return [long, short];
  const wantsLong = mode === 'long' || (mode === 'adjacent' && position > 0) || (mode === 'opposite' && position < 0);
  const wantsShort = mode === 'short' || (mode === 'adjacent' && position < 0) || (mode === 'opposite' && position > 0);
  return [wantsLong, wantsShort];
}

function oppositeEntry(position: number, signals: BarSignals, mode: OppositeEntry, accumulate: Accumulation): { signals: BarSignals; accumulate: Accumulation } {
  const againstLong = position > 0 && signals.shortEntry;
  const againstShort = position < 0 && signals.longEntry;
  if ((!againstLong && !againstShort) || mode === 'reversereduce') return { signals, accumulate };
  if (mode === 'reverse') return { signals, accumulate: 'disabled' };
  const dropped = againstLong ? { ...signals, shortEntry: false } : { ...signals, longEntry: false };
  if (mode === 'ignore') return { signals: dropped, accumulate };
  return { signals: againstLong ? { ...dropped, longExit: true } : { ...dropped, shortExit: true }, accumulate: mode === 'close' ? 'disabled' : accumulate };
}

/** What a stop that was hit asks for; the user's signals of the bar are dropped. */
export function stopSignals(position: number, mode: StopExit, accumulate: Accumulation): { signals: BarSignals; accumulate: Accumulation } {
  const closes = mode === 'close' || mode === 'closereduce';
  const isLong = position > 0;
  const signals = { longExit: closes && isLong, shortExit: closes && !isLong, longEntry: !closes && !isLong, shortEntry: !closes && isLong };
  return { signals, accumulate: mode === 'close' || mode === 'reverse' ? 'disabled' : accumulate };
}

/**
 * Signals as one order; without accumulation an opposite entry sells what is held and its own size on top.
 *
 * throws  InputError `peer-option-invalid` for a negative size, and for a percentage where the position would be reversed
 */
export function orderOfSignals(position: number, signals: BarSignals, size: number, sizeType: SizeType, accumulate: Accumulation, valPrice: number): SignalOrder {
  requireInput(!isLess(size, 0), 'peer-option-invalid', 'size', 'at least 0 (the signal gives the direction)', size);
  if (sizeType.startsWith('target')) return targetOrder(position, signals, size, sizeType);
  if (position === 0) {
    if (signals.longEntry) return { size, sizeType, direction: 'both' };
    return { size: signals.shortEntry ? -size : 0, sizeType, direction: 'both' };
  }
  const isLong = position > 0;
  const side = isLong ? 1 : -1;
  const own: Direction = isLong ? 'longonly' : 'shortonly';
  const reduces = accumulate === 'both' || accumulate === 'removeonly';
  if (isLong ? signals.shortEntry : signals.longEntry) {
    if (reduces) return { size: -side * size, sizeType, direction: 'both' };
    return { size: -side * reversalSize(Math.abs(position), size, sizeType, valPrice), sizeType: 'amount', direction: 'both' };
  }
  if (isLong ? signals.longExit : signals.shortExit) {
    return reduces ? { size: -side * size, sizeType, direction: own } : { size: -position, sizeType: 'amount', direction: own };
  }
  const adds = (isLong ? signals.longEntry : signals.shortEntry) && (accumulate === 'both' || accumulate === 'addonly');
  return { size: adds ? side * size : 0, sizeType, direction: own };
}

function reversalSize(held: number, size: number, sizeType: SizeType, valPrice: number): number {
  if (Number.isNaN(size)) return held;
  if (sizeType === 'percent') {
    throw new InputError('peer-option-invalid', 'size_type must be amount or value where a signal reverses the position, was "percent" (vectorbt refuses it too)');
  }
  return held + (sizeType === 'value' ? size / valPrice : size);
}

/** `from_signals` of vectorbt 1.1.0 knows no targets: here an entry orders to the target as `from_orders` does, an exit closes. */
function targetOrder(position: number, signals: BarSignals, size: number, sizeType: SizeType): SignalOrder {
  if (signals.longEntry) return { size, sizeType, direction: 'both' };
  if (signals.shortEntry) return { size: -size, sizeType, direction: 'both' };
  const closes = position > 0 ? signals.longExit : position < 0 && signals.shortExit;
  return { size: closes ? -position : 0, sizeType: 'amount', direction: 'both' };
}
