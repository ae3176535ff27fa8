import { canonicalJson, sha256 } from '../../engine/index.ts';
import { type ChainDamage, type ChainHead, checkJournal, type JournalLine } from '../../workbench/index.ts';
import { journalsOf } from './journals.ts';
import { auditObjects, type ObjectsAudit } from './objects.ts';

export interface JournalAudit {
  /** `registry/journal`, `grading/live` */
  readonly journal: string;
  /** Whole ones, before the damage. */
  readonly entries: number;
  /** The last of them. */
  readonly head: ChainHead;
  /** The first entry that is not as it was written. */
  readonly damage: ChainDamage | null;
  /** What a kill left of a batch; the next writer moves it aside. */
  readonly tornBytes: number;
}

export interface Audit {
  readonly journals: readonly JournalAudit[];
  readonly objects: ObjectsAudit;
  readonly isIntact: boolean;
}

/** Checks every journal below a home folder line by line, and every file that is named by its content. */
export function auditOf(home: string): Audit {
  const named = new Map<string, string>();
  const journals = journalsOf(home).map(({ journal, folder, name }): JournalAudit => {
    let falsePayload: ChainDamage | null = null;
    const { entries, hash, damage, tornBytes } = checkJournal(folder, name, (line) => {
      falsePayload ??= damageOfPayload(journal, line);
      const object = objectOf(line);
      if (object !== null && !named.has(object)) named.set(object, `entry ${line.seq} of ${journal}`);
    });
    return { journal, entries, head: { seq: entries, hash }, damage: falsePayload ?? damage, tornBytes };
  });
  const objects = auditObjects(home, named);
  return { journals, objects, isIntact: objects.damage.length === 0 && journals.every(({ damage }) => damage === null) };
}

/** An entry whose own chain is right, and whose payload is not that of its hash: its writer was wrong. */
function damageOfPayload(journal: string, { seq, payload, payloadSha256 }: JournalLine): ChainDamage | null {
  if (payloadSha256 === undefined || payloadSha256 === sha256(canonicalJson(payload))) return null;
  return { seq, rule: 'edited', message: `${journal} is damaged at entry ${seq} (edited): its payload is not that of payloadSha256` };
}

/** The object that an entry cannot be read without. */
function objectOf({ type, payload }: JournalLine): string | null {
  if (type !== 'model_changed' && type !== 'history_loaded') return null;
  return (payload as { readonly sha256?: string } | null)?.sha256 ?? null;
}
