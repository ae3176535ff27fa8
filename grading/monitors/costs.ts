import type { ModelVersion, MonitorReading, PaperFill } from '../types/index.ts';
import { type EProcess, evidenceOf, NO_EVIDENCE, pushCost } from './e-process.ts';
import type { MonitorPolicy } from './policy.ts';
import { figure, notApplicable, reading } from './reading.ts';

/** Realised costs of a model's fills as multiples of the modelled ones. */
export interface CostRecord {
  readonly n: number;
  readonly sum: number;
  readonly evidence: EProcess;
}

export const NO_COSTS: CostRecord = { n: 0, sum: 0, evidence: NO_EVIDENCE };

/**
 * Fee and slippage of a fill ÷ half of the modelled round trip.
 *
 * null    where no cost was modelled, or the fill has no notional
 */
export function costMultiple({ feeQuote, slippageQuote, qtyBase, price }: PaperFill, { grade: { roundTripCost } }: ModelVersion): number | null {
  const notional = Math.abs(qtyBase * price);
  return roundTripCost > 0 && notional > 0 ? (feeQuote + slippageQuote) / notional / (roundTripCost / 2) : null;
}

export function pushFill(record: CostRecord, fill: PaperFill, version: ModelVersion): CostRecord {
  const multiple = costMultiple(fill, version);
  if (multiple === null) return record;
  const limit = version.oos.breakEvenMultiple;
  const evidence = limit !== null && limit > 0 ? pushCost(record.evidence, multiple, limit) : record.evidence;
  return { n: record.n + 1, sum: record.sum + multiple, evidence };
}

/** T2: evidence that the mean cost of a fill is above what the edge can pay. */
export function readCosts({ n, sum, evidence }: CostRecord, { oos: { breakEvenMultiple } }: ModelVersion, { T2 }: MonitorPolicy): MonitorReading {
  if (n === 0) return notApplicable('T2', 'no fill of a paper account yet');
  const facts = `fills cost ${figure(sum / n)} times what was modelled`;
  if (breakEvenMultiple === null || !(breakEvenMultiple > 0)) return notApplicable('T2', `${facts}; no break-even multiple was measured`, n);
  if (n < T2.minFills) return notApplicable('T2', `${facts}; ${n} of ${T2.minFills} fills`, n);
  const value = evidenceOf(evidence);
  return reading('T2', { state: value >= T2.evidence ? 'watch' : 'ok', value, watchAt: T2.evidence, n, reason: `${facts}, break-even ${figure(breakEvenMultiple)} times` });
}
