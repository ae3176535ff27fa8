export { entriesOf, type Live, LIVE_JOURNAL, type OpenLiveOptions, type LiveRegistry, openLive, replayLive } from './open-live.ts';
export { heldSettings, type LiveSettings } from './settings.ts';
export { type Books, historyBarsOf, liveParts } from './parts.ts';
export { type BatchOptions, gradeBatch } from './grade-batch.ts';
export { modelLoader } from './stand-in.ts';
