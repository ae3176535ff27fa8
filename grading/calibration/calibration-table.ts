import type { Outcome } from '../types/index.ts';
import { type Arranged, arrange } from './arrange.ts';
import { betaNeutralReturns } from './beta-neutral.ts';
import { BAND_RANGES, bucketTable, TENTHS } from './buckets.ts';
import { decay } from './decay.ts';
import { designEffect } from './design-effect.ts';
import { monotonicity } from './monotonicity.ts';
import { contribution, numeraiCorr } from './numerai.ts';
import { power } from './power.ts';
import { crossSections, crossSectionSummary, LEAST_TOKENS, summaryOf, timeSeriesSummary, tokenIcs } from './rank-ic.ts';
import { reliability } from './reliability.ts';
import { type CalibrationTable, type CalibrationTableOptions, type IcSummary, outcomeKey } from './types.ts';

const DRAWS = 300;

/**
 * How the grades of one model held against what followed them, as plain JSON. Entries in any order give the same table.
 *
 * throws  InputError `outcomes-missing`, `outcomes-mixed`
 */
export function calibrationTable(outcomes: readonly Outcome[], { seed, draws = DRAWS, benchmark, references = {} }: CalibrationTableOptions): CalibrationTable {
  const arranged = arrange(outcomes);
  const { gross, times, rowsOf, horizonBars } = arranged;
  const perIndependent = designEffect(arranged);
  const bootstrap = { seed, draws };
  return {
    n: outcomes.length,
    nEffective: outcomes.length / perIndependent,
    markets: rowsOf.size,
    horizonBars,
    fromMs: times[0],
    toMs: times[times.length - 1],
    crossSection: crossSectionSummary(arranged, gross),
    tokens: tokenIcs(arranged, gross),
    timeSeries: timeSeriesSummary(arranged, gross),
    betaNeutral: benchmark === undefined ? null : betaNeutral(arranged, benchmark),
    numerai: {
      corr: summaryOf(crossSections(arranged, gross, numeraiCorr), horizonBars, `no bar has outcomes of ${LEAST_TOKENS} tokens`),
      mmc: Object.fromEntries(Object.entries(references).map(([name, scores]) => [name, contributionBeside(arranged, scores)])),
    },
    buckets: bucketTable(arranged.outcomes, TENTHS, perIndependent),
    bands: bucketTable(arranged.outcomes, BAND_RANGES, perIndependent),
    monotonicity: monotonicity(arranged, TENTHS, bootstrap),
    reliability: reliability(arranged, perIndependent, bootstrap),
    decay: decay(arranged),
    power: power(arranged, bootstrap),
  };
}

function betaNeutral(arranged: Arranged, { name, returns }: NonNullable<CalibrationTableOptions['benchmark']>): CalibrationTable['betaNeutral'] {
  const neutral = betaNeutralReturns(arranged, returns);
  return { benchmark: name, crossSection: crossSectionSummary(arranged, neutral), timeSeries: timeSeriesSummary(arranged, neutral) };
}

function contributionBeside({ outcomes, rowsAt, score, gross, horizonBars }: Arranged, reference: ReadonlyMap<string, number>): IcSummary {
  const other = Float64Array.from(outcomes, (outcome) => reference.get(outcomeKey(outcome)) ?? Number.NaN);
  const values = rowsAt.map((all) => {
    const rows = all.filter((row) => Number.isFinite(other[row]));
    const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
    return rows.length < LEAST_TOKENS ? null : contribution(pick(score), pick(other), pick(gross));
  });
  return summaryOf(Float64Array.from(values.filter((value) => value !== null)), horizonBars, `no bar has outcomes and a reference of ${LEAST_TOKENS} tokens`);
}
