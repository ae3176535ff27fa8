import { StampReader } from '../../../datasets/index.ts';
import { DataError, nearestName } from '../../../engine/index.ts';
import type { RawBar } from '../raw-bar.ts';

type Figures = Omit<RawBar, 'key'> & { readonly symbol: string | null };
type Column = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'symbol' | 'final';

/** Names of columns and JSON fields, without case and punctuation. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  time: ['opentimems', 'opentime', 'timestamp', 'time', 'date', 'datetime', 'ts', 't'],
  open: ['open', 'o'], high: ['high', 'h'], low: ['low', 'l'], close: ['close', 'c'], volume: ['volume', 'vol', 'v'],
  symbol: ['symbol', 'pair', 'market', 's'], final: ['isfinal', 'final', 'closed', 'x'],
};
const ORDER: readonly Column[] = ['time', 'open', 'high', 'low', 'close', 'volume'];
const NEEDED: readonly Column[] = ['time', 'open', 'high', 'low', 'close'];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/**
 * Lines of a candle file as bars, one by one: CSV with a header or in the order time, open, high, low, close, volume; or a JSON object or array a line.
 *
 * throws  DataError `columns-missing` for a header that lacks one
 */
export class CandleRows {
  readonly #label: string;
  readonly #stamps = new StampReader({});
  #columns: ReadonlyMap<Column, number> | null = null;
  #delimiter = ',';

  constructor(label: string) {
    this.#label = label;
  }

  /** The bar of a line; null for a header or a blank line; a text that says why it is none. */
  read(line: string): Figures | string | null {
    const text = line.trim();
    if (text === '') return null;
    if (text.startsWith('{') || text.startsWith('[')) return this.#ofJson(text);
    if (this.#columns === null && this.#isHeader(text)) return null;
    const cells = text.split(this.#delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));
    return this.#figures((column) => {
      const at = this.#columns === null ? ORDER.indexOf(column) : (this.#columns.get(column) ?? -1);
      return at < 0 ? undefined : cells[at];
    });
  }

  #isHeader(text: string): boolean {
    this.#delimiter = ['\t', ';', ','].find((one) => text.includes(one)) ?? ',';
    const names = text.split(this.#delimiter).map((name) => name.trim().replaceAll(/^"|"$/g, ''));
    if (!/^[^\d-]/.test(names[0])) return false;
    const columns = new Map(names.flatMap((name, at): [Column, number][] => Object.entries(NAMES).flatMap(([column, known]) => (known.includes(plain(name)) ? [[column as Column, at]] : []))).reverse());
    for (const column of NEEDED) {
      if (columns.has(column)) continue;
      const near = nearestName(column, names);
      throw new DataError('columns-missing', `${this.#label}: the header must name ${NEEDED.join(', ')}, lacks ${column}${near === null ? '' : ` (is it "${near}"?)`}; it has ${names.join(', ')}`);
    }
    this.#columns = columns;
    return true;
  }

  #ofJson(text: string): Figures | string {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return 'it is no JSON';
    }
    if (Array.isArray(value)) return this.#figures((column) => (value as readonly unknown[])[ORDER.indexOf(column)]);
    const fields = new Map(Object.entries(value as object).map(([name, field]) => [plain(name), field as unknown]));
    return this.#figures((column) => NAMES[column].map((name) => fields.get(name)).find((field) => field !== undefined));
  }

  #figures(cell: (column: Column) => unknown): Figures | string {
    const number = (column: Column): number => (cell(column) === undefined || cell(column) === null || cell(column) === '' ? Number.NaN : Number(cell(column)));
    const time = cell('time');
    const openTimeMs = Number.isNaN(Number(time)) ? this.#stamps.ofText(String(time)) : this.#stamps.ofNumber(Number(time));
    if (Number.isNaN(openTimeMs)) return `${JSON.stringify(time) ?? 'nothing'} is not a time`;
    // one line cannot tell whether 3/4 is in March or in April
    if (typeof time === 'string' && time.includes('/')) return `time ${time} must be an epoch time or ISO, 2026-01-31T12:00Z`;
    const volume = number('volume');
    const symbol = cell('symbol');
    return {
      openTimeMs, open: number('open'), high: number('high'), low: number('low'), close: number('close'), volume: Number.isNaN(volume) ? null : volume,
      isFinal: !isFalse(cell('final')), symbol: typeof symbol === 'string' ? symbol : null,
    };
  }
}

function isFalse(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && ['false', '0'].includes(value.toLowerCase()));
}
