import { z } from 'zod';
import { EXIT_REASONS, HEADLINE_NAMES, KERNELS_OF_SCREENS, LEAK_NAMES, METRIC_NAMES, PROFILES, SCREEN_COLUMNS } from '../../engine/index.ts';
import { configSchema } from './config.ts';
import { validateSchema } from './validation-schema.ts';
import { ledgerSchemas } from './ledger-schemas.ts';
import { lockSchemas } from './lock-schemas.ts';
import { policySchema } from './policy.ts';
import { registrySchemas } from './registry-schemas.ts';

const figure = z.number().nullable();
const metrics = z.object(Object.fromEntries(METRIC_NAMES.map((name) => [name, figure])));
const headlines = z.object(Object.fromEntries(HEADLINE_NAMES.map((name) => [name, figure])));
const reasons = z.record(z.string(), z.string()).describe('why a figure is null');
const param = z.union([z.number(), z.string(), z.boolean()]);
const params = z.record(z.string(), param);
const timeMs = z.number().describe('epoch milliseconds UTC of a bar’s open');

const instrument = z.object({
  venue: z.string(), symbol: z.string(), kind: z.enum(['spot', 'perpetual']), calendar: z.enum(['24/7', 'session']), market: z.enum(['continuous', 'session']),
  listedFromMs: z.number().optional(), listedToMs: z.number().optional(),
});

const funding = z
  .object({ payments: z.int(), intervalMs: z.number().nullable(), firstTimeMs: z.number().nullable(), lastTimeMs: z.number().nullable() })
  .nullable()
  .describe('payments that came with the bars; null where none did');
const market = z.object({
  instrument, timeframeMs: z.number(), dataHash: z.string(), bars: z.int(), firstTimeMs: timeMs, lastTimeMs: timeMs, funding, hasMark: z.boolean(),
});

const fees = z.object({
  name: z.string(),
  tables: z.array(z.object({
    fromMs: z.number().describe('first epoch millisecond at which the table applies; the first one applies before it too'),
    tiers: z.array(z.object({ fromVolumeQuote: z.number(), takerFeeBps: z.number(), makerFeeBps: z.number().describe('a rebate is negative') })),
  })),
});

const execution = z.object({
  fill: z.enum(['next-open', 'close']), limitFill: z.enum(['through', 'touch']), triggerOn: z.enum(['last', 'mark']), liquidateOn: z.enum(['last', 'mark']),
  volumeCapFrac: z.number(), volumeCapRemainder: z.enum(['carry', 'cancel']), latencyBars: z.int(), stopDelayBars: z.int(), dropBarsAfterGap: z.int(), delistingHaircutFrac: z.number(),
});

const sizing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exposure') }),
  z.object({ kind: z.literal('fixed-quote'), notionalQuote: z.number() }),
  z.object({ kind: z.literal('fixed-quantity'), qtyBase: z.number() }),
  z.object({ kind: z.literal('volatility-target'), annualVolFrac: z.number(), windowBars: z.int() }),
  z.object({ kind: z.literal('atr-risk'), riskFrac: z.number(), atrMultiple: z.number(), windowBars: z.int() }),
  z.object({ kind: z.literal('kelly'), fraction: z.number(), capFrac: z.number(), lastTrades: z.int(), minTrades: z.int() }),
]);

const rebalance = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('on-change') }),
  z.object({ kind: z.literal('band'), bandFrac: z.number() }),
  z.object({ kind: z.literal('schedule'), everyMs: z.number() }),
]);

const config = z.object({
  profile: z.enum(PROFILES),
  costs: z.object({ takerFeeBps: z.number(), makerFeeBps: z.number(), halfSpreadBps: z.number(), slippageBps: z.number(), impactBps: z.number() }),
  fees: fees.nullable(),
  account: z.object({
    kind: z.enum(['spot', 'margin']), initialCash: z.number(), maxLeverage: z.number(), maintenanceFrac: z.number(), liquidationFeeFrac: z.number(),
    borrowAnnFrac: z.number(),
  }),
  rules: z.object({ lotStep: z.number(), tickSize: z.number(), minNotionalQuote: z.number() }),
  intrabar: z.enum(['pessimistic', 'optimistic', 'path', 'lower-timeframe']),
  execution,
  sizing,
  rebalance,
  caps: z.object({ perInstrument: z.number().nullable(), gross: z.number().nullable() }),
  funding: z.enum(['data', 'none']),
  firstDecisionBar: z.int(),
  flattenAtEnd: z.boolean(),
});

const trade = z.object({
  market: z.int(), side: z.enum(['long', 'short']), entryBar: z.int(), exitBar: z.int(), entryTimeMs: timeMs, exitTimeMs: timeMs, entryPrice: z.number(),
  exitPrice: z.number(), qtyBase: z.number(), pnlQuote: z.number().describe('net of every cost'), returnFrac: z.number(), feesQuote: z.number(),
  spreadQuote: z.number(), slippageQuote: z.number(), fundingQuote: z.number(), maeFrac: z.number(), mfeFrac: z.number(), exitReason: z.enum(EXIT_REASONS),
});

const identity = { engineVersion: z.string(), strategyId: z.string(), codeHash: z.string(), markets: z.array(market), config };
const search = {
  ...identity,
  paramSpecs: z.record(z.string(), z.looseObject({ type: z.string() })),
  axes: z.record(z.string(), z.array(param)),
  sampler: z.union([z.object({ kind: z.literal('grid') }), z.object({ kind: z.literal('random'), points: z.int(), seed: z.number() })]),
  objective: z.enum(METRIC_NAMES),
};
const waterfall = z.object({
  grossQuote: z.number(), feesQuote: z.number(), spreadQuote: z.number(), slippageQuote: z.number(), fundingQuote: z.number(), borrowQuote: z.number(),
  liquidationFeesQuote: z.number(), shortfallQuote: z.number(), netQuote: z.number(),
});
const benchmark = z.object({ name: z.string(), metrics });
const recorded = z.object({ claim: z.string() }).nullable().describe('the claim that the trial ledger counts it for; null where it was switched off');

