import { probit } from '../../engine/index.ts';
import type { ModelVersion, MonitorReading } from '../types/index.ts';
import { type Cusum, NEW_CUSUM, pushCusum } from './cusum.ts';
import { type EProcess, evidenceOf, NO_EVIDENCE, pushShortfall } from './e-process.ts';
import { winsorised } from './healthy-paths.ts';
import type { MonitorPolicy } from './policy.ts';
import { type ProfitLines, scaleAt } from './profit-lines.ts';
import { figure, notApplicable, percent, reading, stateAbove } from './reading.ts';
import { liveSharpe, NO_RETURNS, probabilityAbove, pushReturn, type ReturnSums, type SharpeBelief, sharpePrior, updateSharpe } from './sharpe-posterior.ts';
import { lineAt } from './yearly-lines.ts';

/** The live days of a model, as T6–T9 remember them. */
export interface ProfitRecord {
  readonly cusum: Cusum;
  readonly wealth: number;
  readonly peak: number;
  readonly returns: ReturnSums;
  /** Against "the mean is at least the haircut of the promise". */
  readonly shortfall: EProcess;
  /** Against "the mean is at most 0". */
  readonly profit: EProcess;
}

export const NO_PROFIT: ProfitRecord = { cusum: NEW_CUSUM, wealth: 1, peak: 1, returns: NO_RETURNS, shortfall: NO_EVIDENCE, profit: NO_EVIDENCE };

/** One live day's net return; without a promise only wealth and sums move. */
export function pushDay(record: ProfitRecord, r: number, lines: ProfitLines | null): ProfitRecord {
  const wealth = record.wealth * Math.max(0, 1 + r);
  const moved = { ...record, wealth, peak: Math.max(record.peak, wealth), returns: pushReturn(record.returns, r) };
  if (lines === null) return moved;
  const { sd, midpoint, winsorSd, good } = lines.promised;
  const z = r / sd;
  return {
    ...moved, cusum: pushCusum(record.cusum, winsorised(z, winsorSd), midpoint),
    shortfall: pushShortfall(record.shortfall, z, good), profit: pushShortfall(record.profit, -z, 0),
  };
}

/** Belief about the Sharpe ratio: the promise at its haircut, and the live days. */
export function sharpeBelief({ returns }: ProfitRecord, { oos }: ModelVersion, lines: ProfitLines | null, { haircut, T8 }: MonitorPolicy): SharpeBelief | null {
  const prior = sharpePrior(oos.sharpeAnn, oos.sharpeErrorAnn, haircut);
  if (prior === null || lines === null) return null;
  if (returns.n === 0) return prior;
  const { estimate, error } = liveSharpe(returns, lines.promised.sd, T8.priorDays, oos.observationsPerYear);
  return updateSharpe(prior, estimate, error);
}

/** T6–T9. */
export function readProfit(record: ProfitRecord, version: ModelVersion, lines: ProfitLines | null, policy: MonitorPolicy): readonly MonitorReading[] {
  if (lines === null) return (['T6', 'T7', 'T8', 'T9'] as const).map((id) => notApplicable(id, 'no profit was promised out of sample'));
  if (record.returns.n === 0) return (['T6', 'T7', 'T8', 'T9'] as const).map((id) => notApplicable(id, 'no live day yet'));
  return [readCusum(record, lines, policy), readDrawdown(record, lines, policy), readPosterior(record, version, lines, policy), readShortfall(record, policy)];
}

function readCusum({ cusum: { value, n } }: ProfitRecord, { cusum, promised: { good } }: ProfitLines, { simulation: { yearDays }, T6 }: MonitorPolicy): MonitorReading {
  const watchAt = lineAt(cusum.watch, n, yearDays);
  const suspendAt = lineAt(cusum.suspend, n, yearDays);
  const lines = `${percent(T6.watchBudget)} and ${percent(T6.suspendBudget)} of healthy models cross the lines in a year`;
  return reading('T6', { state: stateAbove(value, watchAt, suspendAt), value, watchAt, suspendAt, n, reason: `days cut at ±${T6.winsorSd} σ, good ${figure(good)} σ a day, bad 0; ${lines}` });
}

function readDrawdown({ wealth, peak, returns: { n } }: ProfitRecord, { depth }: ProfitLines, { simulation: { yearDays }, T7 }: MonitorPolicy): MonitorReading {
  const drawdown = wealth / peak - 1;
  const scale = scaleAt(depth.scale, n);
  const watchAt = scale * lineAt(depth.watch, n, yearDays);
  const suspendAt = scale * lineAt(depth.suspend, n, yearDays);
  const reason = `at ${n} days; ${percent(T7.watchBudget)} and ${percent(T7.suspendBudget)} of healthy models leave the bands on any day of a year`;
  return reading('T7', { state: stateAbove(-drawdown, watchAt, suspendAt), value: drawdown, watchAt: -Math.min(1, watchAt), suspendAt: -Math.min(1, suspendAt), n, reason });
}

function readPosterior(record: ProfitRecord, version: ModelVersion, lines: ProfitLines, policy: MonitorPolicy): MonitorReading {
  const belief = sharpeBelief(record, version, lines, policy);
  const { n } = record.returns;
  if (belief === null) return notApplicable('T8', 'the promise has no Sharpe ratio', n);
  const { T8, haircut, simulation: { yearDays } } = policy;
  const value = probabilityAbove(belief, 0);
  // In z: P = Φ(z) below a line is −z above it.
  const watchZ = Math.max(-probit(T8.watchBelow), lineAt(lines.posterior.watch, n, yearDays));
  const suspendZ = Math.max(-probit(T8.suspendBelow), lineAt(lines.posterior.suspend, n, yearDays));
  const half = probabilityAbove(belief, haircut * (version.oos.sharpeAnn ?? 0));
  return reading('T8', {
    state: n < T8.minDays ? 'ok' : stateAbove(-belief.mean / belief.sd, watchZ, suspendZ), value, n,
    watchAt: probabilityAbove({ mean: 0, sd: 1 }, watchZ), suspendAt: probabilityAbove({ mean: 0, sd: 1 }, suspendZ),
    reason: `P(Sharpe > 0) of N(${figure(belief.mean)}, ${figure(belief.sd)}²); P(above the haircut promise) ${figure(half)}`,
  });
}

function readShortfall({ shortfall, profit, cusum }: ProfitRecord, { T9 }: MonitorPolicy): MonitorReading {
  const value = evidenceOf(shortfall);
  const reason = `evidence against the haircut promise; for a mean above 0: ${figure(evidenceOf(profit))}`;
  return reading('T9', { state: value >= T9.evidence ? 'warn' : 'ok', value, n: cusum.n, reason: value >= T9.evidence ? `${reason}; confirms T6` : reason });
}
