import { formatNumber, formatPrice, MINUS } from '../format.ts';
import { linearTicks, logTicks, timeTicks } from '../ticks.ts';
import type { Layout } from './vega.ts';

export type Encoding = Readonly<Record<string, unknown>>;

/** An axis with exactly these ticks and labels. */
export function labelledAxis(ticks: readonly (readonly [number, string])[], more: Encoding = {}): Encoding {
  const labels = Object.fromEntries(ticks.map(([value, label]) => [String(value), label]));
  return { values: ticks.map(([value]) => value), labelExpr: `(${JSON.stringify(labels)})[datum.value]`, title: null, ...more };
}

/** Time from the first to the last bar, ticks on calendar boundaries in UTC. */
export function timeAxis(layout: Layout, lo: number, hi: number, labelled: boolean): { readonly scale: Encoding; readonly axis: Encoding } {
  const ticks = timeTicks(lo, hi, layout.name === 'wide' ? 7 : 4).map(({ timeMs, label }) => [timeMs, labelled ? label : ''] as const);
  return {
    scale: { domain: [lo, hi === lo ? lo + 1 : hi], nice: false, zero: false },
    axis: labelledAxis(ticks, { grid: true, labels: labelled, ticks: labelled, domain: labelled }),
  };
}

export type ValueFormat = 'multiple' | 'percent' | 'price' | 'number' | 'count';

export interface ValueScale {
  readonly kind: 'linear' | 'log';
  readonly lo: number;
  readonly hi: number;
}

/** Logarithmic where everything is positive and spans at least 1.5×, otherwise linear; with a little air. */
export function logOrLinear(lo: number, hi: number): ValueScale {
  if (lo > 0 && hi / lo >= 1.5) return { kind: 'log', lo: lo / (hi / lo) ** 0.03, hi: hi * (hi / lo) ** 0.03 };
  const air = (hi - lo || Math.abs(hi) || 1) * 0.04;
  return { kind: 'linear', lo: lo - air, hi: hi + air };
}

export function valueAxis({ kind, lo, hi }: ValueScale, format: ValueFormat, count = 4, more: Encoding = {}): { readonly scale: Encoding; readonly axis: Encoding } {
  const ticks = kind === 'log' ? logTicks(lo, hi, count + 2) : linearTicks(lo, hi, count);
  return {
    scale: { type: kind, domain: [lo, hi], nice: false, zero: false },
    axis: labelledAxis(ticks.map((tick) => [tick, tickLabel(tick, format)]), more),
  };
}

/** Where a value lies in a panel, px from its top. */
export function yPixel({ kind, lo, hi }: ValueScale, value: number, height: number): number {
  const at = (v: number): number => (kind === 'log' ? Math.log(v) : v);
  return height * (1 - (at(value) - at(lo)) / (at(hi) - at(lo)));
}

/** Where a value lies in a panel, px from its left. */
export function xPixel(scale: ValueScale, value: number, width: number): number {
  return width - yPixel(scale, value, width);
}

/** Label positions moved apart by at least `gap`, kept inside [0, height], in the order given. */
export function spreadLabels(positions: readonly number[], gap: number, height: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
  const placed = [...positions];
  order.forEach((index, k) => {
    if (k > 0) placed[index] = Math.max(placed[index], placed[order[k - 1]] + gap);
  });
  const overflow = Math.max(0, placed[order[order.length - 1]] - height);
  if (overflow === 0) return placed;
  for (let k = order.length - 1; k >= 0; k--) {
    const ceiling = k === order.length - 1 ? height : placed[order[k + 1]] - gap;
    placed[order[k]] = Math.min(placed[order[k]], ceiling);
  }
  return placed;
}

export function tickLabel(value: number, format: ValueFormat): string {
  return TICK_TEXTS[format](value);
}

const TICK_TEXTS: Readonly<Record<ValueFormat, (value: number) => string>> = {
  multiple: (value) => `×${shortest(value)}`,
  percent: (value) => (value === 0 ? '0 %' : `${shortest(value * 100)} %`),
  count: compact,
  price: (value) => (Math.abs(value) >= 10_000 ? compact(value) : formatPriceTick(value)),
  number: shortest,
};

function shortest(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', MINUS);
}

function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${shortest(value / 1e9)}B`;
  if (size >= 1e6) return `${shortest(value / 1e6)}M`;
  if (size >= 10_000) return `${shortest(value / 1e3)}k`;
  return Number.isInteger(value) ? formatNumber(value, 0) : shortest(value);
}

function formatPriceTick(value: number): string {
  return Number.isInteger(value) ? formatNumber(value, 0) : value < 1 ? shortest(value) : formatPrice(value).replace(/\.?0+$/, '');
}
