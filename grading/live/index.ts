export { entriesOf, type Live, LIVE_JOURNAL, type LiveOptions, type LiveRegistry, openLive, replayLive } from './open-live.ts';
export { heldSettings, type LiveSettings } from './settings.ts';
export { type Books, liveParts } from './parts.ts';
