import { type DrawPlan, drawRows, meanOf, valueAt } from '../statistics/index.ts';
import { upProbability } from './fit-grade-map.ts';
import { groupMap, scoreGroups } from './score-groups.ts';

/** Probabilities that the fit gave to rows it had not seen; `base` is the rate of the same rows that it had. */
export interface CrossFit {
  readonly pUp: Float64Array;
  readonly base: Float64Array;
}

const PARTS = 5;
const GROUPS = 100;

/**
 * P(up) of every row by a map that was fitted without the fifth of the time that the row lies in, nor the outcomes that reach into it or out of it.
 *
 * shape   scores and outcomes of 0 and 1 [n], in order of time → [n]
 */
export function crossFit(score: Float64Array, ups: Float64Array, horizonBars: number): CrossFit {
  const n = score.length;
  const pUp = new Float64Array(n);
  const base = new Float64Array(n);
  for (let part = 0; part < PARTS; part++) {
    const [from, to] = [Math.floor((part * n) / PARTS), Math.floor(((part + 1) * n) / PARTS)];
    const isKept = (_: number, row: number): boolean => row < from - horizonBars || row >= to + horizonBars;
    const [seen, followed] = [score.filter(isKept), ups.filter(isKept)];
    const groups = scoreGroups(seen, GROUPS);
    const map = groupMap(groups, upProbability(groups, followed, horizonBars));
    const rate = meanOf(followed);
    for (let row = from; row < to; row++) {
      pUp[row] = valueAt(map, score[row]);
      base[row] = rate;
    }
  }
  return { pUp, base };
}

/**
 * How far fits of P(up) on other samples of the same size as four fifths lie from the fit on this one, at every row, by a stationary bootstrap.
 *
 * shape   one array [n] a draw, used again for the next
 */
export function* refits(score: Float64Array, ups: Float64Array, horizonBars: number, plan: DrawPlan): Generator<Float64Array> {
  const groups = scoreGroups(score, GROUPS);
  const fit = upProbability(groups, ups, horizonBars);
  const size = Math.sqrt(PARTS / (PARTS - 1));
  const out = new Float64Array(score.length);
  for (const rows of drawRows(score.length, plan)) {
    const other = upProbability(groups, ups, horizonBars, { drawn: rows });
    for (let row = 0; row < out.length; row++) out[row] = size * (other[groups.groupOf[row]] - fit[groups.groupOf[row]]);
    yield out;
  }
}
