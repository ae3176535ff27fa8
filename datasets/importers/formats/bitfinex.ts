import type { Format } from './format.ts';
import { headerlessShape } from './sample.ts';

/** Bitfinex candles without header: milliseconds,open,close,high,low,volume. */
export const bitfinex: Format = {
  id: 'bitfinex-candles/1',
  detect(table) {
    const shape = headerlessShape(table);
    if (shape === null || shape.unit !== 'ms' || shape.letters !== 'OCHL' || shape.width !== 6) return null;
    return { score: 0.8, layout: { time: 0, prices: [1, 2, 3, 4], orderByData: true, volume: 5, notes: [] } };
  },
};
