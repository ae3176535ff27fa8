import type { Format } from './format.ts';
import { headerlessShape } from './sample.ts';

/** ninjabot without header: seconds,open,close,low,high,volume[,trades]. */
export const ninjabot: Format = {
  id: 'ninjabot/1',
  detect(table) {
    const shape = headerlessShape(table);
    if (shape === null || shape.unit !== 's' || shape.letters !== 'OCLH' || shape.width < 6 || shape.width > 7) return null;
    return { score: 0.8, layout: { time: 0, prices: [1, 2, 3, 4], orderByData: true, volume: 5, notes: [] } };
  },
};
