import { DOMINANCE_BINS, sharpeOfRatio } from './splits.ts';

/** Whether choosing the in-sample winner gives a better distribution of out-of-sample Sharpe ratios than choosing any trial. */
export interface Dominance {
  /** At no level is the winners' share below it greater, and at one it is less. */
  readonly firstOrder: boolean;
  /** The same of the area below the distributions. */
  readonly secondOrder: boolean;
}

/** Dominance of the winners' counts over those of all trials, on the bins of the splits. */
export function dominanceOf(winners: Float64Array, all: Float64Array): Dominance {
  const [theirs, everyone] = [total(winners), total(all)];
  let [below, belowAll, gap] = [0, 0, 0];
  let [first, firstStrict, second, secondStrict] = [true, false, true, false];
  for (let bin = 0; bin < DOMINANCE_BINS - 1; bin++) {
    below += winners[bin];
    belowAll += all[bin];
    if (belowAll === 0) continue;
    const excess = below / theirs - belowAll / everyone;
    if (excess > 1e-12) first = false;
    if (excess < -1e-12) firstStrict = true;
    gap += excess * (edgeOf(bin + 2) - edgeOf(bin + 1));
    if (gap > 1e-12) second = false;
    if (gap < -1e-12) secondStrict = true;
    if (belowAll === everyone) break;
  }
  return { firstOrder: first && firstStrict, secondOrder: second && secondStrict };
}

/** Sharpe ratio at the lower edge of a bin; the outermost stand for all beyond. */
function edgeOf(bin: number): number {
  const inner = Math.min(Math.max(bin, 1), DOMINANCE_BINS - 1);
  return sharpeOfRatio((2 * inner) / DOMINANCE_BINS - 1, 1, 0);
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, one) => sum + one, 0);
}
