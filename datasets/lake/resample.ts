import { DAY_MS, requireInput, WEEK_MS } from '../../engine/core/index.ts';
import { barAtOrAfter, type Bars, barsFromColumns, withFunding, withMark } from '../../engine/market/index.ts';

/**
 * Bars of a longer timeframe, aligned to UTC (weeks to Monday, as exchanges do): open first, high max, low min, close last, volume sum.
 * A bucket is there when it has a bar; the first and the last only if the data reach across the bucket's start and end.
 *
 * NaN     volume and mark price, where any of the bucket's bars has none
 * throws  InputError `timeframe-not-multiple`
 */
export function resampleBars(bars: Bars, timeframeMs: number): Bars {
  requireInput(
    Number.isSafeInteger(timeframeMs) && timeframeMs > 0 && timeframeMs % bars.timeframeMs === 0,
    'timeframe-not-multiple', 'timeframeMs', `a multiple of the bars' ${bars.timeframeMs}`, timeframeMs,
  );
  const buckets = wholeBuckets(bars, timeframeMs);
  const map = (value: (from: number, to: number) => number): number[] => buckets.map(({ from, to }) => value(from, to));
  const resampled = barsFromColumns(
    {
      openTimeMs: buckets.map(({ startMs }) => startMs),
      open: map((from) => bars.open[from]),
      high: map((from, to) => fold(bars.high, from, to, Math.max)),
      low: map((from, to) => fold(bars.low, from, to, Math.min)),
      close: map((_from, to) => bars.close[to - 1]),
      volume: map((from, to) => fold(bars.volume, from, to, (sum, value) => sum + value)),
    },
    timeframeMs,
    bars.instrument,
  );
  return withMarkOf(bars, withFundingOf(bars, resampled), map);
}

/** Payments within the buckets; they are due when they are due, whatever the bars. */
function withFundingOf({ funding }: Bars, resampled: Bars): Bars {
  if (funding === null || resampled.length === 0) return resampled;
  const { openTimeMs, length, timeframeMs } = resampled;
  const first = barAtOrAfter({ openTimeMs: funding.timeMs }, openTimeMs[0]);
  const end = barAtOrAfter({ openTimeMs: funding.timeMs }, openTimeMs[length - 1] + timeframeMs);
  const [timeMs, rate, markPrice] = [funding.timeMs, funding.rate, funding.markPrice].map((column) => column.subarray(first, end));
  return withFunding(resampled, { timeMs, rate, markPrice });
}

/** Mark prices of the buckets, NaN where one of a bucket's bars has none. */
function withMarkOf({ mark }: Bars, resampled: Bars, map: (value: (from: number, to: number) => number) => number[]): Bars {
  if (mark === null) return resampled;
  const isWhole = map((from, to) => (mark.close.subarray(from, to).some(Number.isNaN) ? 0 : 1));
  const whole = (values: number[]): number[] => values.map((value, bucket) => (isWhole[bucket] === 1 ? value : Number.NaN));
  return withMark(resampled, {
    open: whole(map((from) => mark.open[from])),
    high: whole(map((from, to) => fold(mark.high, from, to, Math.max))),
    low: whole(map((from, to) => fold(mark.low, from, to, Math.min))),
    close: whole(map((_from, to) => mark.close[to - 1])),
  });
}

interface Bucket {
  readonly startMs: number;
  readonly from: number;
  readonly to: number;
}

function wholeBuckets({ openTimeMs, length, timeframeMs: barMs }: Bars, timeframeMs: number): Bucket[] {
  const buckets: Bucket[] = [];
  for (let from = 0, to = 0; from < length; from = to) {
    const startMs = bucketStart(openTimeMs[from], timeframeMs);
    while (to < length && openTimeMs[to] < startMs + timeframeMs) to++;
    const beginsInside = from === 0 && openTimeMs[0] !== startMs;
    const endsInside = to === length && openTimeMs[to - 1] + barMs < startMs + timeframeMs;
    if (!beginsInside && !endsInside) buckets.push({ startMs, from, to });
  }
  return buckets;
}

// The epoch began on a Thursday.
function bucketStart(timeMs: number, timeframeMs: number): number {
  const origin = timeframeMs % WEEK_MS === 0 ? 4 * DAY_MS : 0;
  return Math.floor((timeMs - origin) / timeframeMs) * timeframeMs + origin;
}

function fold(values: Float64Array, from: number, to: number, step: (a: number, b: number) => number): number {
  let result = values[from];
  for (let t = from + 1; t < to; t++) result = step(result, values[t]);
  return result;
}
