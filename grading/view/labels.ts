import { BANDS, type GradeSignal, type SignalSide } from '../types/index.ts';

/** `surging` for 81 … 100. */
export function bandOf(grade: number | null): string | null {
  return grade === null ? null : (BANDS.find(({ to }) => grade <= to)?.name ?? BANDS[BANDS.length - 1].name);
}

const SIGNALS: Readonly<Record<string, GradeSignal>> = { crashing: 'Strong Sell', losing: 'Sell', steady: 'Hold', gaining: 'Buy', surging: 'Strong Buy' };

export function gradeSignal(grade: number | null): GradeSignal | null {
  const band = bandOf(grade);
  return band === null ? null : SIGNALS[band];
}

/** Points of the grade in 24 hours below which it is said to stand still. */
const STEADY_POINTS = 1;

export function momentumOf(change24h: number | null): string | null {
  if (change24h === null) return null;
  if (Math.abs(change24h) < STEADY_POINTS) return 'Steady';
  return change24h > 0 ? 'Gaining Momentum' : 'Losing Momentum';
}

export const ACTIONS = ['Buy', 'Add', 'Hold', 'Reduce', 'Exit'] as const;
export type Action = (typeof ACTIONS)[number];

/** Points of the grade in 24 hours that make a held position larger or smaller. */
const STRONG_POINTS = 5;

/** What a holder does at this close: the signal turned, or it stands and the grade has moved. */
export function actionOf({ signal, before, change24h }: { readonly signal: SignalSide | null; readonly before: SignalSide; readonly change24h: number | null }): Action | null {
  if (signal === null) return null;
  if (signal === 1 && before !== 1) return 'Buy';
  if (signal !== 1 && (before === 1 || signal === -1)) return 'Exit';
  if (signal !== 1 || change24h === null || Math.abs(change24h) < STRONG_POINTS) return 'Hold';
  return change24h > 0 ? 'Add' : 'Reduce';
}
