export { decodeArtefact, encodeArtefact } from './encode.ts';
export { listArtefacts, loadArtefact, saveArtefact, type StoredArtefact } from './store.ts';
export { lockFolder, type LockOptions } from './lock.ts';
export { writeAtomic } from './write-atomic.ts';
