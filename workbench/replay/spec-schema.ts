import type { z as Zod } from 'zod';
import { METRIC_NAMES, PROFILES } from '../../engine/index.ts';

/** Schemas of what reports and lock files state of a study; `z` is handed in, as most commands are run without it. */
export function specSchemas(z: typeof Zod) {
  const text = z.string().min(1).max(200);
  const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 of 64 hex digits');
  const id = z.string().regex(/^[0-9a-f]{16,64}$/, 'must be an id of hex digits');
  const param = z.union([z.number(), z.string().max(200), z.boolean()]);
  const params = z.record(z.string().max(100), param);
  const strategy = { engineVersion: text, strategyId: z.string().regex(/^[a-z][a-z0-9-]{0,99}$/, 'must be kebab-case'), codeHash: hash };
  const markets = { markets: z.array(marketSchema(z, text, hash)).min(1), config: configSchema(z, text) };
  const search = {
    paramSpecs: z.record(z.string().max(100), paramSpecSchema(z)),
    axes: z.record(z.string().max(100), z.array(param).max(1_000_000)),
    sampler: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('grid') }), z.strictObject({ kind: z.literal('random'), points: z.int().positive(), seed: z.number() })]),
    objective: z.enum(METRIC_NAMES),
  };
  return {
    hash, id, params,
    /** `RunSpec`. */
    runSpec: z.strictObject({ ...strategy, params, ...markets }),
    /** `SweepSpec`. */
    sweepSpec: z.strictObject({ trialLayout: z.int().positive(), ...strategy, ...search, ...markets }),
    /** `WalkForwardSpec`. */
    walkForwardSpec: z.strictObject({ ...strategy, ...search, plan: planSchema(z), ...markets }),
  };
}

function planSchema(z: typeof Zod) {
  return z.strictObject({
    kind: z.enum(['rolling', 'anchored']), trainMs: z.int().positive(), testMs: z.int().positive(), purgeMs: z.int().min(0), stepMs: z.int().positive(), keepShort: z.boolean(),
  });
}

function marketSchema(z: typeof Zod, text: Zod.ZodString, hash: Zod.ZodString) {
  const instrument = z.strictObject({
    venue: text, symbol: text, kind: z.enum(['spot', 'perpetual']), calendar: z.enum(['24/7', 'session']), market: z.enum(['continuous', 'session']),
    listedFromMs: z.number().optional(), listedToMs: z.number().optional(),
  });
  const funding = z.strictObject({ payments: z.int(), intervalMs: z.number().nullable(), firstTimeMs: z.number().nullable(), lastTimeMs: z.number().nullable() });
  return z.strictObject({
    instrument, timeframeMs: z.int().positive(), dataHash: hash, bars: z.int().positive(), firstTimeMs: z.number(), lastTimeMs: z.number(), funding: funding.nullable(), hasMark: z.boolean(),
  });
}

function configSchema(z: typeof Zod, text: Zod.ZodString) {
  const fees = z.strictObject({
    name: text,
    tables: z.array(z.strictObject({ fromMs: z.number(), tiers: z.array(z.strictObject({ fromVolumeQuote: z.number(), takerFeeBps: z.number(), makerFeeBps: z.number() })).min(1) })).min(1),
  });
  const execution = z.strictObject({
    fill: z.enum(['next-open', 'close']), limitFill: z.enum(['through', 'touch']), triggerOn: z.enum(['last', 'mark']), liquidateOn: z.enum(['last', 'mark']), volumeCapFrac: z.number(),
    volumeCapRemainder: z.enum(['carry', 'cancel']), latencyBars: z.int(), stopDelayBars: z.int(), dropBarsAfterGap: z.int(), delistingHaircutFrac: z.number(),
  });
  return z.strictObject({
    profile: z.enum(PROFILES),
    costs: z.strictObject({ takerFeeBps: z.number(), makerFeeBps: z.number(), halfSpreadBps: z.number(), slippageBps: z.number(), impactBps: z.number() }),
    fees: fees.nullable(),
    account: z.strictObject({
      kind: z.enum(['spot', 'margin']), initialCash: z.number(), maxLeverage: z.number(), maintenanceFrac: z.number(), liquidationFeeFrac: z.number(), borrowAnnFrac: z.number(),
    }),
    rules: z.strictObject({ lotStep: z.number(), tickSize: z.number(), minNotionalQuote: z.number() }),
    intrabar: z.enum(['pessimistic', 'optimistic', 'path', 'lower-timeframe']),
    execution, ...sizingSchemas(z),
    caps: z.strictObject({ perInstrument: z.number().nullable(), gross: z.number().nullable() }),
    funding: z.enum(['data', 'none']),
    firstDecisionBar: z.int(),
    flattenAtEnd: z.boolean(),
  });
}

function sizingSchemas(z: typeof Zod) {
  return {
    sizing: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('exposure') }),
      z.strictObject({ kind: z.literal('fixed-quote'), notionalQuote: z.number() }),
      z.strictObject({ kind: z.literal('fixed-quantity'), qtyBase: z.number() }),
      z.strictObject({ kind: z.literal('volatility-target'), annualVolFrac: z.number(), windowBars: z.int() }),
      z.strictObject({ kind: z.literal('atr-risk'), riskFrac: z.number(), atrMultiple: z.number(), windowBars: z.int() }),
      z.strictObject({ kind: z.literal('kelly'), fraction: z.number(), capFrac: z.number(), lastTrades: z.int(), minTrades: z.int() }),
    ]),
    rebalance: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('on-change') }),
      z.strictObject({ kind: z.literal('band'), bandFrac: z.number() }),
      z.strictObject({ kind: z.literal('schedule'), everyMs: z.number() }),
    ]),
  };
}

function paramSpecSchema(z: typeof Zod) {
  const range = { min: z.number(), max: z.number(), default: z.number(), step: z.number().optional(), scale: z.enum(['linear', 'log']).optional() };
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('int'), ...range }),
    z.strictObject({ type: z.literal('float'), ...range }),
    z.strictObject({ type: z.literal('choice'), options: z.array(z.string()), default: z.string() }),
    z.strictObject({ type: z.literal('bool'), default: z.boolean() }),
  ]);
}
