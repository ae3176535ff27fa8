export { type AxisBins, MOST_BINS } from './bins.ts';
export { addSums, type Sums, varianceOfSums } from './moments.ts';
export type { RankedTrial } from './ranking.ts';
export { trialMoments, summariseTally, trialOf } from './summarise.ts';
export { addRows, addTally, createTally, MOST_TOP, type ScreenTally, type TallyRows, type TallyShape, tallyShape } from './tally.ts';
