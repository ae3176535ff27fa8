const DAY_MS = 86_400_000;

/** Fall from the running peak, as a negative fraction. */
export function drawdownOf(equity: Float64Array): Float64Array {
  const out = new Float64Array(equity.length);
  let peak = -Infinity;
  for (let t = 0; t < equity.length; t++) {
    if (equity[t] > peak) peak = equity[t];
    out[t] = peak > 0 ? equity[t] / peak - 1 : 0;
  }
  return out;
}

export interface DrawdownEpisode {
  readonly peakBar: number;
  readonly troughBar: number;
  /** First bar back at the peak; null while still below it. */
  readonly recoveryBar: number | null;
  readonly depthFrac: number;
  /** Deepest fall of the benchmark inside the same bars. */
  readonly benchmarkFrac: number;
}

/** The deepest falls from peak to recovery, deepest first. */
export function worstDrawdowns(equity: Float64Array, benchmark: Float64Array, count: number): DrawdownEpisode[] {
  const episodes: Omit<DrawdownEpisode, 'benchmarkFrac'>[] = [];
  let peakBar = 0;
  let troughBar = 0;
  const close = (recoveryBar: number | null): void => {
    if (troughBar === peakBar || !(equity[peakBar] > 0)) return;
    episodes.push({ peakBar, troughBar, recoveryBar, depthFrac: equity[troughBar] / equity[peakBar] - 1 });
  };
  for (let t = 1; t < equity.length; t++) {
    if (equity[t] >= equity[peakBar]) {
      close(t);
      peakBar = t;
      troughBar = t;
    } else if (equity[t] < equity[troughBar]) {
      troughBar = t;
    }
  }
  close(null);
  return episodes
    .sort((a, b) => a.depthFrac - b.depthFrac || a.peakBar - b.peakBar)
    .slice(0, count)
    .map((episode) => ({ ...episode, benchmarkFrac: deepest(benchmark, episode.peakBar, episode.recoveryBar ?? benchmark.length - 1) }));
}

export interface MonthReturn {
  readonly year: number;
  /** 0 … 11. */
  readonly month: number;
  /** Null where the month has no bar. */
  readonly returnFrac: number | null;
}

/** Growth of each calendar month (UTC) from the last value before it; months without a bar are null. */
export function monthlyReturns(openTimeMs: Float64Array, equity: Float64Array): MonthReturn[] {
  if (equity.length === 0) return [];
  const months: MonthReturn[] = [];
  const push = (month: number, returnFrac: number | null): void => {
    months.push({ year: Math.floor(month / 12), month: month % 12, returnFrac });
  };
  let base = equity[0];
  let current = monthOf(openTimeMs[0]);
  let next = monthStart(current + 1);
  for (let t = 1; t <= equity.length; t++) {
    if (t < equity.length && openTimeMs[t] < next) continue;
    push(current, base > 0 ? equity[t - 1] / base - 1 : null);
    base = equity[t - 1];
    if (t === equity.length) break;
    const following = monthOf(openTimeMs[t]);
    for (let empty = current + 1; empty < following; empty++) push(empty, null);
    current = following;
    next = monthStart(current + 1);
  }
  return months;
}

/** Days from the first bar's open to the last's. */
export function spanDays(openTimeMs: Float64Array): number {
  return openTimeMs.length > 1 ? (openTimeMs[openTimeMs.length - 1] - openTimeMs[0]) / DAY_MS : 0;
}

/** The q-quantile of defined values, linear between neighbours; null of none. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Holds everything beyond the axis on its side. */
  readonly overflow: 'below' | 'above' | null;
}

/** Equal bins with zero on an edge; where a few values lie far out, those beyond the 1st and 99th percentile go to labelled overflow bins. */
export function histogram(values: readonly number[], bins: number): Bin[] {
  if (values.length === 0) return [];
  const sorted = values.toSorted((a, b) => a - b);
  const whole = [sorted[0], sorted[sorted.length - 1]];
  const core = [quantile(values, 0.01) as number, quantile(values, 0.99) as number];
  const spread = values.length >= 50 && whole[1] - whole[0] > 1.6 * (core[1] - core[0]) ? core : whole;
  const width = roundUp((spread[1] - spread[0]) / bins || Math.abs(spread[0]) / 4 || 1);
  const first = Math.floor(spread[0] / width + 1e-9);
  const last = Math.max(first + 1, Math.ceil(spread[1] / width - 1e-9), spread === whole ? Math.floor(spread[1] / width + 1e-9) + 1 : 0);
  const counts = Array.from({ length: last - first }, () => 0);
  let below = 0;
  let above = 0;
  for (const value of values) {
    const k = Math.floor(value / width + 1e-12) - first;
    if (k < 0) below++;
    else if (k >= counts.length) above++;
    else counts[k]++;
  }
  const edge = (k: number): number => Number(((first + k) * width).toPrecision(12));
  const inner = counts.map((count, k): Bin => ({ from: edge(k), to: edge(k + 1), count, overflow: null }));
  if (below > 0) inner.unshift({ from: edge(-1), to: edge(0), count: below, overflow: 'below' });
  if (above > 0) inner.push({ from: edge(counts.length), to: edge(counts.length + 1), count: above, overflow: 'above' });
  return inner;
}

function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 2.5, 5, 10].find((unit) => unit * power >= width * 0.999) as number) * power;
}

function monthOf(timeMs: number): number {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthStart(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}

function deepest(equity: Float64Array, from: number, to: number): number {
  let peak = equity[from];
  let worst = 0;
  for (let t = from; t <= to; t++) {
    if (equity[t] > peak) peak = equity[t];
    if (peak > 0) worst = Math.min(worst, equity[t] / peak - 1);
  }
  return worst;
}
