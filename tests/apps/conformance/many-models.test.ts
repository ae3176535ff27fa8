import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { readCaseFile } from '../../../apps/conformance/case-file.ts';
import { agrees } from '../../../apps/conformance/compare.ts';
import { compute } from '../../../apps/conformance/families.ts';
import { evaluateFormula } from '../../../apps/conformance/formula.ts';

const pathOf = (name: string): string => new URL(`../../golden/${name}.json`, import.meta.url).pathname;
const got = (metric: string, inputs: Record<string, unknown>, expected: unknown = 0, datasets: Record<string, unknown> = {}): unknown =>
  (compute({ id: 'one', metric, inputs, expected }, datasets, 'overfitting_cscv') as { got: unknown }).got;

describe.each(['bootstrap-multiple-testing', 'overfitting-cscv'])('published figures of %s', (name) => {
  const golden: ConformanceFile = readCaseFile(pathOf(name));
  it.each(golden.cases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const result = compute(one, golden.datasets ?? {}, golden.family);
    expect(result).toHaveProperty('got');
    const value = (result as { got: unknown }).got;
    expect(agrees(value, one.expected, one.tolerance), `got ${JSON.stringify(value)}, expected ${JSON.stringify(one.expected)}`).toBe(true);
  });
});

describe('the same figures asked for in other ways', () => {
  const { datasets = {} } = JSON.parse(readFileSync(pathOf('bootstrap-multiple-testing'), 'utf8')) as ConformanceFile;
  const spa = { dataset: 'spa_60x6', block_size: 5 };

  it('take White’s Reality Check for the upper bound of raw means, and the conservative rule by name', () => {
    expect(got('reality_check_pvalue', spa, { p: 0 }, datasets)).toEqual({ p: (got('spa_pvalues', spa, { upper: 0 }, datasets) as { upper: number }).upper });
    expect(got('reality_check_pvalue', { ...spa, p_value: '(1+count)/(1+B)' }, 0, datasets)).toBeCloseTo((1 + 9) / 201, 12);
  });

  it('take the form of SPA from the name or from the statistic', () => {
    const named = got('spa_pvalues_studentised', spa, { consistent: 0 }, datasets);
    expect(got('hansen_spa', spa, { consistent: 0 }, datasets)).toEqual(named);
    expect(got('spa_pvalues', { ...spa, statistic: 'studentized' }, { consistent: 0 }, datasets)).toEqual(named);
  });

  it('draw blocks by length as by probability, moving as circular', () => {
    expect(got('stationary_bootstrap_indices', { integer_draws: [2, 0, 1], uniform_draws: [0.9, 0.4, 0.6], block_size: 2 }, [])).toEqual([2, 0, 1]);
    expect(got('moving_block_bootstrap_indices', { n: 5, block_size: 3, block_starts: [1, 2] }, [])).toEqual([1, 2, 3, 2, 3]);
  });

  it('drop rows at the tail where a case says so', () => {
    const rows = [[1, 9], [2, 1], [3, 2], [4, 8], [9, 1]];
    expect(got('pbo', { rows, s: 2, metric: 'mean', drop: 'tail' })).toBe(got('pbo', { rows: rows.slice(0, 4), s: 2, metric: 'mean' }));
    expect(got('pbo', { rows, s: 2, metric: 'mean' }, { pbo_drop_tail: 0 })).toEqual({ pbo_drop_tail: got('pbo', { rows: rows.slice(0, 4), s: 2, metric: 'mean' }) });
  });

  it('name the loss, the logits, or the count alone', () => {
    const inputs = { rows: [[0.02, 0.01], [0.03, -0.01], [0.02, 0.01], [0.04, -0.01]], S: 2, metric: 'mean' };
    expect(got('probability_of_loss', inputs)).toBe(0);
    expect(got('median_logit', inputs)).toBeCloseTo(Math.log(2), 12);
    expect(got('number_of_combinations', { S: 16 })).toBe(12_870);
  });

  it('end with the reason where the statistic is refused', () => expect(got('pbo', { rows: [[1, 2], [2, 1]], s: 3 })).toContain('threw: blocks must be an even number'));
});

describe('a formula of a case', () => {
  it.each([
    ['1 + 2*3', 7], ['(1+2)*3 - -1', 10], ['2**3**2', 512], ['-7 mod 5', 3], ['(1 if i==j else 0) + 0.5', 0.5], ['1 if i<j else 2 if i>j else 3', 1], ['sin(0) + abs(0-2)', 2], ['1e-2*j', 0.02],
  ])('%s is %d', (text, value) => expect(evaluateFormula(text, { i: 1, j: 2 })).toBeCloseTo(value, 12));
  it.each(['1 +', 'x', '1 2', '(1', 'constructor', '1; 2'])('%s is refused', (text) => expect(() => evaluateFormula(text, { i: 1 })).toThrow('formula must'));
});
