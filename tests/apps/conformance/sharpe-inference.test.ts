import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { agrees } from '../../../apps/conformance/compare.ts';
import { compute } from '../../../apps/conformance/families.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/sharpe-inference.json', import.meta.url), 'utf8')) as ConformanceFile;
const got = (metric: string, inputs: Record<string, unknown>, expected: unknown = 0): unknown =>
  (compute({ id: 'one', metric, inputs, expected }, {}, 'sharpe_inference') as { got: unknown }).got;

describe('published figures of Sharpe inference', () => {
  it.each(golden.cases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const result = compute(one, golden.datasets ?? {}, golden.family);
    expect(result).toHaveProperty('got');
    const value = (result as { got: unknown }).got;
    expect(agrees(value, one.expected, one.tolerance), `got ${JSON.stringify(value)}, expected ${JSON.stringify(one.expected)}`).toBe(true);
  });
});

describe('the same figures asked for in other ways', () => {
  it('take the moments of returns, the excess kurtosis, or an annual ratio', () => {
    const psr = got('psr', { sr: 0.1, n: 500, skew: -1, kurtosis: 8 });
    expect(got('psr', { sr: 0.1, n: 500, skew: -1, excess_kurtosis: 5 })).toBe(psr);
    expect(got('psr', { sr_annual: 0.1 * Math.sqrt(252), periods_per_year: 252, n: 500, skewness: -1, kurtosis: 8 })).toBeCloseTo(psr as number, 12);
    expect(got('probabilistic_sharpe_ratio', { returns: [0.01, -0.02, 0.03, 0.01, 0, 0.02] })).toBeGreaterThan(0.5);
  });

  it('name the denominator and the point of the variance', () => {
    const inputs = { sr: 0.5, n: 25, skew: 0, kurtosis: 3 };
    const [over24, over25] = [got('sharpe_standard_error', inputs) as number, got('sharpe_standard_error', { ...inputs, denominator: 'T' }) as number];
    expect(over24 / over25).toBeCloseTo(Math.sqrt(25 / 24), 12);
    expect(got('psr', { ...inputs, variance_at: 'benchmark_sr', denominator: 'T' })).toBeCloseTo(got('psr_null_variance', inputs) as number, 12);
  });

  it('take the variance of listed trials with ddof 1 unless another is stated', () => {
    const inputs = { sr: 1.14, trial_srs: [3.5, 1.01, 1.02], n: 250, skew: 0, kurtosis: 3 };
    expect(got('dsr', { ...inputs, trial_std_ddof: 0 })).toBeCloseTo(0.95836, 4);
    expect(got('dsr', inputs, { benchmark: 0 })).toMatchObject({ benchmark: expect.closeTo(1.2235, 3) as number });
  });

  it('name one method of adjusting p-values', () => {
    const p = [0.005, 0.009, 0.0128, 0.0135, 0.045, 0.06];
    expect(agrees(got('p_value_adjustment', { p_values: p, method: 'benjamini_hochberg' }, []), [0.02025, 0.02025, 0.02025, 0.02025, 0.054, 0.06], { abs: 1e-12 })).toBe(true);
    expect(agrees(got('p_value_adjustment', { p_values: p, method: 'benjamini_yekutieli' }, []), [0.0496125, 0.0496125, 0.0496125, 0.0496125, 0.1323, 0.147], { abs: 1e-12 })).toBe(true);
  });
});