/** Figures with every ambiguous bar at its worst and at its best. */
const bandSchema = (figures: z.ZodType) =>
  z.object({ ambiguousBars: z.int(), pessimistic: figures, optimistic: figures }).describe('both resolutions of the bars that candles cannot decide; not a bound');

const causality = z
  .object({
    cuts: z.int(), seed: z.number(), compared: z.int(),
    leaks: z.array(z.object({
      name: z.enum(LEAK_NAMES), test: z.enum(['truncate', 'corrupt', 'repeat']), subject: z.string(), cutBar: z.int(), cutTimeMs: timeMs, reachBars: z.int(),
      changed: z.int(), message: z.string(),
    })),
    warmup: z.object({ compared: z.int(), changed: z.int(), maxDifference: z.number() }),
    incremental: z.object({ compared: z.int(), changed: z.int() }),
  })
  .describe('look-ahead proof: what changed when the future was cut off or replaced');

/** Output of `assay backtest --json`. */
export const backtestSchema = z.object({
  run: z.object({ id: z.string(), ...identity, params }),
  metrics,
  reasons,
  trades: z.array(trade),
  openTrade: trade.nullable(),
  waterfall,
  orders: z.object({
    sent: z.int(), filled: z.int(), afterGap: z.int(), waitedForVolume: z.int(), clippedExposure: z.int(), rejectedMinNotional: z.int(), rejectedLot: z.int(),
  }),
  benchmark,
  engine: z.object({ engine: z.enum(['vector kernel', 'event engine']), reasons: z.array(z.string()) }),
  band: bandSchema(metrics),
  causality,
  warnings: z.array(z.string()),
  ledger: recorded,
});

const trial = z.object({
  index: z.int(), market: z.int(), params, state: z.enum(['ok', 'failed']), metrics: metrics.nullable(), band: bandSchema(headlines).nullable(), reason: z.string().nullable(),
});

/** Output of `assay sweep --json`. */
export const sweepSchema = z.object({
  sweep: z.looseObject({ id: z.string(), spec: z.object({ trialLayout: z.int(), ...search }), trials: z.int(), failed: z.int(), best: z.array(trial.nullable()), ledger: recorded, causality }),
  top: z.array(trial),
});

const moments = z.object({ n: z.int(), mean: figure, variance: figure });
const bins = { name: z.string(), from: z.array(param), to: z.array(param) };
const screenTrial = z.object({ trial: z.int(), market: z.int(), params, figures: z.object(Object.fromEntries(SCREEN_COLUMNS.map((name) => [name, figure]))) });

/** Output of `assay screen --json`. */
export const screenSchema = z.object({
  screen: z.object({
    id: z.string(),
    spec: z.object({ screenLayout: z.int(), ...search, objective: z.enum(SCREEN_COLUMNS) }),
    trials: z.int(), failed: z.int(), resumedTrials: z.int(), directory: z.string(),
    kernel: z.object({ kernel: z.enum(KERNELS_OF_SCREENS), reasons: z.array(z.string()) }),
    markets: z.array(z.object({
      trials: z.int(), failed: z.int(), objective: moments, sharpeAnn: moments, top: z.array(screenTrial),
      axes: z.array(z.object({
        ...bins, trials: z.array(z.int()), defined: z.array(z.int()), positive: z.array(z.int()), mean: z.array(figure), least: z.array(figure), best: z.array(figure),
      })).describe('the objective along each axis, bin by bin'),
      maps: z.array(z.object({ x: z.object(bins), y: z.object(bins), defined: z.array(z.int()), mean: z.array(figure), best: z.array(figure) }))
        .describe('the objective over two axes; cell (x, y) at x × (bins of y) + y'),
    })),
    parts: z.array(z.object({ from: z.int(), to: z.int(), sha256: z.string() })),
    causality,
    ledger: recorded,
  }),
});

const barRange = z.object({ trainFrom: z.int(), trainTo: z.int(), testFrom: z.int(), testTo: z.int() });

/** Output of `assay walkforward --json`. */
export const walkForwardSchema = z.object({
  walkForward: z.object({
    id: z.string(),
    ...search,
    plan: z.object({ kind: z.enum(['rolling', 'anchored']), trainMs: z.number(), testMs: z.number(), purgeMs: z.number(), stepMs: z.number(), keepShort: z.boolean() }),
  }),
  metrics,
  reasons,
  efficiency: figure,
  efficiencyReason: z.string().nullable(),
  trialsEvaluated: z.int(),
  waterfall,
  windows: z.array(z.object({
    index: z.int(), bars: barRange, trainFromMs: timeMs, trainToMs: timeMs, testFromMs: timeMs, testToMs: timeMs, trials: z.int(), failedTrials: z.int(),
    chosen: params.nullable(), inSample: metrics.nullable(), outOfSample: metrics,
  })),
  trades: z.array(trade),
  benchmark,
  band: bandSchema(metrics),
  causality,
  warnings: z.array(z.string()),
  ledger: recorded,
});

/** JSON Schema by the name of the command whose output it describes; `config` is that of assay.config.json, `policy` that of a policy file. */
export async function jsonSchemas(): Promise<Record<string, object>> {
  const schemas = { backtest: backtestSchema, sweep: sweepSchema, screen: screenSchema, walkforward: walkForwardSchema, validate: validateSchema, ...ledgerSchemas, ...registrySchemas, ...lockSchemas, config: await configSchema(), policy: await policySchema() };
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema)]));
}
