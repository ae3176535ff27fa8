import Table from 'cli-table3';
import colours from 'picocolors';

const MINUS = '−';
const THIN_SPACE = ' ';

/** One JSON value on stdout, for scripts. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' && !Number.isFinite(inner) ? null : inner), 2)}\n`);
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Notes for people go to stderr, so that stdout stays a result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

export const heading = (text: string): string => colours.bold(text);
export const faint = (text: string): string => colours.dim(text);
export const good = (text: string): string => colours.green(text);
export const alarm = (text: string): string => colours.red(text);
export const warning = (text: string): string => colours.yellow(`! ${text}`);

/** Columns under hairlines; numbers are right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], rightFrom = 1): string {
  const bare = {
    top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
    left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
  };
  const grid = new Table({
    head: head.map((name) => colours.dim(name)),
    chars: bare,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: head.map((_, column) => (column >= rightFrom ? 'right' : 'left')),
  });
  for (const row of rows) grid.push([...row]);
  return grid.toString();
}

export function number(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—';
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && Number(value.toFixed(digits)) !== 0 ? `${MINUS}${text}` : text;
}

/** A fraction as percent: one decimal, two below one percent. */
export function percent(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—';
  return `${number(100 * value, Math.abs(value) < 0.01 ? 2 : 1)} %`;
}

export function day(timeMs: number): string {
  return Number.isFinite(timeMs) ? new Date(timeMs).toISOString().slice(0, 10) : '—';
}

export function minute(timeMs: number): string {
  return Number.isFinite(timeMs) ? new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ') : '—';
}
