import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../../apps/conformance/case.ts';
import { agrees } from '../../../../apps/conformance/compare.ts';
import { compute } from '../../../../apps/conformance/families.ts';
import {
  augmentedDickeyFuller, engleGranger, halfLife, hurstByDivisors, hurstHalving, hurstOfPrices, hurstSimple, kalmanHedge, mackinnonCriticalValues,
} from '../../../../engine/index.ts';

const golden = JSON.parse(readFileSync(new URL('../../../golden/pairs-cointegration.json', import.meta.url), 'utf8')) as ConformanceFile;
const datasets = golden.datasets as Record<string, Record<string, number[]>>;
const column = (dataset: string, name: string): Float64Array => Float64Array.from(datasets[dataset][name]);
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('published figures of pairs', () => {
  it.each(golden.cases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const result = compute(one, golden.datasets ?? {}, golden.family) as { got: unknown };
    expect(agrees(result.got, one.expected, one.tolerance), JSON.stringify(result)).toBe(true);
  });

  it('lags by information criterion are those that arch chooses', () => {
    const { y, w } = { y: column('arch_eg_500', 'y'), w: column('arch_eg_500', 'w') };
    const lags = (by: 'aic' | 'bic', trend: 'n' | 'c' | 'ct', dependent: Float64Array, regressor: Float64Array): number =>
      engleGranger(dependent, [regressor], { trend, lags: { by, max: 17 } }).lags;
    expect([lags('aic', 'n', w, y), lags('bic', 'n', y, w), lags('aic', 'c', w, y), lags('aic', 'c', y, w), lags('bic', 'ct', w, y)]).toEqual([5, 1, 4, 5, 1]);
  });

  it('a Kalman hedge of IEF on TIP has the mean error and deviation that arbitragelab tests for', () => {
    const { error, errorVariance } = kalmanHedge(column('etf_tip_ief', 'IEF'), column('etf_tip_ief', 'TIP'));
    expect(mean(error)).toBeCloseTo(0.089165, 5);
    expect(mean(errorVariance.map(Math.sqrt))).toBeCloseTo(1.109202, 5);
  });

  it('the spread of five ETFs halves in 31.23 bars', () => {
    expect(halfLife(column('etf_johansen_spread', 'spread')).value).toBeCloseTo(31.23, 2);
  });

  it('Hurst exponents of brown72 are those that pracma prints, and Skender’s of the S&P 500 ETF over 500 bars', () => {
    const x = column('brown72', 'x');
    const { empirical, corrected, theoretical, rows } = hurstByDivisors(x);
    expect([hurstSimple(x.subarray(0, rows)).value, empirical.value, corrected.value, theoretical.value].map((value) => value?.toFixed(7))).toEqual([
      '0.6628842', '0.6920439', '0.6577233', '0.5404756',
    ]);
    expect(hurstHalving(x).value).toBeCloseTo(0.7384611, 7);
    expect(hurstOfPrices(column('skender_default_close', 'close'), 500).value).toBeCloseTo(0.568, 4);
  });

  it('critical values of cointegration are those that the cases record', () => {
    type Recorded = { readonly metric: string; readonly critical_values_1_5_10?: readonly number[]; readonly inputs: { readonly trend: 'c' | 'ct' | 'ctt'; readonly x_columns: readonly number[] } };
    const recorded = (golden.cases as unknown as readonly Recorded[]).filter((one) => one.metric === 'engle_granger' && one.critical_values_1_5_10 !== undefined);
    expect(recorded.length).toBeGreaterThan(8);
    for (const { inputs: { trend, x_columns: others }, critical_values_1_5_10: expected = [] } of recorded) {
      const found = Object.values(mackinnonCriticalValues({ trend, series: others.length + 1 }, 199) ?? {});
      found.forEach((value: number, i) => expect(value, `${trend}, ${others.length + 1} series`).toBeCloseTo(expected[i], 10));
    }
  });

  it('critical values agree with Stata’s to two decimals', () => {
    const { criticalValues } = augmentedDickeyFuller(column('us_macro_quarterly', 'infl'), { trend: 'ct', lags: 1 });
    Object.values(criticalValues ?? {}).forEach((value: number, i) => expect(value).toBeCloseTo([-4.006, -3.437, -3.137][i], 2));
    expect.assertions(3);
  });
});
