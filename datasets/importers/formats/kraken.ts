import type { Format } from './format.ts';
import { headerlessShape } from './sample.ts';

/** Kraken OHLCVT without header: seconds,o,h,l,c[,vwap],volume[,trades]. */
export const kraken: Format = {
  id: 'kraken-ohlcvt/1',
  detect(table) {
    const shape = headerlessShape(table);
    if (shape === null || shape.unit !== 's' || shape.letters !== 'OHLC' || shape.width < 6 || shape.width > 8) return null;
    const volume = shape.width === 8 ? 6 : 5; // the eight-column form has the volume-weighted price before the volume
    return { score: 0.8, layout: { time: 0, prices: [1, 2, 3, 4], orderByData: true, volume, notes: [] } };
  },
};
