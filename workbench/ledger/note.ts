import { requireInput } from '../../engine/index.ts';
import { openLedger, type WriterOptions } from './append.ts';

/**
 * Writes free text into the ledger.
 *
 * throws  InputError `note-empty`
 */
export function noteInLedger(home: string, text: string, claim: string | null, options: WriterOptions): void {
  requireInput(text.trim() !== '', 'note-empty', 'note', 'some text', text);
  const writer = openLedger(home, options);
  writer.append({ type: 'note', text, claim });
  writer.flush();
}
