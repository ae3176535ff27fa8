/** Numbers and dates as a person reads them: true minus, thin-space thousands, UTC; nonzero never prints as zero. */
export const MINUS = '\u2212';
export const THIN_SPACE = '\u2009';
export const NO_VALUE = '\u2014';
const NO_BREAK = '\u00a0';
const DAY_MS = 86_400_000;

/** Fixed decimals; a value that would round to zero prints as a bound: `<0.01`, `>−0.01`. */
export function formatNumber(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const text = Math.abs(value).toFixed(digits);
  if (value !== 0 && Number(text) === 0) {
    const least = (10 ** -digits).toFixed(digits);
    return value > 0 ? `<${least}` : `>${MINUS}${least}`;
  }
  return (value < 0 ? MINUS : '') + groupThousands(text);
}

/** As `formatNumber`, with a plus before gains. */
export function formatSigned(value: number, digits = 2): string {
  const text = formatNumber(value, digits);
  return value > 0 && !text.startsWith('<') ? `+${text}` : text;
}

/** A fraction as percent: one decimal, two below 1 %. */
export function formatPercent(frac: number, digits = percentDigits(frac)): string {
  return withUnit(formatNumber(frac * 100, digits), '%');
}

export function formatSignedPercent(frac: number, digits = percentDigits(frac)): string {
  return withUnit(formatSigned(frac * 100, digits), '%');
}

export function percentDigits(frac: number): number {
  return frac !== 0 && Math.abs(frac) < 0.01 ? 2 : 1;
}

/** Decimals that suit a whole column of percents, so that they align. */
export function columnPercentDigits(fracs: readonly (number | null)[]): number {
  return fracs.some((frac) => frac !== null && percentDigits(frac) === 2) ? 2 : 1;
}

/** A probability or p-value: three decimals, bounds instead of zero and one. */
export function formatProbability(p: number): string {
  return p < 1 && p >= 0.9995 ? '>0.999' : formatNumber(p, 3);
}

export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** `1 trade`, `1 204 trades`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)}${NO_BREAK}${count === 1 ? noun : nouns}`;
}

/** A multiple of the start: `1.52×`. */
export function formatMultiple(value: number): string {
  return `${formatNumber(value, value >= 100 ? 0 : value >= 10 ? 1 : 2)}×`;
}

/** About six significant digits, as many decimals as that takes. */
export function formatPrice(value: number): string {
  return formatNumber(value, priceDigits(value));
}

export function priceDigits(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 2;
  return Math.min(10, Math.max(2, 4 - Math.floor(Math.log10(Math.abs(value)))));
}

/** Basis points: whole where they are whole. */
export function formatBps(bps: number): string {
  return withUnit(formatNumber(bps, Number.isInteger(bps) ? 0 : 2), 'bps');
}

/** A parameter value as it was given, with a true minus. */
export function formatParam(value: number | string | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))).replace('-', MINUS) : String(value);
}

/** `2024-03-07`. */
export function formatDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** `2024-03-07 14:00`, in a column whose header says UTC. */
export function formatMinute(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2024-03-07 14:00 UTC`. */
export function formatDateTime(timeMs: number): string {
  return `${formatMinute(timeMs)} UTC`;
}

/** `41 d`, `3.5 h`. */
export function formatSpan(ms: number): string {
  if (ms >= 2 * DAY_MS) return withUnit(formatNumber(ms / DAY_MS, 0), 'd');
  if (ms >= 3_600_000) return withUnit(trimZeros(formatNumber(ms / 3_600_000, 1)), 'h');
  return withUnit(trimZeros(formatNumber(ms / 60_000, 1)), 'min');
}

/** A bar length: `1h`, `15m`, `1d`. */
export function formatTimeframe(ms: number): string {
  const units: [number, string][] = [[7 * DAY_MS, 'w'], [DAY_MS, 'd'], [3_600_000, 'h'], [60_000, 'm'], [1_000, 's']];
  const fits = units.find(([size]) => ms >= size && ms % size === 0);
  return fits ? `${ms / fits[0]}${fits[1]}` : `${ms}ms`;
}

/** The first twelve characters of a hash. */
export function shortHash(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 12)}…` : hash;
}

export function withUnit(text: string, unit: string): string {
  return text === NO_VALUE ? text : `${text}${NO_BREAK}${unit}`;
}

function trimZeros(text: string): string {
  return text.replace(/\.0$/, '');
}

function groupThousands(text: string): string {
  const [whole, decimals] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
