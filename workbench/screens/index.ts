export { listScreens, loadScreen } from './read-screen.ts';
export { runScreen, type StoredScreen } from './run-screen.ts';
export type { ScreenStudyInput } from './screen-input.ts';
