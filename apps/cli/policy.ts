import { existsSync, readFileSync } from 'node:fs';
import { errorMessage, GATE_IDS, InputError, type Policy, POLICY, policyHash } from '../../engine/index.ts';

/** Schema of a policy file: a version of its own, and the thresholds that differ from the default policy; loaded lazily, as most commands judge nothing. */
export async function policySchema() {
  const { z } = await import('zod');
  const share = z.number().min(0).max(1);
  const tiered = <T extends import('zod').ZodType>(value: T) => z.strictObject({ shadow: value, live: value });
  const gates = tiered(z.array(z.enum(GATE_IDS)));
  const confidence = z.union([z.literal(0.95), z.literal(0.99)]);
  return z.strictObject({
    $schema: z.string().optional(),
    version: z.string().min(1).describe('a name of its own for these thresholds, such as desk-policy/3'),
    required: gates.optional().describe('gates that fail a tier where they cannot be computed'),
    requiredAtPromotion: gates.optional().describe('those that do so besides where a study is promoted'),
    G1: z.strictObject({ minCuts: z.int().min(1) }).optional(),
    G1b: z.strictObject({ absT: z.number().positive(), absPartialR: share }).optional(),
    G2: z.strictObject({ lagBars: z.int().min(1), minRatio: share, pairedT: z.number(), warnRatio: share }).optional(),
    G3: z.strictObject({ maxChangedFrac: share }).optional(),
    G4: z.strictObject({ minDays: tiered(z.number().min(0)), minBets: tiered(z.number().min(0)) }).optional(),
    G5: z.strictObject({ confidence: tiered(confidence), minSharpeAnn: tiered(z.number()) }).optional(),
    G6: z.strictObject({ minPsr: tiered(share.gt(0.5).lt(1)) }).optional(),
    G7: z.strictObject({ maxP: tiered(share) }).optional(),
    G8: z.strictObject({ maxProbabilityOfLoss: tiered(share) }).optional(),
    G9: z.strictObject({ multiple: z.number().min(1), minSharpeAnn: tiered(z.number()), minBreakEvenMultiple: tiered(z.number().min(0)) }).optional(),
    G10: z.strictObject({ minNeighbours: z.int().min(1), minRatio: tiered(z.number()) }).optional(),
    G11: z.strictObject({ minEfficiency: tiered(z.number()), minPositiveShare: tiered(share) }).optional(),
    G12: z.strictObject({ minSharpeAnn: tiered(z.number()) }).optional(),
    G13: z.strictObject({ maxP: tiered(share), minPercentile: tiered(share) }).optional(),
    G14: z.strictObject({ maxShockLossFrac: tiered(share), rareShare: share }).optional(),
    G15: z.strictObject({ maxCorrelation: tiered(z.number().min(-1).max(1)), minCommonDays: z.int().min(3), minResidualAlphaAnn: tiered(z.number().nullable()) }).optional(),
    G16: z.strictObject({ maxMedianParticipation: tiered(share) }).optional(),
    G17: z.strictObject({ minBrierSkill: tiered(z.number().nullable()) }).optional(),
  });
}

/**
 * The default policy, or that of a file; what the file leaves out is as in the default.
 *
 * throws  InputError `policy-missing`, `policy-invalid` naming the file and the key, `policy-version` where other thresholds bear the default's name
 */
export async function readPolicy(file: string | undefined): Promise<Policy> {
  if (file === undefined) return POLICY;
  if (!existsSync(file)) throw new InputError('policy-missing', `--policy must be a file, was ${file}`);
  return parsePolicy(readFileSync(file, 'utf8'), file);
}

/** A policy from the text of its file; `name` is what errors call it. */
export async function parsePolicy(text: string, name: string): Promise<Policy> {
  const { z } = await import('zod');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new InputError('policy-invalid', `${name} must be JSON: ${errorMessage(error)}`, { cause: error });
  }
  const result = (await policySchema()).safeParse(parsed);
  if (!result.success) throw new InputError('policy-invalid', `${name} must follow \`assay schema policy\`: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`);
  const { $schema: _, ...stated } = result.data;
  const policy: Policy = { ...POLICY, ...stated };
  if (policy.version.startsWith('assay-policy/') && policyHash(policy) !== policyHash(POLICY)) {
    throw new InputError('policy-version', `version of ${name} must be a name of its own where thresholds differ from ${POLICY.version}, was "${policy.version}"`);
  }
  return policy;
}
