import { DAY_MS, HOUR_MS, MINUTE_MS, stepped } from '../../../engine/index.ts';
import type { BenchCase, Setting } from '../case.ts';
import { randomWalkBars } from '../data/candles.ts';
import { goldenBars } from '../data/peer-values.ts';
import { timesFaster } from '../goals.ts';
import { referenceOwn, referenceRsiStops, referenceSmaCross } from '../reference/strategies.ts';
import { benchOwnExposure } from '../strategies/own-exposure.ts';
import { benchRsiStops } from '../strategies/rsi-stops.ts';
import { benchSmaCross } from '../strategies/sma-cross.ts';
import { benchTurns } from '../strategies/turns.ts';
import { NO_STOPS, prepareSweep, type SweepWorkload } from './sweep.ts';

const UNIT = 'bars × combinations';
const HOURLY_VOLATILITY = 0.008;
const DAILY_VOLATILITY = 0.04;

/** Values of peers are for the full size alone. */
const goldenOf = (setting: Setting, workload: string): SweepWorkload['golden'] =>
  setting.golden === null || setting.size === 'quick' ? null : { folder: setting.golden, workload };

function hourly(setting: Setting) {
  if (setting.golden !== null && setting.size === 'full') return goldenBars(setting.golden, 'a-10000-hourly.csv.gz', HOUR_MS);
  return randomWalkBars({ bars: setting.size === 'full' ? 10_000 : 1_000, timeframeMs: HOUR_MS, volatility: HOURLY_VOLATILITY, seed: 2 });
}

export function w1Workload(setting: Setting): SweepWorkload {
  const isFull = setting.size === 'full';
  const markets = [0, 1, 2].map((k) => setting.golden !== null && isFull
    ? goldenBars(setting.golden, `b-${k}-2000-daily.csv.gz`, DAY_MS)
    : randomWalkBars({ bars: isFull ? 2_000 : 400, timeframeMs: DAY_MS, volatility: DAILY_VOLATILITY, seed: 10 + k }));
  const windows = stepped(2, isFull ? 100 : 12, 1);
  return { strategy: benchSmaCross, axes: { fast: windows, slow: windows }, markets, reference: referenceSmaCross, stops: NO_STOPS, golden: goldenOf(setting, 'W1_vectorbt_numba') };
}

export function w2Workload(setting: Setting): SweepWorkload {
  const isFull = setting.size === 'full';
  const axes = { fast: stepped(5, isFull ? 50 : 8, 1), slow: stepped(20, isFull ? 200 : 30, 1) };
  return { strategy: benchSmaCross, axes, markets: [hourly(setting)], reference: referenceSmaCross, stops: NO_STOPS, golden: goldenOf(setting, 'W2_vectorbt_numba') };
}

export function w4Workload(setting: Setting): SweepWorkload {
  const isFull = setting.size === 'full';
  const axes = { window: stepped(5, isFull ? 24 : 7, 1), lower: stepped(20, isFull ? 38 : 30, isFull ? 2 : 10), upper: stepped(60, 80, isFull ? 5 : 20) };
  return {
    strategy: benchRsiStops, axes, markets: [hourly(setting)], reference: referenceRsiStops, stops: { stopFrac: 0.02, targetFrac: 0.04 }, golden: goldenOf(setting, 'W4_vectorbt_numba'),
  };
}

export function w3Workload(setting: Setting): SweepWorkload {
  const bars = randomWalkBars({ bars: setting.size === 'full' ? 1_000_000 : 5_000, timeframeMs: MINUTE_MS, volatility: 0.001, seed: 3 });
  return { strategy: benchSmaCross, axes: { fast: [20], slow: [100] }, markets: [bars], reference: referenceSmaCross, stops: NO_STOPS, golden: null };
}

/** 1,388 orders a column of a million minutes, and an order on every bar of a thousand columns. */
export function w6Workload(kind: 'long' | 'wide', { size }: Setting): SweepWorkload {
  const [bars, columns, every] = kind === 'long' ? [1_000_000, 8, 720] : [1_000, 1_000, 1];
  const market = randomWalkBars({ bars: size === 'full' ? bars : 1_000, timeframeMs: MINUTE_MS, volatility: 0.001, seed: 6 });
  const shifts = stepped(0, (size === 'full' ? columns : 4) - 1, 1);
  return { strategy: benchTurns, axes: { every: [every], shift: shifts }, markets: [market], reference: referenceOwn(benchTurns), stops: NO_STOPS, golden: null };
}

export function ownWorkload(setting: Setting): SweepWorkload {
  const isFull = setting.size === 'full';
  const axes = { window: stepped(10, isFull ? 200 : 40, 10), depth: stepped(0.5, isFull ? 3 : 1, 0.25) };
  return { strategy: benchOwnExposure, axes, markets: [hourly(setting)], reference: referenceOwn(benchOwnExposure), stops: NO_STOPS, golden: null };
}

/** Sweeps, and one long run, of which vectorbt can do the same. */
export const GRID_CASES: readonly BenchCase[] = [
  {
    name: 'W1', what: 'all pairs of averages 2–100 on 3 assets of daily bars', unit: UNIT, quantity: 'processor', isGated: true,
    goals: [timesFaster('vectorbt', 300)], prepare: (setting) => prepareSweep(w1Workload(setting)),
  },
  {
    name: 'W2', what: 'averages 5–50 across 20–200 on hourly bars', unit: UNIT, quantity: 'processor', isGated: true,
    goals: [timesFaster('vectorbt', 500), timesFaster('C', 1)], prepare: (setting) => prepareSweep(w2Workload(setting)),
  },
  {
    name: 'W3', what: 'one cross of 20 and 100 on minutes', unit: UNIT, quantity: 'processor', isGated: true,
    goals: [timesFaster('vectorbt', 20)], prepare: (setting) => prepareSweep(w3Workload(setting)),
  },
  {
    name: 'W4', what: 'relative strength between two levels, with stop and target', unit: UNIT, quantity: 'processor', isGated: true,
    goals: [timesFaster('vectorbt', 200)], prepare: (setting) => prepareSweep(w4Workload(setting)),
  },
  {
    name: 'W6-long', what: '8 columns of a million minutes, 1388 orders each', unit: UNIT, quantity: 'processor', isGated: false,
    goals: [timesFaster('vectorbt', 1)], prepare: (setting) => prepareSweep(w6Workload('long', setting)),
  },
  {
    name: 'W6-wide', what: '1000 columns of 1000 bars, an order on every bar', unit: UNIT, quantity: 'processor', isGated: false,
    goals: [timesFaster('vectorbt', 1)], prepare: (setting) => prepareSweep(w6Workload('wide', setting)),
  },
  {
    name: 'own', what: "a user's own TypeScript strategy: exposures bar by bar", unit: UNIT, quantity: 'processor', isGated: true,
    goals: [timesFaster('vectorbt', 30)], prepare: (setting) => prepareSweep(ownWorkload(setting)),
  },
];
