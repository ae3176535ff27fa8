export { type MomentsOfTrials, type Screen, SCREEN_LAYOUT, type ScreenAxis, type ScreenMap, type ScreenMarket, type ScreenSpec, type ScreenTrial } from './artefact.ts';
export { createScreener, kernelFor, requireScreenMemory, type ScreenInput, type Screener } from './screener.ts';
export { type KernelChoice, KERNELS_OF_SCREENS, SCREEN_COLUMNS, SCREEN_WIDTH, type ScreenBlock, type ScreenColumn, type ScreenSubject } from './types.ts';
export {
  addRows, addSums, addTally, type AxisBins, createTally, trialMoments, MOST_BINS, MOST_TOP, type RankedTrial, type Sums, summariseTally, type ScreenTally, type TallyRows, type TallyShape, tallyShape, trialOf,
  varianceOfSums,
} from './summary/index.ts';
