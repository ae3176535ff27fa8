import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { agrees } from '../../../apps/conformance/compare.ts';
import { isReturnMetric, runReturnMetricCase } from '../../../apps/conformance/return-metrics.ts';
import { statisticNamed } from '../../../apps/conformance/statistic-names.ts';

const RUNNER = fileURLToPath(new URL('../../../dist/apps/conformance/main.js', import.meta.url));
const golden = JSON.parse(readFileSync(new URL('../../golden/return-metrics.json', import.meta.url), 'utf8')) as ConformanceFile;

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [RUNNER, ...args], { encoding: 'utf8' });
}

describe('published return metrics', () => {
  it.each(golden.cases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const result = runReturnMetricCase(one, golden.datasets ?? {});
    expect(result).toHaveProperty('got');
    const { got } = result as { got: unknown };
    expect(agrees(got, one.expected, one.tolerance), `got ${JSON.stringify(got)}, expected ${JSON.stringify(one.expected)}`).toBe(true);
  });

  it('hold for backtesting.py’s moving-average example: the 29 figures of its own test', () => {
    const expected = {
      'Exposure Time [%]': 96.74115456238361, 'Equity Final [$]': 51422.99, 'Equity Peak [$]': 75787.44, 'Return [%]': 414.2298999999996,
      'Buy & Hold Return [%]': 522.0601851851852, 'Return (Ann.) [%]': 21.180255813792282, 'Volatility (Ann.) [%]': 36.49390889140787,
      'CAGR [%]': 14.159843619607383, 'Sharpe Ratio': 0.5803778344714113, 'Sortino Ratio': 1.0847880675854096, 'Calmar Ratio': 0.4414380935608377,
      'Max. Drawdown [%]': -47.98012705007589, 'Avg. Drawdown [%]': -5.925851581948801, 'Max. Drawdown Duration': 584, 'Avg. Drawdown Duration': 41,
      '# Trades': 66, 'Win Rate [%]': 46.96969696969697, 'Best Trade [%]': 53.59595229490424, 'Worst Trade [%]': -18.39887353835481,
      'Avg. Trade [%]': 2.531715975158555, 'Max. Trade Duration': 183, 'Avg. Trade Duration': 46, 'Profit Factor': 2.167945974262033,
      'Expectancy [%]': 3.2748078066748834, 'SQN': 1.0766187356697705, 'Kelly Criterion': 0.1518705127029717,
      'Alpha [%]': 394.37391142027462, 'Beta': 0.03803390709192, 'Duration': 3116,
    };
    const one = { id: 'goog', metric: 'trade_statistics', inputs: { dataset: 'goog_daily' }, expected };
    const { got } = runReturnMetricCase(one, golden.datasets ?? {}) as { got: unknown };
    expect(agrees(got, expected, { rel: 1e-8 }), JSON.stringify(got)).toBe(true);
  });
});

describe('a statistic asked for by name', () => {
  const known = { 'Return [%]': 50, 'Return (Ann.) [%]': 20, 'Max. Drawdown [%]': -10, 'Max. Drawdown Duration': 30, '# Trades': 7, 'Avg. Trade [%]': 2, 'Kelly Criterion': 0.1, 'Sharpe Ratio': null };

  it.each([
    ['return_pct', 50], ['totalReturnPct', 50], ['total_return_frac', 0.5], ['annualised return', 20], ['max_dd_pct', -10], ['maximum_drawdown_days', 30],
    ['n_trades', 7], ['number_of_trades', 7], ['average_trade_return_pct', 2], ['kelly_fraction', 0.1], ['sharpe_ann', null], ['alpha', undefined],
  ])('%s is %s', (name, value) => expect(statisticNamed(name, known)).toBe(value));
});

describe('inputs of a case', () => {
  const sharpeOf = (inputs: Record<string, unknown>, datasets: Record<string, unknown>): unknown =>
    runReturnMetricCase({ id: 'one', metric: 'sharpe', inputs, expected: 0 }, datasets);

  it('may name a list of returns, which has no year', () => {
    expect(sharpeOf({ dataset: 'r' }, { r: [0.01, 0.03] })).toEqual(sharpeOf({ returns: [0.01, 0.03], periods_per_year: 1 }, {}));
  });

  it('have the year of their dates where none is stated', () => {
    const monthly = { dates: ['2000-01-31', '2000-02-29', '2000-03-31'], portfolio: [0.01, 0.03, -0.02] };
    expect(sharpeOf({ dataset: 'm' }, { m: monthly })).toEqual(sharpeOf({ returns: monthly.portfolio, periods_per_year: 12 }, {}));
  });

  it('must name a dataset of the file', () => {
    expect(() => sharpeOf({ dataset: 'toString' }, {})).toThrow('dataset must be one of the file');
  });

  it('and a metric of ours', () => {
    expect([isReturnMetric('sharpe'), isReturnMetric('toString'), isReturnMetric('constructor')]).toEqual([true, false, false]);
  });
});

