import { canonicalJson, sha256 } from '../../engine/index.ts';
import { z } from 'zod';

const days = z.number().int().min(1);

/** What makes a market a pick. A change of any of it is another rule, with another hash in every pick. */
export const moonshotRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** What can be bought at its price: median dollar volume of `volumeDays`, and enough history. */
  gate: z.strictObject({ volumeDays: days, minMedianDollarVolume: z.number().min(0), maxMedianDollarVolume: z.number().positive().nullable(), minHistoryDays: days, excludeBases: z.array(z.string()) }),
  /** Weights of the parts of the score, each a percentile among the candidates of the day. */
  score: z.strictObject({ momentum: z.number().min(0), volumeSurge: z.number().min(0), nearHigh: z.number().min(0), momentumDays: days, surgeDays: days, highDays: days }),
  /** Least score, 0 … 100, and the most picks that are open at once; a market is picked again only after its pick has ended. */
  minScore: z.number().min(0).max(100),
  maxOpen: z.number().int().min(1),
  /** Picks are made each Monday, or on every UTC day. */
  every: z.enum(['day', 'week']),
  horizonDays: days,
  /** Net simple return that counts as a win. */
  winRoi: z.number(),
  /** Of a round trip, subtracted from every return, the candidates' too. */
  roundTripCostBps: z.number().min(0).max(10_000),
});

export type MoonshotRule = z.infer<typeof moonshotRuleSchema>;

export const MOONSHOT_RULE: MoonshotRule = {
  id: 'moonshot-1',
  gate: { volumeDays: 30, minMedianDollarVolume: 250_000, maxMedianDollarVolume: 20_000_000, minHistoryDays: 90, excludeBases: ['USDT', 'USDC', 'DAI', 'TUSD', 'BUSD', 'FDUSD'] },
  score: { momentum: 1, volumeSurge: 1, nearHigh: 1, momentumDays: 30, surgeDays: 7, highDays: 90 },
  minScore: 85, maxOpen: 10, every: 'week', horizonDays: 90, winRoi: 0.5, roundTripCostBps: 80,
};

/** sha256 of the canonical JSON of a rule, which every pick carries. */
export function moonshotRuleHash(rule: MoonshotRule): string {
  return sha256(canonicalJson(rule));
}
