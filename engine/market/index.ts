export { alignBars } from './align.ts';
export { toArrowTable } from './arrow.ts';
export {
  allocateBars, BAR_COLUMNS, barAtOrAfter, type BarColumn, type BarColumns, type Bars, barsFromColumns, barsFromHandle, type BarsHandle,
  type ColumnsHandle, type FundingTable, hashBars, type Instrument, type MarkColumns, sliceBars, withFiner, withFunding, withMark,
} from './bars.ts';
