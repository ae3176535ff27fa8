const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const MISSING = new Set(['', 'nan', 'null', 'none', 'na', 'n/a', '#n/a', '-', '--', 'nil', '\\n']);

export function isMissingText(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

/** How a cell was read: `parseNumber` returns NaN for both blanks and text. */
export type CellState = 'number' | 'missing' | 'text';

/**
 * A decimal number from bytes, correctly rounded: up to 15 digits and 22 decimals are exact in doubles, the rest goes through Number.
 *
 * NaN  anything else; `numberFromText` says which
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === 45;
  if (negative) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      if (mantissa > 0) digits++;
      if (decimals >= 0) decimals++;
    } else if (bytes[at] === 46 && decimals < 0) decimals = 0;
    else return numberFromText(textOf(bytes, start, end)).value;
  }
  const marks = (negative ? 1 : 0) + (decimals >= 0 ? 1 : 0);
  if (digits > 15 || decimals > 22 || end - start === marks) {
    return numberFromText(textOf(bytes, start, end)).value;
  }
  const value = decimals > 0 ? mantissa / POWERS[decimals] : mantissa;
  return negative ? -value : value;
}

/** Reads `1.5e3`, ` 1.5 `, and `1,234.5`, whose comma can only group thousands. */
export function numberFromText(text: string, decimalComma = false): { value: number; state: CellState } {
  if (isMissingText(text)) return { value: Number.NaN, state: 'missing' };
  const plain = decimalComma ? text.trim().replaceAll('.', '').replace(',', '.') : ungroup(text.trim());
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? { value, state: 'number' } : { value: Number.NaN, state: 'text' };
}

function ungroup(text: string): string {
  return /^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(text) ? text.replaceAll(',', '') : text;
}

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
