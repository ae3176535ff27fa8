import { DAY_MS, type FoldGuard, HOUR_MS, type LabelIntervals, MINUTE_MS, type Remainder, type RowRange } from '../../engine/index.ts';
import type { ConformanceCase } from './case.ts';
import type { SeriesInputs } from './series-inputs.ts';

/** Names under which the number of rows stands. */
export const ROWS = ['rows', 'nrows', 'nsamples', 'samples', 'nobservations', 'observations', 'length', 't', 'months', 'bars'];

const UNITS: readonly (readonly [string, number])[] = [['minutes', MINUTE_MS], ['minute', MINUTE_MS], ['hours', HOUR_MS], ['hour', HOUR_MS], ['days', DAY_MS], ['day', DAY_MS], ['ms', 1], ['', 1]];

/** When rows' labels begin and end: as intervals, as two columns, or as starts with one length; undefined where a case has none. */
export function labelsOf(inputs: SeriesInputs): LabelIntervals | undefined {
  for (const [unit] of UNITS) {
    const intervals = inputs.value(`labelintervals${unit}`, `labels${unit}`, `intervals${unit}`);
    if (Array.isArray(intervals)) {
      const pairs = intervals as number[][];
      return { startMs: Float64Array.from(pairs, ([start]) => start), endMs: Float64Array.from(pairs, ([, end]) => end) };
    }
  }
  const startMs = timesOf(inputs, ['prediction', 'predictiontimes', 'predtimes', 'starts', 'start', 't0']);
  if (startMs === undefined) return undefined;
  const horizon = lengthOf(inputs, ['label', 'labelhorizon', 'horizon', 'labellength']) ?? 0;
  return { startMs, endMs: timesOf(inputs, ['evaluation', 'evaluationtimes', 'evaltimes', 'ends', 'end', 't1']) ?? startMs.map((start) => start + horizon) };
}

/** Purge and embargo, in rows, as a share of the rows, or in the unit of the labels. */
export function guardOf(inputs: SeriesInputs, labels: LabelIntervals | undefined): FoldGuard {
  const share = inputs.value('pctembargo', 'embargopct', 'embargofraction', 'embargofrac');
  const rows = labels?.startMs.length ?? (inputs.value(...ROWS) as number | undefined) ?? 0;
  return {
    purgeRows: inputs.number(['purge', 'purgerows', 'purgedsize', 'purgesize'], 0),
    embargoRows: inputs.number(['embargo', 'embargorows', 'embargosize', 'embargobars'], typeof share === 'number' ? Math.floor(rows * share) : 0),
    ...(labels === undefined ? {} : { labels, embargoMs: lengthOf(inputs, ['embargo', 'embargotime', 'embargotd']) ?? 0 }),
  };
}

/** Where rows that do not divide go: stated in words, by skfolio's own names for folds to the last group, else to the first ones. */
export function remainderOf(inputs: SeriesInputs, { source = '' }: ConformanceCase): Remainder {
  const stated = inputs.text('grouping', 'remainder', 'groupsizes').toLowerCase();
  if (/arraysplit|array_split|longer/.test(stated) || stated.startsWith('first')) return 'first';
  if (/last|remainder|skfolio/.test(stated)) return 'last';
  return /skfolio/i.test(source) || inputs.value('ntestfolds') !== undefined ? 'last' : 'first';
}

/** A pair as a half-open range, a longer list of consecutive rows as what it spans. */
export function rangeOf(value: unknown): RowRange | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const rows = value.map(Number);
  return rows.length === 2 ? { from: rows[0], to: rows[1] } : { from: rows[0], to: rows[rows.length - 1] + 1 };
}

/** Times in the unit that their name states; all inputs of a case are taken to share it. */
function timesOf(inputs: SeriesInputs, names: readonly string[]): Float64Array | undefined {
  const found = UNITS.flatMap(([unit]) => names.map((name) => inputs.value(`${name}${unit}`) ?? inputs.datasetColumn(`${name}${unit}`))).find((value) => Array.isArray(value));
  return Array.isArray(found) ? Float64Array.from(found as unknown[], (time) => (typeof time === 'string' ? Date.parse(time) / MINUTE_MS : Number(time))) : undefined;
}

function lengthOf(inputs: SeriesInputs, names: readonly string[]): number | undefined {
  for (const [unit, ms] of UNITS) {
    if (unit === '') continue;
    const value = names.map((name) => inputs.value(`${name}${unit}`)).find((one) => typeof one === 'number');
    if (typeof value === 'number') return (value * ms) / MINUTE_MS;
  }
  return undefined;
}
