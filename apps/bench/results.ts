import type { CaseResult, GoalFigures, Size } from './case.ts';
import type { Spread } from './spread.ts';

export const RESULTS_SCHEMA = 'assay-bench/1';

/** Somebody else's time for a case, after its figures agreed with ours. */
export interface PeerFigure {
  readonly case: string;
  /** vectorbt, backtesting.py, backtrader, or C. */
  readonly peer: string;
  readonly version: string;
  /** For the whole case; scaled where only a part was run. */
  readonly seconds: Spread;
  /** Combinations that were run; below 1 the time is scaled. */
  readonly share: number;
  readonly compared: number;
  readonly largestDifference: number;
  readonly note: string;
}

/** One run of the suite. */
export interface BenchResults {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly engineVersion: string;
  readonly node: string;
  readonly processor: string;
  readonly size: Size;
  readonly cases: readonly CaseResult[];
  readonly peers: readonly PeerFigure[];
  /** Why a column of peers or of the C program is empty. */
  readonly notes: readonly string[];
}

/** What a case is judged by: the median of seconds, or of bytes; null where it was not measured. */
export function headline({ quantity, measurement }: CaseResult): Spread | null {
  if (measurement === null) return null;
  return quantity === 'bytes' ? measurement.bytes : measurement[quantity];
}

/** What the goals of a case are decided on; null where it was not measured. */
export function goalFigures(result: CaseResult, { cases, peers }: Pick<BenchResults, 'cases' | 'peers'>): GoalFigures | null {
  const spread = headline(result);
  if (spread === null) return null;
  return {
    value: spread.median,
    perSecond: result.units / spread.median,
    timesFaster: (than) => timesFaster(result, peers, than),
    valueOf: (name) => {
      const other = cases.find((one) => one.name === name);
      return other === undefined ? null : (headline(other)?.median ?? null);
    },
  };
}

/** The peer's best time ÷ our median. */
export function timesFaster(result: CaseResult, peers: readonly PeerFigure[], than: string): number | null {
  const [ours, theirs] = [headline(result), peers.find(({ case: name, peer }) => name === result.name && peer === than)];
  return ours === null || theirs === undefined ? null : theirs.seconds.min / ours.median;
}
