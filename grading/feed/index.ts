export { badBar, type RawBar } from './raw-bar.ts';
export { type ReplayClock, replayClock } from './replay-clock.ts';
export { replayFeed, type ReplayOptions } from './replay-feed.ts';
export { Sequencer } from './sequencer.ts';
export type * from './sequencer-types.ts';
export { systemTimer, type Timer } from './timer.ts';