describe('the conformance runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-conformance-'));
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const sharpeCase = (expected: unknown, more: object = {}): object => ({
    id: 'one', metric: 'sharpe', inputs: { returns: [null, 0.01, -0.02, 0.03], periods_per_year: 252 }, expected, tolerance: { abs: 1e-6 }, ...more,
  });

  it('exits 0 when all pass and says how many', () => {
    const path = file('good.json', { family: 'return_metrics', cases: [sharpeCase(4.205869, { tolerance: { abs: 1 } })] });
    const { status, stdout } = run(path);
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, '1 passed, 0 failed, 0 skipped']);
  });

  it('exits 4 on a failure and shows got against expected', () => {
    const { status, stdout } = run(file('bad.json', { family: 'return_metrics', cases: [sharpeCase(99)] }));
    expect(status).toBe(4);
    expect(stdout).toMatch(/FAILED one\n {2}got .*\n {2}expected 99/);
  });

  it('counts apart, and does not fail on, what a source only recorded', () => {
    const { status, stdout } = run(file('unverified.json', { family: 'return_metrics', cases: [sharpeCase(99, { verified: false })] }));
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, '0 passed, 0 failed, 0 skipped, 0 of 1 unverified agree']);
  });

  it('shows beside the tolerance whether the exact figure is met', () => {
    const path = file('exact.json', { family: 'return_metrics', cases: [sharpeCase(4.2, { exact: 9, tolerance: { abs: 1 } })] });
    const { status, stdout } = run(path, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { passed: 1, exactPassed: 0, exactCases: 1 }, outcomes: [{ id: 'one', state: 'passed', exact: false }] });
  });

  it('runs one metric on request and refuses one that no case has', () => {
    const path = file('two.json', { family: 'return_metrics', cases: [sharpeCase(4.2, { tolerance: { abs: 1 } }), sharpeCase(1, { metric: 'omega' })] });
    expect(run(path, '--metric', 'sharpe').stdout).toContain('1 passed, 0 failed');
    const { status, stderr } = run(path, '--metric', 'sharp');
    expect([status, stderr]).toEqual([2, expect.stringContaining('they have omega, sharpe')]);
  });

  it('prints one line when quiet', () => {
    expect(run(file('quiet.json', { family: 'return_metrics', cases: [sharpeCase(99)] }), '--quiet').stdout).toBe('0 passed, 1 failed, 0 skipped\n');
  });

  it('runs fills of a peer by its profile, skips a profile that it does not know, and fails what differs', () => {
    const line = [100, 101, 102];
    const one = (id: string, profile: string, finalEquity: number): object => ({
      id, profile, signals: [{ bar: 0, signal: 'long-entry' }], actions: [{ bar: 1, do: 'buy', size: 1 }], options: {}, expected: { finalEquity }, notes: '',
    });
    const fills = (...cases: object[]): string => file('fills.json', { family: 'peer_fills', bars: { open: line, high: line, low: line, close: line }, cash: 1000, cases });
    const { status, stdout } = run(fills(one('x', 'vectorbt', 1020), one('y', 'backtesting.py', 1000), one('z', 'zipline', 1)));
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([4, '2 passed, 0 failed, 1 skipped']);
    expect(run(fills(one('x', 'vectorbt', 1020.001))).status).toBe(4);
  });

  it('exits 4 on a verified case that it must skip, and says why; 0 where nobody verified it', () => {
    const unheard = { id: 'x', metric: 'unheard_of', inputs: {}, expected: 1 };
    const { status, stdout } = run(file('other.json', { family: 'something', cases: [unheard] }));
    expect(status).toBe(4);
    expect(stdout).toContain('skipped x: something: no metric unheard_of');
    expect(run(file('recorded.json', { family: 'something', cases: [{ ...unheard, verified: false }] })).status).toBe(0);
  });

  it('takes datasets from the files that datasets_in names, the own ones first', () => {
    file('shared.json', { family: 'other', datasets: { a: [0.5], b: [0.5] }, cases: [] });
    file('bare.json', { c: [1] });
    const total = (dataset: string, expected: number): object => ({ id: dataset, metric: 'total_return', inputs: { dataset }, expected });
    const cases = [total('a', 0.5), total('b', 2), total('c', 1)];
    expect(run(file('many.json', { datasets: { b: [2] }, datasets_in: ['shared.json', 'bare.json'], cases })).stdout).toContain('3 passed');
    expect(run(file('single.json', { datasets_in: 'shared.json', cases: [total('a', 0.5)] })).status).toBe(0);
    expect(run(file('nowhere.json', { datasets_in: 'missing.json', cases })).status).toBe(2);
    expect(run(file('number.json', { datasets_in: 7, cases })).stderr).toContain('datasets_in of');
  });

  it('runs cases of several families from one file, by their metric first', () => {
    const sma = { id: 's', metric: 'sma', inputs: { series: [1, 2, 3], period: 3 }, expected: 2 };
    expect(run(file('mixed.json', { family: 'mixed', cases: [sma, sharpeCase(4.2, { tolerance: { abs: 1 } })] })).stdout).toContain('2 passed, 0 failed');
  });

  it('exits 2 on a file or an argument that it cannot use', () => {
    expect(run(file('broken.json', '{')).status).toBe(2);
    expect(run(file('empty.json', {})).status).toBe(2);
    expect(run(file('half.json', { cases: [{ id: 'x' }] })).stderr).toContain('case 1 must have id, metric, inputs and expected');
    expect(run('--nonsense').status).toBe(2);
    expect(run(file('some.json', { cases: [] }), '--metric').status).toBe(2);
    expect(run().status).toBe(2);
  });

  it('counts "no value" as agreement with a NaN or an infinity only', () => {
    expect([agrees(null, 'Infinity'), agrees(Number.POSITIVE_INFINITY, 'Infinity'), agrees(Number.NaN, 'NaN')]).toEqual([true, true, true]);
    expect([agrees(Number.NEGATIVE_INFINITY, 'Infinity'), agrees(5, 'NaN'), agrees(undefined, 'NaN')]).toEqual([false, false, false]);
    expect(agrees(null, 0)).toBe(false);
    expect(agrees(Number.NaN, 0, { abs: 1 })).toBe(false);
    expect(agrees([1, null], [1, 'NaN'])).toBe(true);
    expect(agrees([1], [1, 2])).toBe(false);
  });
});
