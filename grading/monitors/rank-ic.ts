import { DAY_MS, normalCdf, seededNormal, seededRandom } from '../../engine/index.ts';
import type { ModelVersion, MonitorReading, Outcome } from '../types/index.ts';
import type { Cusum } from './cusum.ts';
import { versionSeed } from './healthy-paths.ts';
import { midShare } from './kolmogorov.ts';
import type { MonitorPolicy } from './policy.ts';
import { figure, notApplicable, reading, stateAbove } from './reading.ts';
import { lineAt, yearlyLines } from './yearly-lines.ts';

/** A measured t says no more than this of the deviation below that of independent ranks. */
const SURE_FRAC = 0.8;

/** What T5 expects of a day's rank IC, and where its CUSUM alarms. */
export interface IcLines {
  /** Haircut of the out-of-sample rank IC. */
  readonly good: number;
  /** Standard deviation of one observation: the mean over the markets and slots of a day. */
  readonly sd: number;
  readonly watch: readonly number[];
  readonly observationsPerYear: number;
}

/**
 * What one outcome adds to the rank IC: 12 (u − ½)(v − ½) of the ranks of score and return under the frozen reference. Its mean is Spearman's correlation
 * and its variance 1 without skill, so that single outcomes can be summed up as they come.
 *
 * null    where the outcome is not on the grid of its horizon: outcomes that overlap would be counted twice
 */
export function icOfOutcome({ score, grossReturn, closeTimeMs, timeframeMs }: Outcome, { reference, grade: { base, horizonBars } }: ModelVersion): number | null {
  if ((closeTimeMs / timeframeMs) % horizonBars !== 0 || !(base.sd > 0)) return null;
  return 12 * (midShare(reference.score, score) - 0.5) * (normalCdf((grossReturn - base.mean) / base.sd) - 0.5);
}

/**
 * Lines by simulation of a healthy IC: independent normal observations around the haircut mean.
 *
 * An observation's deviation is 1 for one market and slot a day; with several markets it follows from the out-of-sample t of the IC, but is hardly lower than for
 * independent markets.
 *
 * null    where no IC above 0 was promised
 */
export function icLines(version: ModelVersion, policy: MonitorPolicy): IcLines | null {
  const { calibration: { icMean, icT }, grade: { horizonBars }, timeframeMs, oos, data } = version;
  if (icMean === null || !(icMean > 0)) return null;
  const horizonDays = (horizonBars * timeframeMs) / DAY_MS;
  const perDay = Math.min(1, 1 / horizonDays);
  const alone = Math.sqrt(Math.min(1, horizonDays));
  const measured = icT === null || icT === 0 ? alone : Math.abs(icMean / icT) * Math.sqrt(((oos.toMs - oos.fromMs) / DAY_MS) * perDay);
  const sd = Math.min(alone, Math.max(measured, (SURE_FRAC * alone) / Math.sqrt(Math.max(1, data.length))));
  const good = policy.haircut * icMean;
  const { paths, yearDays, years } = policy.simulation;
  const observationsPerYear = Math.max(1, Math.round(yearDays * perDay));
  return { good, sd, observationsPerYear, watch: yearlyLines(highestSums(good / sd, { paths, years, perYear: observationsPerYear, seed: versionSeed(version) }), policy.T5.watchBudget) };
}

function highestSums(good: number, { paths, years, perYear, seed }: { readonly paths: number; readonly years: number; readonly perYear: number; readonly seed: number }): readonly Float64Array[] {
  const normal = seededNormal(seededRandom(seed, 'rank-ic'));
  const highest = Array.from({ length: years }, () => new Float64Array(paths));
  for (let b = 0; b < paths; b++) {
    let value = 0;
    for (const ofYear of highest) {
      for (let i = 0; i < perYear; i++) {
        value = Math.max(0, value - good / 2 - normal());
        if (value > ofYear[b]) ofYear[b] = value;
      }
    }
  }
  return highest;
}

/** Live observations of the IC. */
export interface IcRecord {
  readonly cusum: Cusum;
  readonly sum: number;
}

/** T5: the CUSUM of the rank IC; a live IC that is surely too good is an alarm for look-ahead. */
export function readIc({ cusum, sum }: IcRecord, lines: IcLines | null, { T5 }: MonitorPolicy): MonitorReading {
  if (lines === null) return notApplicable('T5', 'no rank IC above 0 was promised');
  if (cusum.n < T5.minObservations) return notApplicable('T5', `${cusum.n} of ${T5.minObservations} outcomes that do not overlap`, cusum.n);
  const watchAt = lineAt(lines.watch, cusum.n, lines.observationsPerYear);
  const mean = sum / cusum.n;
  const error = lines.sd / Math.sqrt(cusum.n);
  const crossed = stateAbove(cusum.value, watchAt, null);
  const isTooGood = crossed === 'ok' && mean - 2 * error > T5.lookAheadIc;
  const facts = `live IC ${figure(mean)} ± ${figure(error)}, healthy ${figure(lines.good)}`;
  return reading('T5', {
    state: isTooGood ? 'warn' : crossed, value: cusum.value, watchAt, n: cusum.n, reason: isTooGood ? `${facts}: an IC above ${T5.lookAheadIc} is look-ahead until shown otherwise` : facts,
  });
}
