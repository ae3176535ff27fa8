import type { Side } from './types.ts';

export const NONE = '–';

export function fixed(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? NONE : value.toFixed(digits).replace('-', '−');
}

export function signed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return NONE;
  return `${value > 0 ? '+' : ''}${fixed(value, digits)}`;
}

export function percent(frac: number | null | undefined, digits = 1): string {
  return frac === null || frac === undefined ? NONE : `${fixed(frac * 100, digits)} %`;
}

export function signedPercent(frac: number | null | undefined, digits = 1): string {
  return frac === null || frac === undefined ? NONE : `${signed(frac * 100, digits)} %`;
}

/** `2026-11-24 02:00`, UTC. */
export function minute(time: string | null): string {
  return time === null ? NONE : time.slice(0, 16).replace('T', ' ');
}

export function day(time: string | null): string {
  return time === null ? NONE : time.slice(0, 10);
}

export function price(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 6 });
}

/** An arrow and a word: colour is never alone. */
export function signal(side: Side | null): string {
  if (side === null) return NONE;
  return side > 0 ? '▲ long' : side < 0 ? '▼ short' : '● none';
}

export function age(seconds: number | null): string {
  if (seconds === null) return 'no close yet';
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}
