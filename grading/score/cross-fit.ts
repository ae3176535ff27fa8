import { meanOf, valueAt } from '../statistics/index.ts';
import { upProbability } from './fit-grade-map.ts';
import { groupMap, scoreGroups } from './score-groups.ts';
import { upsOf } from './scored-outcomes.ts';

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
 * shape   scores and outcomes [n], in order of time → [n]
 */
export function crossFit(score: Float64Array, forward: Float64Array, horizonBars: number): CrossFit {
  const n = score.length;
  const pUp = new Float64Array(n);
  const base = new Float64Array(n);
  for (let part = 0; part < PARTS; part++) {
    const [from, to] = [Math.floor((part * n) / PARTS), Math.floor(((part + 1) * n) / PARTS)];
    const isKept = (_: number, row: number): boolean => row < from - horizonBars || row >= to + horizonBars;
    const [seen, followed] = [score.filter(isKept), forward.filter(isKept)];
    const groups = scoreGroups(seen, GROUPS);
    const map = groupMap(groups, upProbability(groups, followed, horizonBars));
    const rate = meanOf(upsOf(followed));
    for (let row = from; row < to; row++) {
      pUp[row] = valueAt(map, score[row]);
      base[row] = rate;
    }
  }
  return { pUp, base };
}
