import { formatTime } from '../core/index.ts';
import type { Leak, LeakName } from './types.ts';

export type CalendarUnit = 'day' | 'week' | 'month';

/** What a leak is, as far as it could be told. */
export interface Diagnosis {
  readonly name: LeakName;
  /** Bars ahead of reads-ahead and centred-window. */
  readonly bars?: number;
  /** Of calendar-period. */
  readonly unit?: CalendarUnit;
}

/** The sentence that a user reads. */
export function messageOf(subject: string, strategyId: string, timeMs: number, test: Leak['test'], diagnosis: Diagnosis): string {
  const happened = test === 'repeat' ? 'differed when the same bars were evaluated again' : `changed when bars after it were ${test === 'truncate' ? 'cut off' : 'replaced'}`;
  return `${whatOf(subject)} of ${strategyId} at ${formatTime(timeMs)} ${happened}: ${explanation(diagnosis)}`;
}

/** A subject for people. */
export function whatOf(subject: string): string {
  return subject === 'decision' || subject === 'score' ? subject : `feature ${subject}`;
}

function explanation({ name, bars = 0, unit = 'day' }: Diagnosis): string {
  const explanations: Readonly<Record<LeakName, string>> = {
    'reads-ahead': `it reads ${bars} bar${bars === 1 ? '' : 's'} ahead; use values up to the bar itself`,
    'centred-window': `it reads a window of up to ${bars} bars ahead, as one that is centred on its bar does; let windows end at the bar itself`,
    'whole-sample': 'it reads all bars, as a mean or deviation of the whole sample does; use a window that ends at the bar itself',
    'frame-extremes': 'it reads the lowest or highest value of all bars, as a scaling to the whole sample does; use the extremes up to the bar itself',
    'calendar-period': `it reads the rest of its UTC ${unit}, as a value of the ${unit} joined at its open does; join a ${unit} after it has closed`,
    'state-across-calls': 'it keeps state from one call to the next; keep state inside the function, or in initialState',
    unnamed: 'it reads bars after its own; use values up to the bar itself',
  };
  return explanations[name];
}
