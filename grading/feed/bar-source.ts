import type { Market } from '../types/index.ts';
import type { RawBar } from './raw-bar.ts';
import type { BarRange } from './sequencer-types.ts';

/** Where a source puts what it hears. */
export interface BarSink {
  push(bars: readonly RawBar[]): void;
  /** Whether the source can be heard; a repeated state with another detail is told too. */
  connect(isConnected: boolean, detail: string): void;
  /** Resolves when what was pushed has been read far enough for more. */
  room(): Promise<void>;
}

/** Where bars come from, in whatever order and state. */
export interface BarSource {
  readonly name: string;
  readonly markets: readonly Market[];
  /** So long after its close a bar that the source does not have will not come any more; Infinity where it may at any time. */
  readonly settleMs: number;
  /**
   * Bars that open in a range, ascending, forming ones marked; others may be among them. It answers or fails in bounded time.
   *
   * throws  DataError `source-unavailable` where it may answer later
   */
  fetch(range: BarRange, signal: AbortSignal): Promise<readonly RawBar[]>;
  /** The last closed bars before a time, where that is not what `fetch` gives of the bars just before it. */
  history?(key: string, count: number, beforeMs: number, signal: AbortSignal): Promise<readonly RawBar[]>;
  /** Hears bars until the signal aborts; a source without it is asked after every close. */
  stream?(sink: BarSink, signal: AbortSignal): Promise<void>;
}
