import type { Format } from './format.ts';
import { sampleNumbers } from './sample.ts';
import { StampReader } from '../time/stamp-reader.ts';

/** Rows without names whose first column is a time and whose next four are prices in an order that all rows decide. */
export const headerless: Format = {
  id: 'headerless/1',
  detect(table) {
    if (table.columns !== null || table.width < 5 || table.width > 8) return null;
    const stamps = new StampReader({});
    const [time] = sampleNumbers(table, 0);
    const isTime = !Number.isNaN(Number.isNaN(time) ? stamps.ofText(table.sample[0][0].trim()) : stamps.ofNumber(time));
    if (!isTime || [1, 2, 3, 4].some((column) => sampleNumbers(table, column).every(Number.isNaN))) return null;
    const volume = table.width === 5 ? null : table.width === 8 ? 6 : 5;
    return { score: 0.3, layout: { time: 0, prices: [1, 2, 3, 4], orderByData: true, volume, notes: [] } };
  },
};
