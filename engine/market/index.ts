export { alignBars } from './align.ts';
export { toArrowTable } from './arrow.ts';
export {
  allocateBars, BAR_COLUMNS, barAtOrAfter, type BarColumn, type BarColumns, type Bars, barsFromColumns, barsFromHandle, type BarsHandle,
  hashBars, type Instrument, sliceBars,
} from './bars.ts';
