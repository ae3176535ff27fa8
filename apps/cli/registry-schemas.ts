import { z } from 'zod';
import { ALIASES, MODEL_STATES } from '../../grading/index.ts';
import { CHAIN_RULES } from '../../workbench/index.ts';

const timeMs = z.number().describe('epoch milliseconds UTC');
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const state = z.enum(MODEL_STATES);
const alias = z.enum(ALIASES);

const model = z.object({
  key: z.string(), modelId: z.string(), version: z.int(), sha256: hash.describe('names the file of the version'), state, sinceMs: timeMs, aliases: z.array(alias), tags: z.array(z.string()),
});

const transition = z.object({
  model: z.string(), from: state.nullable(), to: state, reason: z.string(), actor: z.string(), statistic: z.string().nullable(), value: z.number().nullable(),
  threshold: z.number().nullable(), evidenceSha256: hash.nullable(), forced: z.literal(true).optional(),
});

const place = { seq: z.int(), tsMs: timeMs, model: z.string() };
const entry = z.discriminatedUnion('type', [
  z.object({ ...place, type: z.literal('model_changed'), payload: z.object({ transition, sha256: hash, contentSha256: hash.optional(), once: z.string().optional() }) }),
  z.object({ ...place, type: z.literal('alias_set'), payload: z.object({ alias: alias.nullable(), actor: z.string() }) }),
  z.object({ ...place, type: z.literal('tag_changed'), payload: z.object({ tag: z.string(), change: z.enum(['add', 'remove']), actor: z.string() }) }),
]);

const damage = z.object({ seq: z.int(), rule: z.enum(CHAIN_RULES), message: z.string() }).nullable();

/** Outputs of `assay models … --json` and `assay audit … --json`; models-transition, -alias and -tag print `model`. */
export const registrySchemas = {
  'models-list': z.array(model),
  'models-show': z.object({ model, version: z.looseObject({ schema: z.literal('assay-model/1'), modelId: z.string(), version: z.int() }) }),
  'models-history': z.array(entry),
  'models-transition': model,
  'models-alias': model,
  'models-tag': model,
  'audit-verify': z.object({
    journals: z.array(z.object({ journal: z.string(), entries: z.int(), head: z.object({ seq: z.int(), hash }), damage, tornBytes: z.int() })),
    objects: z.object({ objects: z.int(), damage: z.array(z.object({ sha256: z.string(), rule: z.enum(['edited', 'missing', 'misnamed']), message: z.string() })) }),
    isIntact: z.boolean(),
  }),
  'audit-show': z.array(z.looseObject({ journal: z.string(), seq: z.int(), tsMs: timeMs, type: z.string(), prev: hash, hash })),
  'audit-head': z.array(z.object({ journal: z.string(), seq: z.int(), hash })),
};
