import { z } from 'zod';
import { METRIC_NAMES } from '../../engine/index.ts';
import { MODEL_SCHEMA } from '../../reports/index.ts';
import { specSchemas } from '../../workbench/index.ts';

const { hash, id, params, walkForwardSpec } = specSchemas(z);

const figure = z.number().nullable();
const name = z.string().max(200);
const gateState = z.enum(['pass', 'warn', 'fail', 'n/a']);

/** `ModelManifest`, nothing more and nothing less. */
export const modelManifestSchema = z.strictObject({
  schema: z.literal(MODEL_SCHEMA),
  validationId: id,
  walkForwardId: id,
  env: z.strictObject({ engineVersion: name }),
  claim: z.string().min(1).max(500),
  spec: walkForwardSpec,
  windows: z.array(z.strictObject({ trainFromMs: z.number(), trainToMs: z.number(), testFromMs: z.number(), testToMs: z.number(), chosen: params.nullable() })).min(1),
  random: z.strictObject({ seed: z.number(), draws: z.int().positive().max(1_000_000), permutations: z.int().min(0).max(100_000) }),
  policy: z.strictObject({ version: name, hash: id, thresholds: z.looseObject({ version: name }).nullable() }),
  besides: z.strictObject({ pooled: z.array(name), joined: z.array(name) }),
  trials: z.strictObject({ evaluated: z.int(), counted: z.int().nullable(), ledgerHash: hash.nullable() }),
  oos: z.strictObject({
    fromMs: z.number(), toMs: z.number(), bars: z.int(), stretches: z.array(z.tuple([z.number(), z.int().positive()])), returnsSha256: hash, equitySha256: hash,
    metrics: z.strictObject(Object.fromEntries(METRIC_NAMES.map((one) => [one, figure]))),
  }),
  verdict: z.strictObject({
    decision: z.enum(['reject', 'shadow', 'live-eligible']), gates: z.record(z.string().max(8), z.strictObject({ shadow: gateState, live: gateState, value: figure })),
  }),
  manifestSha256: hash,
});

const context = z.strictObject({
  createdAtMs: figure, command: z.string().nullable(), seed: figure, dataNotes: z.array(z.string()), notes: z.array(z.string()),
});

/** What is read of the page's manifest before all of it is compared with that of the replay. */
export const pageManifestSchema = z.looseObject({ kind: z.literal('validation'), title: z.string(), context, model: modelManifestSchema });
