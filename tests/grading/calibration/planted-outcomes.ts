import { HOUR_MS, normalCdf, seededNormal, seededRandom } from '../../../engine/index.ts';
import type { ModelState, Outcome } from '../../../grading/index.ts';

export interface PlantedOutcomes {
  readonly tokens: number;
  readonly bars: number;
  readonly seed: number;
  /** Correlation of the score with the token's own part of the outcome. */
  readonly ic: number;
  /** Of the outcome that all tokens share; its sign times the token's beta. */
  readonly shared?: number;
  readonly state?: ModelState;
  /** Bars for which the score knows anything: 1 for the bar itself alone. */
  readonly lastsBars?: number;
}

const START_MS = Date.UTC(2024, 0, 1);
const SD = 0.01;
const Z80 = 1.2815515655446004;

/** Outcomes of one bar each, with forecasts by the very model that they were made with. */
export function plantedOutcomes({ tokens, bars, seed, ic, shared = 0, state = 'LIVE', lastsBars = 1 }: PlantedOutcomes): { readonly outcomes: Outcome[]; readonly benchmark: Map<number, number> } {
  const normal = seededNormal(seededRandom(seed, 'planted-outcomes'));
  const benchmark = new Map<number, number>();
  const held = Array.from({ length: tokens }, () => normal());
  const outcomes: Outcome[] = [];
  for (let t = 0; t < bars; t++) {
    const factor = normal();
    const closeTimeMs = START_MS + (t + 1) * HOUR_MS;
    benchmark.set(closeTimeMs, SD * factor);
    for (let m = 0; m < tokens; m++) {
      if (t % lastsBars === 0) held[m] = normal();
      const score = held[m];
      const beta = shared * (1 + (m % 3) / 2);
      const grossReturn = SD * (ic * score + Math.sqrt(1 - ic * ic) * normal() + beta * factor);
      const sd = SD * Math.sqrt(1 - ic * ic + beta * beta);
      const signal = score > 1 ? 1 : score < -1 ? -1 : 0;
      outcomes.push({
        venue: 'test', symbol: `T${String(m).padStart(2, '0')}/USDT`, timeframeMs: HOUR_MS, model: 'planted@1', state, closeTimeMs, horizonBars: 1,
        score, grade: 100 * normalCdf(score), pUp: normalCdf((SD * ic * score) / sd), expReturn: SD * ic * score,
        outcomeLow: SD * ic * score - Z80 * sd, outcomeHigh: SD * ic * score + Z80 * sd,
        entryTimeMs: closeTimeMs, exitTimeMs: closeTimeMs + HOUR_MS, grossReturn, laggedReturn: null, netReturn: signal * grossReturn - (signal === 0 ? 0 : 0.001), signal,
      });
    }
  }
  return { outcomes, benchmark };
}
