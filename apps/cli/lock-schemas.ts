import { z } from 'zod';
import { lockFileSchema, VERIFY_STATES } from '../../workbench/index.ts';

const kind = z.enum(['run', 'sweep', 'walkforward', 'validation']);
const element = z.record(z.string(), z.unknown()).nullable();

/** The lock file, and output of `assay verify --json`. */
export const lockSchemas = {
  lock: lockFileSchema(z),
  verify: z.object({
    lock: z.string(),
    isOk: z.boolean(),
    studies: z.array(z.object({
      name: z.string(), kind, state: z.enum(VERIFY_STATES), isUpdated: z.boolean(), notes: z.array(z.string()), reason: z.string().nullable(),
      figures: z.array(z.object({ field: z.string(), locked: z.unknown(), now: z.unknown() })),
      first: z.array(z.object({ series: z.enum(['trades', 'equity', 'trials']), from: z.int(), to: z.int().describe('half-open'), locked: element, now: element })),
    })),
  }),
};
