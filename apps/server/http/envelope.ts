import { z } from 'zod';
import type { Answer, Endpoint } from '../endpoints/index.ts';
import { iso } from '../rows/token.ts';
import type { ServerOptions } from '../options.ts';

export const DISCLAIMER = 'Research output: no advice, and no promise of returns.';

const meta = z.strictObject({
  as_of: z.string().nullable().meta({ description: 'Newest close that the rows rest on' }), published_at: z.string().nullable(), stale: z.boolean().meta({ description: 'A market of these rows has no close for two timeframes' }),
  data_root: z.string().nullable().meta({ description: 'Hash of the journal’s newest entry' }), models: z.array(z.string()), schema: z.string(), sandbox: z.boolean().meta({ description: 'Models in the shadow are published as if they were live' }), disclaimer: z.string(), page: z.number().int().nullable(), limit: z.number().int().nullable(),
  total: z.number().int().nullable(),
});

export function envelopeSchema(row: z.ZodType): z.ZodObject {
  return z.strictObject({ success: z.literal(true), message: z.string(), length: z.number().int(), data: z.array(row), meta });
}

export function envelope({ schema }: Pick<Endpoint, 'schema'>, answer: Answer, { page, limit }: { readonly page?: number; readonly limit?: number }, { head, sandbox = false }: Pick<ServerOptions, 'head' | 'sandbox'>): object {
  const { data, total = null, asOfMs = null, publishedAtMs = null, isStale = false, models = [] } = answer;
  const root = head?.();
  return {
    success: true, message: 'ok', length: data.length, data,
    meta: {
      as_of: iso(asOfMs), published_at: iso(publishedAtMs), stale: isStale, data_root: root === undefined || root.seq === 0 ? null : `sha256:${root.hash}`, models, schema, sandbox, disclaimer: DISCLAIMER,
      page: page ?? null, limit: limit ?? null, total,
    },
  };
}
