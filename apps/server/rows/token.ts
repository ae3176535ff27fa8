import { z } from 'zod';
import { formatTime, sha256 } from '../../../engine/index.ts';
import type { Market } from '../../../grading/index.ts';
import type { TokenFacts } from '../options.ts';

export const tokenFields = {
  token_id: z.number().int(),
  token_name: z.string().nullable(),
  token_symbol: z.string(),
  exchange: z.string(),
  /** `BTC/USDT` */
  pair: z.string(),
};

/** A stable number of a token: that of the token table, or the first 31 bits of the sha256 of its symbol. */
export function tokenIdOf(base: string, tokens: readonly TokenFacts[]): number {
  return tokens.find(({ symbol }) => symbol === base)?.id ?? Number.parseInt(sha256(`token:${base}`).slice(0, 8), 16) >>> 1;
}

export function tokenOf({ venue, symbol }: Pick<Market, 'venue' | 'symbol'>, tokens: readonly TokenFacts[] = []) {
  const base = symbol.split('/')[0];
  return { token_id: tokenIdOf(base, tokens), token_name: tokens.find((one) => one.symbol === base)?.name ?? null, token_symbol: base, exchange: venue, pair: symbol };
}

export const iso = (ms: number | null): string | null => (ms === null ? null : formatTime(ms));
