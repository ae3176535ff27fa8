import { InputError, requireInput } from '../core/index.ts';
import { RETURN_BYTES, type ReturnPrecision } from '../search/index.ts';
import type { ReturnStore } from '../validate/index.ts';

/** Where and how the returns of a search are kept; none of it but the precision changes a bit of a result. */
export interface ReturnKeeping {
  /** Bytes of returns that are in memory at once at most; 1 GiB by default. */
  readonly returnMemoryBytes?: number;
  /** Takes the returns that do not fit in memory; without one such a search is refused. */
  readonly store?: ReturnStore;
  /** By default double, and single for more than 2^27 returns, so that it depends on the search alone and not on the memory. */
  readonly precision?: ReturnPrecision;
}

export interface ReturnPlan {
  readonly precision: ReturnPrecision;
  readonly rowBytes: number;
  /** Rows in memory at once: all of them where `store` is null. */
  readonly tileRows: number;
  readonly store: ReturnStore | null;
}

const DEFAULT_BYTES = 2 ** 30;
/** 1 GiB in double precision. */
const MOST_DOUBLES = 2 ** 27;
/** Elements of one typed array. */
const MOST_HELD = 2 ** 32;
/** A tile is written and read as bytes, and a larger one would gain nothing. */
const MOST_TILE_BYTES = 2 ** 31;

/**
 * How so many rows of so many days are kept.
 *
 * throws  InputError `return-memory-invalid` unless the memory holds a row, `return-matrix-too-large` without a store
 */
export function returnPlan(points: number, days: number, { returnMemoryBytes = DEFAULT_BYTES, store, precision = precisionFor(points * days) }: ReturnKeeping): ReturnPlan {
  const rowBytes = days * RETURN_BYTES[precision];
  requireInput(returnMemoryBytes >= Math.max(1, rowBytes), 'return-memory-invalid', 'returnMemoryBytes', `at least the ${rowBytes} bytes that the returns of one trial take`, returnMemoryBytes);
  if (points * rowBytes <= returnMemoryBytes && points * days <= MOST_HELD) return { precision, rowBytes, tileRows: points, store: null };
  if (store === undefined) {
    throw new InputError('return-matrix-too-large', `points × days × ${RETURN_BYTES[precision]} bytes must be at most ${Math.min(returnMemoryBytes, MOST_HELD * RETURN_BYTES[precision])} (returnMemoryBytes) for the tests over the whole search without a store, were ${points} × ${days}; allow more, give a store, state fewer values or sample at random`);
  }
  return { precision, rowBytes, tileRows: Math.floor(Math.min(returnMemoryBytes, MOST_TILE_BYTES) / rowBytes), store };
}

/**
 * Memory for rows that all threads share.
 *
 * throws  InputError `return-memory-unavailable`
 */
export function returnMemory(bytes: number): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(bytes);
  } catch (error) {
    throw new InputError('return-memory-unavailable', `returnMemoryBytes must be no more than can be had, ${bytes} bytes cannot: allow less, and the rest goes to a file`, { cause: error });
  }
}

function precisionFor(returns: number): ReturnPrecision {
  return returns <= MOST_DOUBLES ? 'float64' : 'float32';
}
