import { z } from 'zod';
import { LEDGER_METRICS, LEDGER_RULES } from '../../workbench/index.ts';

const figure = z.number().nullable();
const timeMs = z.number().describe('epoch milliseconds UTC');
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const param = z.union([z.number(), z.string(), z.boolean()]);
const study = z.object({ id: z.string(), kind: z.enum(['backtest', 'sweep', 'screen', 'walkforward', 'validate']) });
const markets = z.array(z.object({ venue: z.string(), symbol: z.string(), timeframeMs: z.number(), dataHash: z.string() }));
const origin = z.enum(['research', 'replay']);
const subject = {
  study, claim: z.string(), origin, strategyId: z.string(), codeHash: z.string(), markets, window: z.object({ fromMs: timeMs, toMs: timeMs }), configHash: z.string(),
};
const chain = { seq: z.int(), timeMs, prev: hash, hash };
const metrics = z.tuple(LEDGER_METRICS.map((name) => z.literal(name)) as [z.ZodLiteral, ...z.ZodLiteral[]]);
const figures = z.array(figure).describe('in the order of metrics, to six decimals');

const entry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('trials'), ...subject, objective: z.string().optional(), firstTrial: z.int(), params: z.array(z.string()), metrics, rows: z.array(z.array(param)),
    figures: z.array(figures.nullable()), failures: z.record(z.string(), z.string()), ...chain,
  }),
  z.object({
    type: z.literal('screen'), ...subject, objective: z.string(), axes: z.record(z.string(), z.union([z.array(param), z.object({ from: z.number(), to: z.number(), step: z.number() })])),
    sampler: z.looseObject({ kind: z.enum(['grid', 'random']) }), firstTrial: z.int(), points: z.object({ from: z.int(), to: z.int() }), failed: z.int(),
    sharpeAnn: z.object({ n: z.int(), mean: figure, variance: figure }), metrics, best: z.object({ trial: z.int(), params: z.record(z.string(), param), figures }).nullable(), partHash: hash, ...chain,
  }),
  z.object({ type: z.literal('holdout-read'), ...subject, metrics, figures, ...chain }),
  z.object({ type: z.literal('note'), text: z.string(), claim: z.string().nullable(), ...chain }),
]);

const damage = z.object({ seq: z.int(), rule: z.enum(LEDGER_RULES), message: z.string() }).nullable();

/** Outputs of `assay ledger … --json`. */
export const ledgerSchemas = {
  'ledger-list': z.object({
    studies: z.array(z.object({
      study, claim: z.string(), origin, strategyId: z.string(), codeHash: z.string(), markets, firstSeq: z.int(), lastSeq: z.int(), firstMs: timeMs, lastMs: timeMs,
      rows: z.int(), failed: z.int(), bestSharpeAnn: figure, holdoutReads: z.int(),
    })),
    damage,
  }),
  'ledger-show': z.array(entry),
  'ledger-stats': z.array(z.object({
    claim: z.string(), n: z.int().describe('distinct (code, parameters) with a defined Sharpe ratio'), trials: z.int(), failed: z.int(), studies: z.int(),
    holdoutReads: z.int(), holdouts: z.array(z.object({ dataHashes: z.array(z.string()), fromMs: timeMs, toMs: timeMs, reads: z.int() })), days: z.int(), firstMs: timeMs,
    lastMs: timeMs, bestSharpeAnn: figure, screenedSharpeVariance: figure.describe('greatest variance of the Sharpe ratio among the screens; null without one'), luckSharpeAnn: figure.describe('expected best of n trials without skill'), ledgerHash: hash,
  })),
  'ledger-verify': z.object({ entries: z.int(), hash, damage, tornBytes: z.int() }),
  'ledger-note': z.object({ text: z.string(), claim: z.string().nullable() }),
};
