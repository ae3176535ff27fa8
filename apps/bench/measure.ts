import { Calibration } from './calibration.ts';
import type { Prepared, Quantity } from './case.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Seconds of one piece of work: processor (user and system, all threads) and wall. */
interface Took {
  readonly processor: number;
  readonly wall: number;
}

/** Repeated runs of one case. */
export interface Measurement {
  readonly repeats: number;
  /** Runs that make up one repeat, where a run is too short for the clock. */
  readonly runsPerRepeat: number;
  /** Seconds a run; of a case measured in bytes null. */
  readonly processor: Spread | null;
  readonly wall: Spread | null;
  /** Of a case measured in bytes. */
  readonly bytes: Spread | null;
  /** Time of a run ÷ time of the calibration loop measured before and after it; null for bytes. */
  readonly ratio: Spread | null;
  /** Seconds of the calibration loop in between. */
  readonly calibration: Spread | null;
}

export interface MeasureOptions {
  readonly repeats: number;
  readonly warmUps: number;
  /** Busy time added to every run as a share of it: proves that the gate sees it. */
  readonly slowFrac?: number;
}

/** A repeat takes at least this long, so that the clock and what the clock costs do not matter. */
const LEAST_SECONDS = 0.005;
const MOST_RUNS = 2_000;
const WARM_UP_MS = 2_000;

const calibration = new Calibration();
let sink = 0;

/** Warm-ups, then repeats with a calibration loop before and after each. */
export async function measure(prepared: Prepared, quantity: Quantity, { repeats, warmUps, slowFrac = 0 }: MeasureOptions): Promise<Measurement> {
  if (quantity === 'bytes') return measureBytes(prepared, repeats);
  const runs = await warmUp(prepared, warmUps);
  const took: Took[] = [];
  const calibrations: Took[] = [calibrate()];
  for (let i = 0; i < repeats; i++) {
    took.push(await timeRuns(prepared, runs, slowFrac));
    calibrations.push(calibrate());
  }
  const clock = quantity;
  const around = took.map((_, i) => (calibrations[i][clock] + calibrations[i + 1][clock]) / 2);
  return {
    repeats, runsPerRepeat: runs, bytes: null,
    processor: spreadOf(took.map(({ processor }) => processor)),
    wall: spreadOf(took.map(({ wall }) => wall)),
    ratio: spreadOf(took.map((one, i) => one[clock] / around[i])),
    calibration: spreadOf(calibrations.map((one) => one[clock])),
  };
}

async function measureBytes(prepared: Prepared, repeats: number): Promise<Measurement> {
  const bytes: number[] = [];
  for (let i = 0; i < repeats; i++) bytes.push(Number(await prepared.run()));
  return { repeats, runsPerRepeat: 1, processor: null, wall: null, ratio: null, calibration: null, bytes: spreadOf(bytes) };
}

/** Warms up, the calibration loop too, and returns the runs that make up a repeat; long runs are warm after one. */
async function warmUp(prepared: Prepared, warmUps: number): Promise<number> {
  const start = performance.now();
  let last = await timeRuns(prepared, 1, 0);
  calibrate();
  for (let i = 1; i < warmUps && performance.now() - start < WARM_UP_MS; i++) {
    last = await timeRuns(prepared, 1, 0);
    calibrate();
  }
  return Math.max(1, Math.min(MOST_RUNS, Math.ceil(LEAST_SECONDS / Math.max(last.wall, 1e-6))));
}

/** Seconds a run; a run that returns seconds has measured another process itself. */
async function timeRuns(prepared: Prepared, runs: number, slowFrac: number): Promise<Took> {
  const [wallStart, cpuStart] = [performance.now(), process.cpuUsage()];
  let reported: number | null = null;
  for (let i = 0; i < runs; i++) {
    const result = prepared.run();
    const value = result instanceof Promise ? await result : result;
    if (typeof value === 'number') reported = value;
  }
  if (slowFrac > 0) burn(slowFrac * cpuMicroseconds(cpuStart));
  if (reported !== null) return { processor: reported, wall: reported };
  return { processor: cpuMicroseconds(cpuStart) / 1e6 / runs, wall: (performance.now() - wallStart) / 1e3 / runs };
}

/** Uses so much more processor time. */
function burn(microseconds: number): void {
  const start = process.cpuUsage();
  while (cpuMicroseconds(start) < microseconds) sink++;
}

function cpuMicroseconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function calibrate(): Took {
  const [wallStart, cpuStart] = [performance.now(), process.cpuUsage()];
  sink += calibration.run();
  return { processor: cpuMicroseconds(cpuStart) / 1e6, wall: (performance.now() - wallStart) / 1e3 };
}
