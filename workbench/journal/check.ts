import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { linesOf, readHead } from './files.ts';
import { decodeLine, NO_HASH } from './line.ts';
import type { Chain, ChainDamage, ChainHead, ChainLine, ChainRule, JournalCheck } from './types.ts';

/**
 * Reads a chain from its first line to its last: gives whole batches in order, up to the damage, and returns which entry is the first that is not as it
 * was written.
 *
 * memory  one batch
 */
export function* readChain(chain: Chain): Generator<readonly ChainLine[], JournalCheck> {
  const { files, title, endsBatch } = chain;
  const head = readHead(files.head); // before the file: lines that are appended meanwhile lie beyond it
  if (!existsSync(files.lines)) return { entries: 0, hash: NO_HASH, damage: head === null ? null : damageOf(title, 1, 'missing', `${files.lines} is gone`), tornBytes: 0 };
  const checked = createCheck(chain, head);
  let batch: ChainLine[] = [];
  let whole: ChainHead = { seq: 0, hash: NO_HASH };
  let tornBytes = 0;
  for (const { bytes, isWhole } of linesOf(files.lines)) {
    tornBytes += bytes.length + (isWhole ? 1 : 0);
    const line = isWhole ? checked.next(bytes) : null;
    if (line === null) continue;
    batch.push(line);
    if (!endsBatch(line)) continue;
    yield batch;
    batch = [];
    whole = { seq: line.seq, hash: line.hash };
    tornBytes = 0;
  }
  const damage = checked.end();
  return { entries: whole.seq, hash: whole.hash, damage, tornBytes: damage === null ? tornBytes : 0 };
}

/** Reads a chain for its check alone; `onLine` hears the lines of whole batches. */
export function checkChain(chain: Chain, onLine: (line: ChainLine) => void = () => undefined): JournalCheck {
  const batches = readChain(chain);
  for (let step = batches.next(); ; step = batches.next()) {
    if (step.done === true) return step.value;
    for (const line of step.value) onLine(line);
  }
}

function createCheck({ files, title }: Chain, head: ChainHead | 'damaged' | null) {
  const headName = basename(files.head);
  let last: ChainHead = { seq: 0, hash: NO_HASH };
  let damage: ChainDamage | null = null;
  /** An entry that another stands in place of: deleted, unless it comes later. */
  let absent: number | null = null;
  const damageAt = (seq: number, rule: ChainRule, why: string): ChainDamage => damageOf(title, seq, rule, why);

  const wrongWith = (line: ChainLine): ChainDamage | null => {
    const seq = last.seq + 1;
    if (line.seq > seq) absent = seq;
    if (line.seq !== seq) return damageAt(seq, line.seq > seq ? 'deleted' : 'reordered', `entry ${line.seq} stands in its place`);
    if (line.prev !== last.hash) return damageAt(Math.max(1, seq - 1), 'edited', `entry ${seq} was chained to another content`);
    if (head !== null && head !== 'damaged' && head.seq === seq && head.hash !== line.hash) return damageAt(seq, 'edited', `${headName} was written for another content`);
    return null;
  };

  /** One line without a head is a kill between the two; a second is not appended before the head is there. */
  const ofHead = (): ChainDamage | null => {
    if (head === 'damaged') return damageAt(last.seq, 'head-missing', `${headName} is no head`);
    if (head === null) return last.seq > 1 ? damageAt(last.seq, 'head-missing', `${headName} is gone`) : null;
    return head.seq > last.seq ? damageAt(last.seq + 1, 'truncated', `${headName} knows ${head.seq} entries, the file has ${last.seq}`) : null;
  };

  return {
    /** The line; null from the damage on. */
    next(bytes: Buffer): ChainLine | null {
      if (damage !== null) {
        if (absent !== null && isEntry(bytes, absent)) damage = damageAt(absent, 'reordered', 'it comes later in the file');
        return null;
      }
      const decoded = decodeLine(bytes);
      damage = 'wrong' in decoded ? damageAt(last.seq + 1, 'edited', `it ${decoded.wrong}`) : wrongWith(decoded.line);
      if (damage !== null || 'wrong' in decoded) return null;
      last = { seq: decoded.line.seq, hash: decoded.line.hash };
      return decoded.line;
    },
    end: (): ChainDamage | null => damage ?? ofHead(),
  };
}

function isEntry(bytes: Buffer, seq: number): boolean {
  const decoded = decodeLine(bytes);
  return 'line' in decoded && decoded.line.seq === seq;
}

function damageOf(title: string, seq: number, rule: ChainRule, why: string): ChainDamage {
  return { seq, rule, message: `the ${title} is damaged at entry ${seq} (${rule}): ${why}` };
}
