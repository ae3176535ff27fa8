import { canonicalJson } from '../../engine/index.ts';
import type { Entry, EntryDraft, EntryType, Processor } from '../types/index.ts';

/** What comes from outside; all other entries follow from these. Alerts are among them, as their rules may change from day to day. */
export const INPUT_TYPES: readonly EntryType[] = ['history_loaded', 'bar_received', 'bar_late', 'gap', 'close', 'feed_status', 'model_changed', 'key_event', 'alert_fired'];

export interface JournalReplay {
  readonly inputs: number;
  readonly derived: number;
  /** The first entry that a replay of the inputs does not give byte for byte. */
  readonly difference: { readonly seq: number; readonly recorded: string | null; readonly replayed: string | null } | null;
}

/**
 * Hears the inputs of a journal again with fresh processors, and compares what follows with what was published.
 *
 * @param prepare makes ready what an entry names, such as a model's code, before it is heard
 */
export async function replayJournal(entries: Iterable<Entry>, processors: readonly Processor[], prepare: (entry: Entry) => Promise<void> = async () => undefined): Promise<JournalReplay> {
  let [inputs, derived] = [0, 0];
  /** Answers that the replay has given and the journal has not shown yet. */
  let expected: EntryDraft[] = [];
  let lastSeq = 0;

  const hear = (entry: Entry): void => {
    for (const processor of processors) processor.apply(entry);
    for (const processor of processors) expected.push(...processor.respond(entry));
  };
  const differs = (seq: number, recorded: Entry | null, replayed: EntryDraft | null): JournalReplay => ({
    inputs, derived, difference: { seq, recorded: recorded && textOf(recorded), replayed: replayed && textOf(replayed) },
  });

  for (const entry of entries) {
    lastSeq = entry.seq;
    if (INPUT_TYPES.includes(entry.type)) {
      if (expected.length > 0) return differs(entry.seq, null, expected[0]);
      inputs++;
      await prepare(entry);
    } else {
      const [next, ...rest] = expected;
      if (next === undefined || textOf(next) !== textOf(entry)) return differs(entry.seq, entry, next ?? null);
      expected = rest;
      derived++;
    }
    hear(entry);
  }
  return expected.length > 0 ? differs(lastSeq + 1, null, expected[0]) : { inputs, derived, difference: null };
}

function textOf({ type, model, payload }: EntryDraft): string {
  return canonicalJson({ type, model, payload });
}
