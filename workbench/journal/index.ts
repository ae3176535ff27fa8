export { checkChain, readChain } from './check.ts';
export { journalFiles } from './files.ts';
export { checkJournal, type Journal, type JournalOptions, openJournal, readJournal, verifyJournal } from './journal.ts';
export {
  type Chain, CHAIN_RULES, type ChainDamage, type ChainFiles, type ChainHead, type ChainLine, type ChainRule, type JournalCheck, type JournalDraft, type JournalLine,
} from './types.ts';
export { type ChainOptions, type ChainWriter, openChain } from './writer.ts';
