import { DataError, formatTime, MINUTE_MS } from '../../engine/core/index.ts';
import type { FundingTable } from '../../engine/market/index.ts';
import type { FundingSteps } from './types.ts';

/** Beyond it a number is rather a percentage, an annual rate or a price than the rate of one payment. */
export const LARGEST_RATE = 0.05;

/** Rows as the file has them. */
export interface PaymentRows extends FundingTable {
  readonly line: Int32Array;
  /** `line` in a text file, `row` in any other. */
  readonly lineWord: string;
  readonly label: string;
}

export interface OrderedPayments extends FundingTable {
  readonly duplicates: number;
  readonly notes: readonly string[];
}

/**
 * Payments in time order, one a minute.
 *
 * throws  DataError `funding-rate-missing`, `funding-rate-suspicious`, `funding-conflict`
 */
export function orderPayments(rows: PaymentRows, isAnyRateTaken: boolean): OrderedPayments {
  checkRates(rows, isAnyRateTaken);
  const minute = rows.timeMs.map((time) => Math.round(time / MINUTE_MS) * MINUTE_MS);
  const order = Array.from(minute.keys()).sort((a, b) => minute[a] - minute[b] || a - b);
  const kept = withoutRepeats(rows, minute, order);
  const backwards = minute.reduce((count, time, i) => count + (i > 0 && time < minute[i - 1] ? 1 : 0), 0);
  const duplicates = order.length - kept.length;
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (row) => column[row]);
  return {
    timeMs: pick(minute), rate: pick(rows.rate), markPrice: pick(rows.markPrice), duplicates,
    notes: [
      ...(backwards > 0 ? [backwards === order.length - 1 ? 'rows were newest first and are sorted' : `rows were out of order at ${backwards} places and are sorted`] : []),
      ...(duplicates > 0 ? [`${duplicates} rows repeat another and were dropped`] : []),
    ],
  };
}

function checkRates({ rate, line, lineWord, label, timeMs }: PaymentRows, isAnyRateTaken: boolean): void {
  const blank = rate.findIndex((value) => !Number.isFinite(value));
  if (blank >= 0) throw new DataError('funding-rate-missing', `${label}, ${lineWord} ${line[blank]} (${formatTime(timeMs[blank])}) has no funding rate; remove the row or fill it`);
  const odd = isAnyRateTaken ? -1 : rate.findIndex((value) => Math.abs(value) > LARGEST_RATE);
  if (odd < 0) return;
  throw new DataError('funding-rate-suspicious',
    `${label}, ${lineWord} ${line[odd]} (${formatTime(timeMs[odd])}): funding rate must be a fraction of at most ${LARGEST_RATE} either way, was ${rate[odd]}; ` +
    'percentages must be divided by 100, and a file that is right is attached with assay data funding --anyway');
}

/** Rows in order, the first of each minute; a mark price is taken from whichever row has one. */
function withoutRepeats({ rate, markPrice, line, lineWord, label }: PaymentRows, minute: Float64Array, order: readonly number[]): number[] {
  const kept: number[] = [];
  for (const row of order) {
    const last = kept.at(-1);
    if (last === undefined || minute[last] !== minute[row]) {
      kept.push(row);
      continue;
    }
    const isMarkOther = markPrice[last] !== markPrice[row] && !Number.isNaN(markPrice[last]) && !Number.isNaN(markPrice[row]);
    if (rate[last] !== rate[row] || isMarkOther) {
      throw new DataError('funding-conflict',
        `${label}, ${lineWord}s ${line[last]} and ${line[row]} must agree on the payment of ${formatTime(minute[row])}, say ${rate[last]} and ${rate[row]}; remove one of them`);
    }
    if (Number.isNaN(markPrice[last])) kept[kept.length - 1] = row;
  }
  return kept;
}

/** Interval and gaps of ascending times; an interval that three steps and a twentieth of all have is usual, for venues change it. */
export function stepsOf(timeMs: ArrayLike<number>): FundingSteps & { readonly notes: readonly string[] } {
  const steps = Array.from({ length: Math.max(0, timeMs.length - 1) }, (_, i) => timeMs[i + 1] - timeMs[i]);
  if (steps.length === 0) return { intervalMs: null, gaps: 0, longestStepMs: 0, notes: [] };
  const counts = new Map<number, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  const intervalMs = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)];
  const usual = [...counts].filter(([step, count]) => step === intervalMs || count >= Math.max(3, steps.length / 20)).sort(([a], [b]) => a - b);
  const limit = 1.5 * Math.max(...usual.map(([step]) => step));
  const words = usual.map(([step, count]) => `${step / 3_600_000} h × ${count}`).join(', ');
  return {
    intervalMs, gaps: steps.filter((step) => step > limit).length, longestStepMs: steps.reduce((a, b) => Math.max(a, b)),
    notes: usual.length > 1 ? [`the interval changes: ${words}`] : [],
  };
}
