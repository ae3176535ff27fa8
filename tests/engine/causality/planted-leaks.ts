import { above, type BarColumns, below, DAY_MS, defineStrategy, type Indicators, type LeakName, type Strategy } from '../../../engine/index.ts';

/** Strategies that read what they cannot know, each in its own way. */
interface Planted {
  readonly name: LeakName;
  readonly strategy: Strategy;
  /** As the sentence ends. */
  readonly says: string;
  readonly subject?: string;
}

type Series = (bars: BarColumns, ta: Indicators) => Float64Array;

const WARMUP = 40;

function ahead(values: Float64Array, bars: number): Float64Array {
  return values.map((_, t) => values[t + bars] ?? Number.NaN);
}

const shifted: Series = ({ close }, ta) => ahead(ta.rateOfChange(close, 5), 1);
const shiftedFar: Series = ({ close }, ta) => ahead(ta.rateOfChange(close, 5), 7);

const wholeSampleScore: Series = ({ close }) => {
  const mean = close.reduce((sum, price) => sum + price, 0) / close.length;
  const deviation = Math.sqrt(close.reduce((sum, price) => sum + (price - mean) ** 2, 0) / close.length);
  return close.map((price) => (price - mean) / deviation);
};

const centredMean: Series = ({ close }, ta) => {
  const mean = ahead(ta.rollingMean(close, 21), 10);
  return close.map((price, t) => price / mean[t] - 1);
};

const dailyClose: Series = ({ openTimeMs, close }) => {
  const byDay = new Map<number, number>();
  close.forEach((price, t) => byDay.set(Math.floor(openTimeMs[t] / DAY_MS), price));
  return close.map((price, t) => (byDay.get(Math.floor(openTimeMs[t] / DAY_MS)) ?? price) / price - 1);
};

const scaledToFrame: Series = ({ close }) => {
  const [low, high] = [Math.min(...close), Math.max(...close)];
  return close.map((price) => (2 * (price - low)) / (high - low) - 1);
};

const SERIES: readonly { readonly id: string; readonly name: LeakName; readonly series: Series; readonly says: string }[] = [
  { id: 'shifted', name: 'reads-ahead', series: shifted, says: 'it reads 1 bar ahead; use values up to the bar itself' },
  { id: 'shifted-far', name: 'reads-ahead', series: shiftedFar, says: 'it reads 7 bars ahead; use values up to the bar itself' },
  { id: 'whole-sample-score', name: 'whole-sample', series: wholeSampleScore, says: 'it reads all bars, as a mean or deviation of the whole sample does; use a window that ends at the bar itself' },
  { id: 'centred-mean', name: 'centred-window', series: centredMean, says: 'it reads a window of up to 10 bars ahead, as one that is centred on its bar does; let windows end at the bar itself' },
  { id: 'daily-close', name: 'calendar-period', series: dailyClose, says: 'it reads the rest of its UTC day, as a value of the day joined at its open does; join a day after it has closed' },
  { id: 'scaled-to-frame', name: 'frame-extremes', series: scaledToFrame, says: 'it reads the lowest or highest value of all bars, as a scaling to the whole sample does; use the extremes up to the bar itself' },
];

const summary = 'planted';
const common = { summary, params: {}, warmupBars: () => WARMUP };

function bySide({ close }: BarColumns, values: Float64Array): Float64Array {
  return close.map((_, t) => Math.sign(values[t] || 0));
}

/** As a graded exposure, a side, signals, legs, a feature, a score beside honest decisions; and what keeps state. */
export const PLANTED: readonly Planted[] = [
  ...SERIES.flatMap(({ id, name, series, says }): Planted[] => [
    { name, says, strategy: defineStrategy({ ...common, id: `${id}-graded`, targetExposure: (bars, _, ta) => series(bars, ta).map((x) => Math.max(-1, Math.min(1, x))) }) },
    { name, says, strategy: defineStrategy({ ...common, id: `${id}-side`, targetExposure: (bars, _, ta) => bySide(bars, series(bars, ta)) }) },
    {
      name, says,
      strategy: defineStrategy({
        ...common, id: `${id}-signals`, signals: (bars, _, ta) => ({ enterLong: above(series(bars, ta), 0), exitLong: below(series(bars, ta), 0) }),
      }),
    },
    {
      name, says,
      strategy: defineStrategy({
        ...common, id: `${id}-legs`, legs: 2, legExposures: ([a, b], _, [ta]) => [bySide(a, series(a, ta)), bySide(b, series(a, ta)).map((x) => -x / 2)],
      }),
    },
    {
      name, says, subject: 'score',
      strategy: defineStrategy({
        ...common, id: `${id}-feature`, features: (bars, _, ta) => ({ steady: ta.sma(bars.close, 5), score: series(bars, ta) }),
        onBar: (context) => context.target(context.feature('score') > 0 ? 1 : 0),
      }),
    },
    {
      name, says, subject: 'score',
      strategy: defineStrategy({ ...common, id: `${id}-score`, targetExposure: ({ close }, _, ta) => above(close, ta.sma(close, 20)), score: (bars, _, ta) => series(bars, ta) }),
    },
  ]),
  ...stateful(),
];

function stateful(): Planted[] {
  const says = 'it keeps state from one call to the next; keep state inside the function, or in initialState';
  let held = 0;
  let calls = 0;
  const kept: number[] = [];
  return [
    { name: 'state-across-calls', says, strategy: defineStrategy({ ...common, id: 'counts-its-calls', targetExposure: ({ close }) => close.map(() => calls++ / 1e6) }) },
    {
      name: 'state-across-calls', says,
      strategy: defineStrategy({
        ...common, id: 'remembers-prices', targetExposure: ({ close }) => {
          kept.push(close[close.length - 1]);
          return close.map((price) => Math.sign(price - Math.max(...kept)) / kept.length);
        },
      }),
    },
    {
      name: 'state-across-calls', says,
      strategy: defineStrategy({
        ...common, id: 'remembers-its-side', onBar: (context) => {
          held = (held + 0.13) % 1;
          context.target(held);
        },
      }),
    },
  ];
}
