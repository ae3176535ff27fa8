export { decodeArtefact, encodeArtefact } from './encode.ts';
export { listArtefacts, loadArtefact, saveArtefact, type StoredArtefact } from './store.ts';
export { writeAtomic } from './write-atomic.ts';
