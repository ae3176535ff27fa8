import type { FundingTable } from '../../engine/market/index.ts';
import type { SourceFile } from '../types.ts';

export interface FundingOptions {
  /** Which column holds the rate, by name, where several could. */
  readonly rateColumn?: string;
  /** Take rates beyond ±5 % a payment, and a file that names another coin. */
  readonly anyway?: boolean;
  /** IANA zone of times that carry none. Default UTC. */
  readonly timeZone?: string;
  /** Which entry of a zip holds the rates, when there are several. */
  readonly entry?: string;
}

/** How far apart payments are. */
export interface FundingSteps {
  /** Median time between two payments; null for a single one. */
  readonly intervalMs: number | null;
  /** Steps longer than one and a half of the longest usual interval. */
  readonly gaps: number;
  readonly longestStepMs: number;
}

/** Funding payments of one perpetual: ascending, unique, on whole minutes. */
export interface FundingImport extends FundingTable, FundingSteps {
  /** Name and version of the reader: `bybit-funding/1`. */
  readonly importer: string;
  readonly source: SourceFile;
  /** What the file, or its name, says the market is. */
  readonly symbol?: string;
  readonly rowsRead: number;
  /** Rows that said the same of the same minute. */
  readonly duplicates: number;
  /** Decisions that were taken while reading, in words. */
  readonly notes: readonly string[];
}
