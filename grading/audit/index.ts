export { type Audit, auditOf, type JournalAudit } from './audit.ts';
export { auditEntries, type AuditEntry, type AuditFilter } from './entries.ts';
export { JOURNAL_FOLDERS, type JournalPlace, journalsOf } from './journals.ts';
export { type ObjectDamage, type ObjectsAudit } from './objects.ts';
