import { z } from 'zod';
import { GATE_IDS, LEAK_NAMES } from '../../engine/index.ts';

const figure = z.number().nullable();
const whole = z.int();
const params = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));
/** A part of the evidence, or why it is missing. */
const known = (part: z.ZodType) => z.union([z.object({ missing: z.string().describe('why it could not be computed') }), part]);
const bounds = z.object({ estimate: figure, lower95: figure, lower99: figure, upper95: figure }).describe('one-sided percentile bounds');

const leak = z.object({
  name: z.enum(LEAK_NAMES), test: z.enum(['truncate', 'corrupt', 'repeat']), subject: z.string(), cutBar: whole, cutTimeMs: z.number(), reachBars: whole, changed: whole,
  message: z.string(),
});
export const causalitySchema = z.object({
  cuts: whole, seed: z.number(), compared: whole, leaks: z.array(leak),
  warmup: z.object({ compared: whole, changed: whole, maxDifference: z.number() }),
  incremental: z.object({ compared: whole, changed: whole }),
});

const spa = z.object({ lower: z.number(), consistent: z.number(), upper: z.number() });
const search = z.object({
  trials: whole, dropped: whole, days: whole,
  returnPrecision: z.literal('float32').optional().describe('where the returns were too many for double precision'),
  ledgerTrials: known(z.object({ n: whole, studies: whole, ledgerHash: z.string(), screenedSharpeVariance: z.number().optional() })),
  winner: z.object({ trial: whole, params, sharpeAnn: figure }),
  trialSharpesAnn: z.array(figure),
  averageCorrelation: figure, effectiveTrials: figure, trialVariance: figure, luckSharpeAnn: figure, dsr: figure, dsrNullVariance: figure, minBacktestYears: figure,
  haircut: z.object({ bonferroni: figure, sidak: figure }),
  realityCheck: z.object({ p: z.number(), draws: whole, blockDays: z.number(), seed: z.number(), null: z.array(z.number()), observed: z.number() }),
  spaCash: spa, spaHold: known(spa),
  stepwise: z.object({ size: z.number(), superior: whole }),
  permutation: known(z.object({ p: z.number(), permutations: whole, observed: z.number(), null: z.array(z.number()) })),
});
const overfit = z.object({
  blocks: whole, combinations: whole, pbo: z.number(), probabilityOfLoss: z.number(), medianLogit: z.number(),
  logits: z.object({ from: z.number(), to: z.number(), counts: z.array(whole) }),
  degradation: z.object({ slope: figure, intercept: figure, r2: figure, sample: z.array(z.tuple([z.number(), z.number()])) }),
  dominance: z.object({ firstOrder: z.boolean(), secondOrder: z.boolean() }),
});
const outOfSample = z.object({
  observations: whole, periodsPerYear: z.number(), sharpe: figure, sharpeAnn: figure, standardErrorAnn: figure, psr: figure, psrNullVariance: figure,
  minTrackRecordYears: figure, skewness: figure, kurtosis: figure.describe('non-excess'), autocorrelation1: figure, sharpeAnnAutocorrelated: figure,
  bootstrap: z.object({ draws: whole, blockDays: z.number(), seed: z.number(), sharpeAnn: bounds, cagr: bounds, maxDrawdown: bounds }),
});
const baselines = z.object({
  hold: z.object({ name: z.string(), sharpeAnn: figure, alphaAnn: figure, beta: figure, t: figure, p: figure }),
  emaCross: known(z.object({ params, sharpeAnn: figure })),
  random: known(z.object({ draws: whole, seed: z.number(), percentile: z.number(), sharpesAnn: z.array(z.number()) })),
});
const regimes = z.object({
  regimes: z.array(z.object({ name: z.string(), days: whole, share: z.number(), sharpeAnn: figure, profitShare: figure })),
  shocks: z.array(z.object({ name: z.string(), fromMs: z.number(), toMs: z.number(), totalReturn: z.number(), holdReturn: figure })),
});
const without = (part: z.ZodRawShape) => known(z.object({ ...part, sharpeAnn: figure }));

const evidence = z.object({
  subject: z.looseObject({ claim: z.string(), strategyId: z.string(), codeHash: z.string(), walkForwardId: z.string(), points: whole, held: params.nullable(), seed: z.number() }),
  reproduction: known(z.object({ differs: z.array(z.string()) })),
  causality: known(causalitySchema),
  stamps: known(z.array(z.object({ column: z.string(), observations: whole, t: figure, partialR: figure, state: z.enum(['pass', 'warn', 'fail']) }))),
  latency: known(z.array(z.object({ lagBars: whole, sharpeAnn: figure, totalReturn: figure, ratio: figure, pairedT: figure }))),
  sample: z.object({ days: whole, observations: whole, periodsPerYear: z.number(), trades: whole, bets: figure }),
  outOfSample,
  search: known(search),
  overfit: known(overfit),
  costs: known(z.object({ points: z.array(z.object({ multiple: z.number(), sharpeAnn: figure, totalReturn: figure })), breakEvenMultiple: figure, largestTried: z.number() })),
  plateau: known(z.object({ chosen: figure, neighbours: z.array(z.object({ params, sharpeAnn: figure })), median: figure, ratio: figure })),
  walkForward: z.object({ efficiency: figure, efficiencyReason: z.string().nullable(), windows: whole, positiveWindows: whole }),
  concentration: z.object({
    withoutTopTrades: without({ trades: whole }), withoutBestMonth: without({ month: z.string() }), withoutBestMarket: without({ market: z.string() }),
  }),
  baselines: known(baselines),
  regimes: known(regimes),
  ruin: known(z.object({ horizonDays: whole, draws: whole, liquidations: whole, fallBy: z.array(z.object({ lossFrac: z.number(), probability: z.number() })) })),
  capacity: known(z.object({ fills: whole, medianParticipation: figure, largestParticipation: figure })),
  pooled: known(z.object({ markets: z.array(z.object({ name: z.string(), sharpeAnn: figure })), meanDaily: z.number(), t: figure, p: figure })),
  holdoutReads: known(whole),
  uniqueness: known(z.object({
    models: z.array(z.object({ model: z.string(), commonDays: whole, correlation: figure })), residual: z.object({ days: whole, alphaAnn: z.number(), t: figure }).nullable(),
  })),
  calibration: known(z.object({ n: whole, nEffective: z.number(), brierSkill: z.number(), ece: z.number(), eceLimit95: z.number(), slope: figure })),
});

const tier = z.object({ state: z.enum(['pass', 'warn', 'fail', 'n/a']), threshold: z.string(), margin: figure });
const gate = z.object({
  id: z.enum(GATE_IDS), name: z.string(), question: z.string(), statistic: z.string(), value: figure, shadow: tier, live: tier, reason: z.string(), remedy: z.string(),
});

/** Output of `assay validate --json`. */
export const validateSchema = z.object({
  id: z.string(),
  evidence,
  verdict: z.object({
    decision: z.enum(['reject', 'shadow', 'live-eligible']),
    gates: z.array(gate),
    blocking: z.array(z.enum(GATE_IDS)).describe('what keeps it from the next tier'),
    policy: z.object({ version: z.string(), hash: z.string(), thresholds: z.looseObject({ version: z.string() }).optional().describe('where they are not the default') }),
  }),
});
