import { FORMATS } from './formats/index.ts';

export { importCandles } from './import-candles.ts';

/** Names and versions of the formats that are known without a column mapping. */
export const FORMAT_IDS: readonly string[] = FORMATS.map((format) => format.id);
