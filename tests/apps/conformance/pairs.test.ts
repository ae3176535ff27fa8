import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { compute } from '../../../apps/conformance/families.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/pairs-cointegration.json', import.meta.url), 'utf8')) as ConformanceFile;
const got = (metric: string, inputs: Record<string, unknown>, expected: unknown): unknown =>
  (compute({ id: 'x', metric, inputs, expected }, golden.datasets ?? {}, 'pairs_cointegration') as { got: unknown }).got;
const { x, y } = (golden.datasets as Record<string, Record<string, number[]>>).arch_eg_500;

describe('a case of pairs in other words', () => {
  it('may name its series by any of several words, in place or by the dataset', () => {
    const one = got('engle_granger', { dataset: 'arch_eg_500', dependent: 'x', regressor: 'y', trend: 'c', lags: 0 }, { statistic: 0 });
    expect(one).toEqual({ statistic: expect.closeTo(-2.734094, 4) });
    expect(got('cointegration_test', { y: x, x: y, trend: 'constant', maxlag: 0 }, { statistic: 0 })).toEqual(one);
    expect(got('coint', { dataset: 'arch_eg_500', y: 'x', x: ['y'], regression: 'c', lags: 0 }, 0)).toBeCloseTo(-2.734094, 4);
    expect(got('adf', { series: x, regression: 'nc', lags: 2 }, { p_value: 0, used_lag: 0, nobs: 0 })).toEqual({ p_value: expect.any(Number), used_lag: 2, nobs: 497 });
  });

  it('asks for critical values as a list or by level', () => {
    const list = got('adf', { series: x, trend: 'c', lags: 1 }, { critical_values: [0, 0, 0] }) as { critical_values: number[] };
    expect(list.critical_values.map((value) => value.toFixed(1))).toEqual(['-3.4', '-2.9', '-2.6']);
    expect(got('adf', { series: x, trend: 'c', lags: 1 }, { critical_values: { '5%': 0 } })).toMatchObject({ critical_values: { '5%': list.critical_values[1] } });
    expect(got('mackinnon_p_value', { statistic: -3.5, n_series: 2, regression: 'c' }, 0)).toBeCloseTo(0.032, 2);
  });

  it('of a series against itself is a refusal, or the limit that a source gives', () => {
    expect(got('engle_granger', { y: x, x, lags: 1 }, null)).toBeNull();
    expect(got('engle_granger', { y: x, x, lags: 1 }, { statistic: '-Infinity', p_value: 0 })).toEqual({ statistic: Number.NEGATIVE_INFINITY, p_value: 0 });
  });

  it('reads rows as columns for Johansen, and a Kalman filter’s means', () => {
    const johansen = got('johansen_trace', { dataset: 'statsmodels_coint_200x4', columns: [0, 1, 2, 3], det_order: 0, k_ar_diff: 1 }, { trace: [], critical_95: [] });
    expect(johansen).toMatchObject({ trace: [expect.closeTo(270.612, 3), expect.any(Number), expect.any(Number), expect.any(Number)], critical_95: [47.8545, 29.7961, 15.4943, 3.8415] });
    const kalman = got('kalman_hedge_ratio', { dataset: 'etf_tip_ief', x: 'TIP', y: 'IEF', Vw: 1e-4, Ve: 1e-3 }, { mean_e: 0, mean_sqrt_Q: 0 });
    expect(kalman).toEqual({ mean_e: expect.closeTo(0.089165, 5), mean_sqrt_Q: expect.closeTo(1.109202, 5) });
  });

  it('names a Hurst estimator by method or by metric', () => {
    expect(got('hurst', { dataset: 'brown72', method: 'simple R/S' }, 0)).toBeCloseTo(0.6590931, 6);
    expect(got('hurst_pracma', { dataset: 'brown72', d: 50 }, { simple: 0, empirical: 0, corrected_empirical: 0, theoretical: 0 })).toEqual({
      simple: expect.closeTo(0.6628842, 6), empirical: expect.closeTo(0.6920439, 6), corrected_empirical: expect.closeTo(0.6577233, 6), theoretical: expect.closeTo(0.5404756, 6),
    });
    expect(got('hurst_lagged_std', { dataset: 'etf_johansen_spread', max_lag: 100 }, 0)).toEqual(expect.any(Number));
    expect(got('half_life', { dataset: 'etf_johansen_spread', series: 'spread', method: 'exact' }, 0)).toBeCloseTo(30.88, 0);
  });
});
