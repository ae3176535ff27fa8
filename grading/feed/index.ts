export { badBar, type RawBar } from './raw-bar.ts';
export { Sequencer } from './sequencer.ts';
export type * from './sequencer-types.ts';
