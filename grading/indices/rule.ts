import { z } from 'zod';

const share = z.number().min(0).max(1);
const days = z.number().int().min(1);

/** Everything that decides an index: which markets it may hold, how much of each, when it trades, and what that costs. */
export const indexRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string(),
  /** Markets by rank of median dollar volume at the time, and what each must have. */
  universe: z.strictObject({ fromRank: z.number().int().min(1), toRank: z.number().int().min(1), volumeDays: days, minMedianDollarVolume: z.number().min(0), minHistoryDays: days, excludeBases: z.array(z.string()) }),
  /** An index of so much quote currency may not hold more of a market than this share of its median daily volume. */
  capacity: z.strictObject({ sizeQuote: z.number().positive(), maxParticipation: share }),
  /** Weight ∝ grade ÷ volatility, at most so much each; markets graded below are left out. */
  weights: z.strictObject({ grade: z.enum(['trader', 'investor']), minGrade: z.number().min(0).max(100), volatilityDays: z.number().int().min(2), maxWeight: share }),
  /** Part in cash when the mean grade of the universe is below. */
  cash: z.strictObject({ whenMarketGradeBelow: z.number().min(0).max(100), share }),
  /** At the first UTC day close, then each Monday, or when the weights have drifted by Σ|drift| ÷ 2 above a threshold. */
  rebalance: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('weekly') }), z.strictObject({ kind: z.literal('threshold'), drift: share })]),
  /** Of what is traded, one way: fee, half spread and slippage. */
  costBps: z.number().min(0).max(10_000),
  /** A market without a bar for so many days has ended: it is sold at its last price less the haircut. */
  delisting: z.strictObject({ afterDays: days, haircutFrac: share }),
});

export type IndexRule = z.infer<typeof indexRuleSchema>;

const STABLE = ['USDT', 'USDC', 'DAI', 'TUSD', 'BUSD', 'FDUSD', 'USDD', 'USDE', 'PYUSD', 'USDP', 'EUR'];

/** Presets; a universe is what traded most at the time, never what is large today. */
export const INDEX_PRESETS: Readonly<Record<'blue-chip' | 'low-cap', IndexRule>> = {
  'blue-chip': {
    id: 'blue-chip', name: 'Blue chips',
    universe: { fromRank: 1, toRank: 10, volumeDays: 30, minMedianDollarVolume: 50_000_000, minHistoryDays: 365, excludeBases: STABLE },
    capacity: { sizeQuote: 1_000_000, maxParticipation: 0.01 },
    weights: { grade: 'trader', minGrade: 40, volatilityDays: 60, maxWeight: 0.25 },
    cash: { whenMarketGradeBelow: 40, share: 1 },
    rebalance: { kind: 'weekly' },
    costBps: 15, delisting: { afterDays: 3, haircutFrac: 0.2 },
  },
  'low-cap': {
    id: 'low-cap', name: 'Small markets',
    universe: { fromRank: 11, toRank: 100, volumeDays: 30, minMedianDollarVolume: 500_000, minHistoryDays: 90, excludeBases: STABLE },
    capacity: { sizeQuote: 250_000, maxParticipation: 0.01 },
    weights: { grade: 'trader', minGrade: 60, volatilityDays: 60, maxWeight: 0.1 },
    cash: { whenMarketGradeBelow: 45, share: 1 },
    rebalance: { kind: 'weekly' },
    costBps: 40, delisting: { afterDays: 3, haircutFrac: 0.5 },
  },
};
