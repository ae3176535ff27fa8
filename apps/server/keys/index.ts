export { type KeyEvent, type KeyJournal, openKeyJournal } from './key-journal.ts';
export { createKeyRing, guestOf, type KeyInfo, type KeyRing, type NewKey } from './key-ring.ts';
export { allows, type Scope, SCOPES, scopesOf } from './scopes.ts';
export { parseToken, TOKEN_IN_TEXT } from './token.ts';
export { monthOf, nextMonthMs, openUsage, type Usage } from './usage.ts';
