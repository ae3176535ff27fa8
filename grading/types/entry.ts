import type { FiredAlert } from './alerts.ts';
import type { IndexRebalance, IndexValue, MoonshotOutcome, MoonshotPick, PaperFill, PaperValue } from './portfolios.ts';
import type { InvestorGrade, ModelDay, Outcome, TraderGrade } from './grades.ts';
import type { ClosedBar, Market } from './market.ts';
import type { ModelKey, Transition } from './model.ts';
import type { ModelHealth } from './monitors.ts';

/** Everything that the service received or published, by type. */
export interface EntryPayloads {
  /** `sha256` names the file of the columns in the object store. */
  readonly history_loaded: { readonly market: Market; readonly sha256: string; readonly bars: number; readonly firstOpenMs: number | null; readonly lastOpenMs: number | null };
  readonly bar_received: ClosedBar;
  readonly bar_late: ClosedBar;
  readonly gap: { readonly market: Market; readonly fromMs: number; readonly toMs: number; readonly reason: string };
  readonly close: { readonly timeframeMs: number; readonly closeTimeMs: number };
  readonly feed_status: { readonly isConnected: boolean; readonly detail: string };
  /** A version or a state came from the registry. */
  readonly model_changed: { readonly transition: Transition; readonly sha256: string; /** Place of the change in the registry's journal. */ readonly registrySeq: number };
  readonly grade_published: TraderGrade;
  /** A late revision of a bar: what the grade would have been; the first stays what was published. */
  readonly grade_revised: TraderGrade;
  readonly investor_published: InvestorGrade;
  readonly outcome_resolved: Outcome;
  readonly model_day: ModelDay;
  readonly model_health: ModelHealth;
  /** A monitor's decision; the registry gets it after it is written here. */
  readonly transition: Transition;
  readonly index_rebalanced: IndexRebalance;
  readonly index_valued: IndexValue;
  readonly moonshot_picked: MoonshotPick;
  readonly moonshot_resolved: MoonshotOutcome;
  readonly paper_filled: PaperFill;
  readonly paper_valued: PaperValue;
  readonly alert_fired: FiredAlert;
  readonly key_event: { readonly keyId: string; readonly event: 'created' | 'rotated' | 'revoked' | 'expired'; readonly scopes: readonly string[]; readonly actor: string };
}

export type EntryType = keyof EntryPayloads;

/** What is to be written. */
export type EntryDraft<T extends EntryType = EntryType> = T extends EntryType ? { readonly type: T; readonly model: ModelKey | null; readonly payload: EntryPayloads[T] } : never;

/** What was written: `tsMs` is the time of the event that it follows from, the same in every replay. */
export type Entry<T extends EntryType = EntryType> = EntryDraft<T> & { readonly seq: number; readonly tsMs: number };

/**
 * A part of the service. It hears every entry in order: `apply` takes it into the state, `respond` says what follows from it.
 *
 * Deterministic: the same entries give the same answers. After a restart the state is rebuilt by `apply` alone, so whatever a later answer depends on
 * must come from entries (its own included), never from `respond`.
 */
export interface Processor {
  readonly name: string;
  apply(entry: Entry): void;
  /** Called once for every entry after all processors have applied it; what it returns is written behind it, and heard in turn. */
  respond(entry: Entry): readonly EntryDraft[];
}
