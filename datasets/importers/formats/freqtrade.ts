import type { Format } from './format.ts';
import { headerlessShape } from './sample.ts';

const CANDLE_COLUMNS = 'date,open,high,low,close,volume';

/** freqtrade: JSON rows [ms,o,h,l,c,v], or a Feather table of date,open,high,low,close,volume. */
export const freqtrade: Format = {
  id: 'freqtrade/1',
  detect(table) {
    if (table.kind === 'json') {
      const shape = headerlessShape(table);
      if (shape === null || shape.unit !== 'ms' || shape.width !== 6 || shape.letters !== 'OHLC') return null;
      return { score: 0.85, layout: { time: 0, prices: [1, 2, 3, 4], orderByData: true, volume: 5, notes: [] } };
    }
    if (table.kind !== 'arrow' || table.columns?.join(',') !== CANDLE_COLUMNS) return null;
    return { score: 0.95, layout: { time: 0, prices: [1, 2, 3, 4], volume: 5, notes: [] } };
  },
};
