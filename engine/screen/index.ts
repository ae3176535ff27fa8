export { createScreener, kernelFor, type ScreenInput, type Screener } from './screener.ts';
export { type KernelChoice, KERNELS_OF_SCREENS, SCREEN_COLUMNS, SCREEN_WIDTH, type ScreenBlock, type ScreenColumn, type ScreenSubject } from './types.ts';
