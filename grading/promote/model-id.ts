import { type MarketRef, requireInput } from '../../engine/index.ts';

const MODEL_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST = 64;

/**
 * The id that was asked for, or strategy and market in kebab-case: `ema-cross-binance-btc-usdt`.
 *
 * throws  InputError `model-id-invalid`
 */
export function modelIdOf(asked: string | undefined, strategyId: string, [{ instrument: { venue, symbol } }]: readonly MarketRef[]): string {
  const id = asked ?? `${strategyId}-${slug(venue)}-${slug(symbol)}`.replaceAll(/-{2,}/g, '-').replaceAll(/^-|-$/g, '').slice(0, LONGEST).replace(/-$/, '');
  requireInput(MODEL_ID.test(id) && id.length <= LONGEST, 'model-id-invalid', 'model id', `kebab-case, at most ${LONGEST} characters`, id);
  return id;
}

/** `venue:symbol` of every market that a model may grade. */
export function universeOf(asked: readonly string[] | 'any' | undefined, markets: readonly Pick<MarketRef, 'instrument'>[]): readonly string[] | 'any' {
  if (asked === 'any') return asked;
  const universe = asked ?? markets.map(({ instrument: { venue, symbol } }) => `${venue}:${symbol}`);
  for (const one of universe) requireInput(/^[^:\s]+:\S+$/.test(one), 'universe-invalid', 'universe', 'any, or markets such as binance:BTC/USDT', one);
  return [...new Set(universe)];
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
