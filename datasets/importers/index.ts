import { FORMATS } from './formats/index.ts';

export { importCandles } from './import-candles.ts';
export { StampReader } from './time/stamp-reader.ts';

/** Names and versions of the formats that are known without a column mapping. */
export const FORMAT_IDS: readonly string[] = FORMATS.map((format) => format.id);
