import { RETURN_BYTES, type ReturnPrecision, type ReturnValues, returnValues } from '../search/index.ts';

/** Where rows lie that do not fit in memory: bytes that are appended once and read again; the engine does no I/O of its own. */
export interface ReturnStore {
  /** Called once, before anything is appended, with all that will be. */
  reserve(bytes: number): void;
  append(bytes: Uint8Array): void;
  /** Fills `into` with the bytes from `at`. */
  read(at: number, into: Uint8Array): void;
}

/** Rows that lie in a store and are read a tile at a time into one piece of memory; one reading at a time. */
export interface StoredRows {
  readonly trials: number;
  readonly days: number;
  readonly precision: ReturnPrecision;
  readonly store: ReturnStore;
  /** Row of each trial in the store. */
  readonly rows: Int32Array;
  /** Holds a tile: all the memory that the returns take. */
  readonly tile: SharedArrayBuffer;
}

/** Consecutive rows in memory: those of trials `from` … `from` + trials − 1. */
export interface RowTile {
  readonly from: number;
  readonly trials: number;
  readonly days: number;
  readonly values: ReturnValues;
}

/** The rows in order, as many at once as the tile holds; a tile's values stay until the next is asked for. */
export function* storedTiles({ trials, days, precision, store, rows, tile }: StoredRows): Generator<RowTile> {
  const rowBytes = days * RETURN_BYTES[precision];
  const most = Math.floor(tile.byteLength / rowBytes);
  for (let from = 0; from < trials; ) {
    const first = rows[from];
    let to = from + 1;
    while (to < trials && rows[to] - first < most) to++;
    store.read(first * rowBytes, new Uint8Array(tile, 0, (rows[to - 1] - first + 1) * rowBytes));
    const values = returnValues(tile, precision);
    for (let k = from; k < to; k++) moveRow(values, days, rows[k] - first, k - from);
    yield { from, trials: to - from, days, values: values.subarray(0, (to - from) * days) };
    from = to;
  }
}

/** One row on its own; a tile that is being read stays as it is. */
export function storedRow({ days, precision, store, rows }: StoredRows, trial: number): ReturnValues {
  const bytes = new SharedArrayBuffer(days * RETURN_BYTES[precision]);
  store.read(rows[trial] * bytes.byteLength, new Uint8Array(bytes));
  return returnValues(bytes, precision);
}

/** Moves a row towards the head, over one that is not wanted. */
export function moveRow(values: ReturnValues, days: number, from: number, to: number): void {
  if (from !== to) values.copyWithin(to * days, from * days, (from + 1) * days);
}
