const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Round values 1-2-5 inside [lo, hi], about `count` of them. */
export function linearTicks(lo: number, hi: number, count = 5): number[] {
  if (!(hi > lo)) return [lo];
  const rough = (hi - lo) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((unit) => (hi - lo) / (unit * power) <= count + 0.5) as number) * power;
  const ticks: number[] = [];
  for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + step * 1e-9; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** Round multiples 1-2-5 inside [lo, hi], both positive; finer ones when the range is narrow, decades when it is wide. */
export function logTicks(lo: number, hi: number, count = 6): number[] {
  const within = (units: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let decade = Math.floor(Math.log10(lo)) - 1; decade <= Math.ceil(Math.log10(hi)); decade++) {
      for (const unit of units) {
        const tick = Number((unit * 10 ** decade).toPrecision(6));
        if (tick >= lo * (1 - 1e-9) && tick <= hi * (1 + 1e-9)) ticks.push(tick);
      }
    }
    return ticks;
  };
  const finest = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9];
  const choices = [[1, 2, 5], [1, 1.5, 2, 3, 5, 7], finest].map(within);
  const enough = choices.find((ticks) => ticks.length >= 3) ?? choices[2];
  if (enough.length <= count) return enough;
  const sparse = within([1, 3]).length <= count ? within([1, 3]) : within([1]);
  return sparse.length > count ? sparse.filter((_, i) => i % Math.ceil(sparse.length / count) === 0) : sparse;
}

export interface TimeTick {
  readonly timeMs: number;
  readonly label: string;
}

/** Calendar ticks in UTC, at most `count`. */
export function timeTicks(lo: number, hi: number, count = 6): TimeTick[] {
  const span = hi - lo;
  for (const months of [1, 3, 6, 12, 24, 60, 120, 240]) {
    if (span / (months * 30.4 * DAY_MS) <= count && span > 75 * DAY_MS) return monthTicks(lo, hi, months);
  }
  for (const step of [HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS, 2 * DAY_MS, 5 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 28 * DAY_MS]) {
    if (span / step <= count) {
      return stepTicks(lo, hi, step, (t) => new Date(t).toISOString().slice(...(step < DAY_MS ? [11, 16] as const : [5, 10] as const)));
    }
  }
  return stepTicks(lo, hi, span / count, (t) => new Date(t).toISOString().slice(0, 10));
}

function monthTicks(lo: number, hi: number, months: number): TimeTick[] {
  const first = new Date(lo);
  const ticks: TimeTick[] = [];
  const startYear = months > 12 ? Math.floor(first.getUTCFullYear() / (months / 12)) * (months / 12) : first.getUTCFullYear();
  for (let m = 0; ; m += months) {
    const timeMs = Date.UTC(startYear, m, 1);
    if (timeMs > hi) return ticks;
    if (timeMs >= lo) ticks.push({ timeMs, label: new Date(timeMs).toISOString().slice(0, months >= 12 ? 4 : 7) });
  }
}

function stepTicks(lo: number, hi: number, step: number, label: (timeMs: number) => string): TimeTick[] {
  const ticks: TimeTick[] = [];
  for (let t = Math.ceil(lo / step) * step; t <= hi; t += step) ticks.push({ timeMs: t, label: label(t) });
  return ticks;
}
