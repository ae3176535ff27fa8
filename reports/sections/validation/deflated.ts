import { expectedMaximum, isMissing, normalCdf, probit, type SearchEvidence } from '../../../engine/index.ts';

const STEPS = 60;

export interface DeflatedCurve {
  /** Trials of the claim in the ledger. */
  readonly ledgerTrials: number;
  readonly points: readonly { readonly trials: number; readonly dsr: number }[];
}

/**
 * Deflated Sharpe ratio against the number of trials, through the measured one at the ledger's number.
 *
 * The luck line grows as the expected maximum of N draws; the winner's standard error is the one that the measured ratio implies.
 *
 * null    a reason where the measured ratio fixes no standard error
 * source  Bailey & López de Prado (2014), J. Portfolio Management 40(5)
 */
export function deflatedCurve({ ledgerTrials, winner, luckSharpeAnn, dsr }: SearchEvidence): DeflatedCurve | { readonly missing: string } {
  if (isMissing(ledgerTrials)) return { missing: ledgerTrials.missing };
  if (dsr === null || winner.sharpeAnn === null || luckSharpeAnn === null) return { missing: 'the deflated Sharpe ratio is not defined for these trials' };
  const { n } = ledgerTrials;
  if (n < 2) return { missing: 'one trial needs no deflation' };
  const z = dsr > 0 && dsr < 1 ? probit(dsr) : 0;
  const sharpeAnn = winner.sharpeAnn;
  const standardError = (sharpeAnn - luckSharpeAnn) / z;
  if (!(standardError > 0) || !Number.isFinite(standardError)) return { missing: 'the deflated Sharpe ratio is too close to 0, ½ or 1 to draw its course' };
  const unit = luckSharpeAnn / expectedMaximum(n);
  const counts = logSpaced(Math.max(1_000, 10 * n), n);
  return { ledgerTrials: n, points: counts.map((trials) => ({ trials, dsr: trials === n ? dsr : normalCdf((sharpeAnn - unit * expectedMaximum(trials)) / standardError) })) };
}

/** Whole numbers from 1 to `most`, evenly on a log axis, with `n` among them. */
function logSpaced(most: number, n: number): number[] {
  const counts = new Set([n, ...Array.from({ length: STEPS }, (_, i) => Math.round(most ** (i / (STEPS - 1))))]);
  return [...counts].sort((a, b) => a - b);
}
