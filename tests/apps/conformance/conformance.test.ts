import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { agrees } from '../../../apps/conformance/compare.ts';
import { runReturnMetricCase } from '../../../apps/conformance/return-metrics.ts';

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

  it('hold for backtesting.py’s moving-average example: 28 figures of its own conventions', () => {
    const expected = {
      'Exposure Time [%]': 96.74115456238361, 'Equity Final [$]': 51422.99, 'Equity Peak [$]': 75787.44, 'Return [%]': 414.2298999999996,
      'Buy & Hold Return [%]': 522.0601851851852, 'Return (Ann.) [%]': 21.180255813792282, 'Volatility (Ann.) [%]': 36.49390889140787,
      'CAGR [%]': 14.159843619607383, 'Sharpe Ratio': 0.5803778344714113, 'Sortino Ratio': 1.0847880675854096, 'Calmar Ratio': 0.4414380935608377,
      'Max. Drawdown [%]': -47.98012705007589, 'Avg. Drawdown [%]': -5.925851581948801, 'Max. Drawdown Duration': 584, 'Avg. Drawdown Duration': 41,
      '# Trades': 66, 'Win Rate [%]': 46.96969696969697, 'Best Trade [%]': 53.59595229490424, 'Worst Trade [%]': -18.39887353835481,
      'Avg. Trade [%]': 2.531715975158555, 'Max. Trade Duration': 183, 'Avg. Trade Duration': 46, 'Profit Factor': 2.167945974262033,
      'Expectancy [%]': 3.2748078066748834, 'SQN': 1.0766187356697705, 'Kelly Criterion': 0.1518705127029717,
    };
    const one = { id: 'goog', metric: 'trade_statistics', inputs: { dataset: 'goog_daily' }, expected };
    const { got } = runReturnMetricCase(one, golden.datasets ?? {}) as { got: unknown };
    expect(agrees(got, expected, { rel: 1e-8 }), JSON.stringify(got)).toBe(true);
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

  it('does not fail on what a source only recorded', () => {
    expect(run(file('unverified.json', { family: 'return_metrics', cases: [sharpeCase(99, { verified: false })] })).status).toBe(0);
  });

  it('skips a family that is not built with its reason', () => {
    const { status, stdout } = run(file('other.json', { family: 'something', cases: [{ id: 'x', metric: 'unheard_of', inputs: {}, expected: 1 }] }));
    expect(status).toBe(0);
    expect(stdout).toContain('skipped x: something: not built yet');
  });

  it('exits 2 on a file or an argument that it cannot use', () => {
    expect(run(file('broken.json', '{')).status).toBe(2);
    expect(run(file('empty.json', {})).status).toBe(2);
    expect(run('--nonsense').status).toBe(2);
    expect(run().status).toBe(2);
  });

  it('counts "no value" as agreement with a NaN or an infinity only', () => {
    expect(agrees(null, 'Infinity')).toBe(true);
    expect(agrees(null, 0)).toBe(false);
    expect(agrees(Number.NaN, 0, { abs: 1 })).toBe(false);
    expect(agrees([1, null], [1, 'NaN'])).toBe(true);
    expect(agrees([1], [1, 2])).toBe(false);
  });
});
