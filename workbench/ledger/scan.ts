import { existsSync } from 'node:fs';
import { ledgerFiles, linesOf, readHead } from './files.ts';
import { decodeLine, NO_HASH } from './line.ts';
import type { LedgerCheck, LedgerDamage, LedgerHead, LedgerLine, LedgerRule } from './types.ts';

/**
 * Reads the ledger from its first line to its last, and says which entry is the first that is not as it was written.
 *
 * `onLine` hears the lines in order, up to the damage.
 *
 * memory  one line
 */
export function scanLedger(home: string, onLine: (line: LedgerLine) => void = () => undefined): LedgerCheck {
  const files = ledgerFiles(home);
  const head = readHead(files.head); // before the file: lines that are appended meanwhile lie beyond it
  if (!existsSync(files.trials)) return { entries: 0, hash: NO_HASH, damage: head === null ? null : damageAt(1, 'missing', `${files.trials} is gone`), tornBytes: 0 };
  const chain = createChain(head);
  let tornBytes = 0;
  for (const { text, isWhole, bytes } of linesOf(files.trials)) {
    if (isWhole) chain.next(text, onLine);
    else tornBytes = bytes;
  }
  return { ...chain.end(), tornBytes };
}

/** Checks all of the ledger. */
export function verifyLedger(home: string): LedgerCheck {
  return scanLedger(home);
}

function createChain(head: LedgerHead | 'damaged' | null) {
  let last: LedgerHead = { seq: 0, hash: NO_HASH };
  let damage: LedgerDamage | null = null;
  /** An entry that another stands in place of: deleted, unless it comes later. */
  let absent: number | null = null;

  const check = (text: string): LedgerLine | LedgerDamage => {
    const seq = last.seq + 1;
    const decoded = decodeLine(text);
    if ('wrong' in decoded) return damageAt(seq, 'edited', `it ${decoded.wrong}`);
    const { line } = decoded;
    if (line.seq > seq) absent = seq;
    if (line.seq !== seq) return damageAt(seq, line.seq > seq ? 'deleted' : 'reordered', `entry ${line.seq} stands in its place`);
    if (line.prev !== last.hash) return damageAt(Math.max(1, seq - 1), 'edited', `entry ${seq} was chained to another content`);
    if (head !== null && head !== 'damaged' && head.seq === seq && head.hash !== line.hash) return damageAt(seq, 'edited', 'head.json was written for another content');
    return line;
  };

  return {
    next(text: string, onLine: (line: LedgerLine) => void): void {
      if (damage !== null) {
        if (absent !== null && isEntry(text, absent)) damage = damageAt(absent, 'reordered', 'it comes later in the file');
        return;
      }
      const checked = check(text);
      if ('rule' in checked) damage = checked;
      else {
        last = { seq: checked.seq, hash: checked.hash };
        onLine(checked);
      }
    },
    end: () => ({ entries: last.seq, hash: last.hash, damage: damage ?? damageOfHead(head, last) }),
  };
}

function isEntry(text: string, seq: number): boolean {
  const decoded = decodeLine(text);
  return 'line' in decoded && decoded.line.seq === seq;
}

/** One line without a head is a kill between the two; a second is not appended before the head is there. */
function damageOfHead(head: LedgerHead | 'damaged' | null, last: LedgerHead): LedgerDamage | null {
  if (head === 'damaged') return damageAt(last.seq, 'head-missing', 'head.json is no head');
  if (head === null) return last.seq > 1 ? damageAt(last.seq, 'head-missing', 'head.json is gone') : null;
  return head.seq > last.seq ? damageAt(last.seq + 1, 'truncated', `head.json knows ${head.seq} entries, the file has ${last.seq}`) : null;
}

function damageAt(seq: number, rule: LedgerRule, why: string): LedgerDamage {
  return { seq, rule, message: `the trial ledger is damaged at entry ${seq} (${rule}): ${why}` };
}
