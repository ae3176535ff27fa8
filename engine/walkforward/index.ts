export { walkForwardEfficiency } from './efficiency.ts';
export { growthEfficiency, type GrowthWindow } from './growth-efficiency.ts';
export { retrade, type Retraded, retrader, type Retrader, type StoredChoices } from './retrade.ts';
export * from './splits/index.ts';
export type { WalkForward, WalkForwardSpec, WalkForwardWindow, WindowBars, WindowPlan } from './types.ts';
export { type EvaluateInSample, walkForward, type WalkForwardInput, walkForwardSpec } from './walk-forward.ts';
export { windowSlice, type WindowSlice } from './window-slice.ts';
export { planWindows } from './windows.ts';
