export { ENDPOINTS, type Endpoint } from './endpoints/index.ts';
export { createKeyRing, guestOf, type KeyInfo, type KeyJournal, type KeyRing, type NewKey, openKeyJournal, openUsage, type Scope, SCOPES, scopesOf, type Usage } from './keys/index.ts';
export { isLoopback, listen, type ListenOptions } from './listen.ts';
export {
  type AlertRuleBody, type AlertRuleStore, type AuditLine, type AuditQuery, type CalibrationQuery, type EntryStream, type Limits, LIMITS, type ModelRegistry, type Promotion, type ServerOptions, type Timers, type TokenFacts,
} from './options.ts';
export { createServer } from './server.ts';
