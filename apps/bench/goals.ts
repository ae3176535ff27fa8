import type { Goal } from './case.ts';

/** At least so many times as fast as a peer or the C program. */
export function timesFaster(than: string, times: number): Goal {
  const text = than === 'C' && times === 1 ? 'no slower than C' : `≥ ${times} × ${than}`;
  return { text, isReached: (figures) => atLeast(figures.timesFaster(than), times) };
}

/** At least so many units a second. */
export function perSecond(least: number, text: string): Goal {
  return { text, isReached: (figures) => figures.perSecond >= least };
}

/** At most so many seconds, or bytes. */
export function atMost(most: number, text: string): Goal {
  return { text, isReached: ({ value }) => value <= most };
}

/** At least so many times as fast as another case of the same run. */
export function speedUp(over: string, times: number): Goal {
  return {
    text: `≥ ${times} × ${over}`,
    isReached: (figures) => {
      const other = figures.valueOf(over);
      return other === null ? null : other / figures.value >= times;
    },
  };
}

function atLeast(value: number | null, least: number): boolean | null {
  return value === null ? null : value >= least;
}
