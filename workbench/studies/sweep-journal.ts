import type { ParamSpace, SweepSpec, TrialBlock } from '../../engine/index.ts';
import { type Recorded, studyLedger, type StudyLedger } from '../ledger/index.ts';
import { recordStored, type StoredTrials } from './record-stored.ts';
import type { SweepInput } from './run-sweep.ts';
import { configOn } from './sweep-jobs.ts';

/** The ledger of a sweep, and how it is told of a block. */
export interface Journal {
  readonly ledger: StudyLedger;
  readonly record: (block: TrialBlock) => void;
  readonly addStored: (folder: string, stored: StoredTrials) => Promise<void>;
}

export function journalOf(input: SweepInput, spec: SweepSpec, id: string, space: ParamSpace): Journal | null {
  const { strategyId, codeHash, objective } = spec;
  const ledger = studyLedger(input.ledger, { id, kind: 'sweep', strategyId, codeHash, objective, markets: input.markets.flat() });
  if (ledger === null) return null;
  const evaluated = input.markets.map((markets) => ({ markets, config: configOn(input, space, markets) }));
  const record = (block: TrialBlock): void => {
    const market = Math.floor(block.from / space.points);
    ledger.trials(block, (row) => space.pointAt(block.from + row - market * space.points), evaluated[market]);
  };
  return { ledger, record, addStored: (folder, stored) => recordStored({ folder, spec, points: space.points, ...stored }, ledger.recorded(), record) };
}

export function recordedAs(journal: Journal | null): Recorded['ledger'] {
  return journal === null ? null : { claim: journal.ledger.claim };
}
