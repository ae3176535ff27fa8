import { formatTime } from '../core/index.ts';
import type { Leak, LeakName } from './types.ts';

const UNITS = { day: 'day', week: 'week', month: 'month' } as const;
export type CalendarUnit = keyof typeof UNITS;

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
  const what = subject === 'decision' ? 'decision' : `feature ${subject}`;
  const happened = test === 'repeat' ? 'differed when the same bars were evaluated again' : `changed when bars after it were ${test === 'truncate' ? 'cut off' : 'replaced'}`;
  return `${what} of ${strategyId} at ${formatTime(timeMs)} ${happened}: ${explanation(diagnosis)}`;
}

function explanation({ name, bars = 0, unit = 'day' }: Diagnosis): string {
  switch (name) {
    case 'reads-ahead':
      return `it reads ${bars} bar${bars === 1 ? '' : 's'} ahead; use values up to the bar itself`;
    case 'centred-window':
      return `it reads a window of up to ${bars} bars ahead, as one that is centred on its bar does; let windows end at the bar itself`;
    case 'whole-sample':
      return 'it reads all bars, as a mean or deviation of the whole sample does; use a window that ends at the bar itself';
    case 'frame-extremes':
      return 'it reads the lowest or highest value of all bars, as a scaling to the whole sample does; use the extremes up to the bar itself';
    case 'calendar-period':
      return `it reads the rest of its UTC ${unit}, as a value of the ${unit} joined at its open does; join a ${unit} after it has closed`;
    case 'state-across-calls':
      return 'it keeps state from one call to the next; keep state inside the function, or in initialState';
    case 'unnamed':
      return 'it reads bars after its own; use values up to the bar itself';
  }
}
