export { type DailyColumns, dailyOf, dailyReturnsOf, medianDollarVolume } from './daily-columns.ts';
