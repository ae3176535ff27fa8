import type { Outcome } from '../types/index.ts';
import { rankCorrelation } from '../statistics/index.ts';

const KEPT = 500;
const FEWEST = 100;
/** Standard errors that the rank IC at once must have before its decay says anything. */
const FEWEST_ERRORS = 3;
/** An IC that is gone altogether, or turned, has no finite ratio. */
const LARGEST = 100;

interface Pair {
  readonly score: number;
  readonly atOnce: number;
  readonly oneBarLater: number;
}

/**
 * How much of a model's rank IC is gone when it is entered one bar later: above 2 the score may know its own bar.
 *
 * memory  the last 500 outcomes of a model
 * null    below 100 outcomes; where the IC at once is within three standard errors of zero, their number counted without overlap of horizons
 */
export function createLeakRatios() {
  const pairs = new Map<string, { readonly ring: Pair[]; horizonBars: number }>();
  return {
    add({ model, score, grossReturn, laggedReturn, horizonBars }: Outcome): void {
      if (laggedReturn === null) return;
      const kept = pairs.get(model) ?? { ring: [], horizonBars };
      pairs.set(model, kept);
      kept.horizonBars = horizonBars;
      kept.ring.push({ score, atOnce: grossReturn, oneBarLater: laggedReturn });
      if (kept.ring.length > KEPT) kept.ring.shift();
    },
    ratioOf(model: string): number | null {
      const kept = pairs.get(model);
      if (kept === undefined || kept.ring.length < FEWEST) return null;
      const scores = kept.ring.map(({ score }) => score);
      const atOnce = rankCorrelation(scores, kept.ring.map((pair) => pair.atOnce));
      const later = rankCorrelation(scores, kept.ring.map((pair) => pair.oneBarLater));
      const independent = Math.max(2, kept.ring.length / Math.max(1, kept.horizonBars));
      if (atOnce === null || later === null || atOnce * Math.sqrt(independent) < FEWEST_ERRORS) return null;
      return later > atOnce / LARGEST ? atOnce / later : LARGEST;
    },
  };
}
