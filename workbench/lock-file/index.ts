export { type FirstDifference, type ResultDifferences } from './compare.ts';
export { readLockFile, writeLockFile } from './lock-file.ts';
export { lockFileSchema } from './lock-schema.ts';
export { type LockOptions as LockStudyOptions, lockStudy } from './lock-study.ts';
export type { Finished } from './result.ts';
export { findFinished } from './stored-result.ts';
export { defaultStudyName, requireStudyName } from './study-name.ts';
export { LOCK_FILE, LOCK_SCHEMA, type LockedKind, type LockedResult, type LockedSeries, type LockedSource, type LockedStudy, type LockFile } from './types.ts';
export { type StudyOutcome, VERIFY_STATES, verifyLock, type VerifyOptions } from './verify.ts';
