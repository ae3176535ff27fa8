import type { ImportOptions, RawCandles } from '../../types.ts';
import type { Cells, Table } from '../tables/table.ts';
import { type Layout } from './layout.ts';
import { orderNote, requirePriceOrder } from './price-order.ts';

/** Reads a table by a layout. */
export function readCells(table: Table, layout: Layout, options: ImportOptions): Cells {
  return table.read({
    time: layout.time, numbers: numberColumns(layout), symbol: layout.symbol, skipBlank: layout.skipBlank, decimalComma: layout.decimalComma,
    stamps: { timeUnit: layout.timeUnit ?? options.timeUnit, timeZone: options.timeZone, dateOrder: options.dateOrder },
  });
}

function numberColumns({ prices, asks, volume }: Layout): number[] {
  return [...new Set([...prices, ...(asks ?? []), ...(volume === null ? [] : [volume])])];
}

export interface CandlesRead {
  readonly candles: RawCandles;
  readonly notes: readonly string[];
}

/** Candles of the cells that were read, in file order, and what had to be decided on the way. */
export function toCandles(cells: Cells, table: Table, layout: Layout, options: ImportOptions): CandlesRead {
  const numbers = numberColumns(layout);
  const column = (index: number): Float64Array => cells.numbers[numbers.indexOf(index)];
  const ordered = orderPrices(layout, layout.prices.map(column), table);
  const [open, high, low, close] = layout.asks ? middle(ordered.prices, layout.asks.map(column)) : ordered.prices;
  const volume = layout.volume === null ? new Float64Array(close.length).fill(Number.NaN) : column(layout.volume);
  const plain: RawCandles = {
    openTimeMs: layout.openTimeOf ? cells.timeMs.map(layout.openTimeOf) : cells.timeMs,
    open, high, low, close, volume, line: cells.line, source: new Uint16Array(close.length),
  };
  const unit = volumeUnit(layout, plain, options);
  const read = unit.inQuote ? inBase(plain) : withoutZeroColumn(plain);
  return { candles: read.candles, notes: [...ordered.notes, ...unit.notes, ...read.notes] };
}

function orderPrices(layout: Layout, columns: Float64Array[], table: Table): { prices: Float64Array[]; notes: string[] } {
  if (layout.orderByData !== true) return { prices: columns, notes: [] };
  const order = requirePriceOrder(columns, table.label);
  return { prices: order.positions.map((position) => columns[position]), notes: [orderNote(order, layout.prices[0])] };
}

function middle(bids: readonly Float64Array[], asks: readonly Float64Array[]): Float64Array[] {
  return bids.map((bid, k) => bid.map((value, t) => (value + asks[k][t]) / 2));
}

function volumeUnit(layout: Layout, candles: RawCandles, options: ImportOptions): { inQuote: boolean; notes: string[] } {
  if (layout.volume === null) return { inQuote: false, notes: [] };
  if (options.volumeUnit !== undefined) return { inQuote: options.volumeUnit === 'quote', notes: [] };
  const decided = layout.decideVolumeUnit?.(candles);
  if (decided) return { inQuote: decided.unit === 'quote', notes: [decided.note] };
  return { inQuote: layout.volumeUnit === 'quote', notes: [] };
}

function inBase(candles: RawCandles): CandlesRead {
  const quoteVolume = candles.volume;
  if (quoteVolume.length > 0 && quoteVolume.every((value) => value === 0 || Number.isNaN(value))) return withoutZeroColumn(candles);
  const note = 'volume is counted in quote currency; base volume is derived as volume ÷ close, and the original is kept as quoteVolume';
  return { candles: { ...candles, quoteVolume, volume: quoteVolume.map((value, t) => value / candles.close[t]) }, notes: [note] };
}

/** A column of nothing but zeros measures nothing (mark prices, currencies): absent is not zero. */
function withoutZeroColumn(candles: RawCandles): CandlesRead {
  const { volume } = candles;
  if (volume.length < 2 || !volume.every((value) => value === 0)) return { candles, notes: [] };
  return { candles: { ...candles, volume: new Float64Array(volume.length).fill(Number.NaN) }, notes: ['volume is 0 in every row and is read as absent'] };
}
