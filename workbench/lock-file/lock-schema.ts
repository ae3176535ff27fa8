import type { z as Zod } from 'zod';
import { specSchemas } from '../replay/index.ts';
import { LOCK_SCHEMA } from './types.ts';

/** `LockFile`; `z` is handed in, as most commands are run without it. */
export function lockFileSchema(z: typeof Zod) {
  const { hash, id, runSpec, sweepSpec, walkForwardSpec } = specSchemas(z);
  const path = z.string().min(1);
  const beside = { funding: path.optional(), mark: path.optional(), finer: path.optional() };
  const source = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('lake'), dataset: path, ...beside }), z.strictObject({ kind: z.literal('file'), path, ...beside }), z.strictObject({ kind: z.literal('sample'), ...beside }),
  ]);
  const series = z.strictObject({ length: z.int().min(0), sha256: hash, marks: z.array(z.string().regex(/^[0-9a-f]{8}$/, 'must be 8 hex digits')) });
  const resultOf = <T extends Zod.ZodRawShape>(names: T) => z.strictObject({ id, figures: z.record(z.string(), z.unknown()), series: z.strictObject(names), files: z.record(z.string(), hash).optional() });
  const common = { strategy: path, data: z.array(source).min(1), wholeData: z.array(z.boolean()), claim: z.string().min(1).nullable() };
  const curves = resultOf({ equity: series, trades: series });
  const counted = z.strictObject({ n: z.int().min(0), studies: z.int().min(0), ledgerHash: z.string(), holdoutReads: z.int().min(0) });
  const judgement = z.strictObject({
    seed: z.number(), draws: z.int().positive(), permutations: z.int().min(0).nullable(), policy: z.looseObject({ version: z.string() }).nullable(), policyHash: id,
    counted: counted.nullable(), pooled: z.array(source), joined: z.array(path),
  });
  const study = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('run'), spec: runSpec, ...common, result: curves }),
    z.strictObject({ kind: z.literal('sweep'), spec: sweepSpec, ...common, result: resultOf({ trials: series }) }),
    z.strictObject({ kind: z.literal('walkforward'), spec: walkForwardSpec, ...common, result: curves }),
    z.strictObject({ kind: z.literal('validation'), spec: walkForwardSpec, ...common, judgement, result: curves }),
  ]).refine(({ data, wholeData, spec }) => data.length === spec.markets.length && wholeData.length === data.length, { message: 'must have one entry a market', path: ['data'] });
  return z.strictObject({ schema: z.literal(LOCK_SCHEMA), studies: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be kebab-case'), study) });
}
