import { describe, expect, it } from 'vitest';
import type { ConformanceCase } from '../../../apps/conformance/case.ts';
import { isIndicatorMetric, runIndicatorCase } from '../../../apps/conformance/indicators.ts';
import { ema, rollingStd, stochastic } from '../../../engine/kernels/index.ts';
import { randomMarket } from './market.ts';

const market = randomMarket(80, 9);
const columns = Object.fromEntries(Object.entries(market).map(([name, column]) => [name, [...column]]));
const run = (metric: string, inputs: Record<string, unknown>, expected: unknown = [[79, 0]], rest: Partial<ConformanceCase> = {}): unknown => {
  const result = runIndicatorCase({ id: metric, metric, inputs: { dataset: 'd', ...inputs }, expected, ...rest }, { d: columns });
  return 'got' in result ? result.got : result;
};

describe('the conformance runner of indicators', () => {
  it('knows a metric in its several spellings', () => {
    for (const name of ['ADX', 'true_range', 'tr', 'stochastic', 'Williams %R', 'plus_di', '+DI', 'bollinger_bands', 'parabolic_sar', 'linear_regression']) expect(isIndicatorMetric(name), name).toBe(true);
    for (const name of ['sharpe', 'max_drawdown', 'toString', 'constructor']) expect(isIndicatorMetric(name), name).toBe(false);
  });

  it('answers in the shape it is asked in', () => {
    const line = ema(market.close, 5);
    expect(run('ema', { period: 5 }, [[3, 0], [79, 0]])).toEqual([[3, null], [79, line[79]]]);
    expect(run('ema', { period: 5 }, 0)).toBe(line[79]);
    expect(run('ema', { period: 5 }, Array.from({ length: 76 }, () => 0))).toEqual([...line.subarray(4)]);
    const { k, d } = stochastic(market.high, market.low, market.close, 14, 1, 3);
    expect(run('stoch', { period: 14 }, { k: [[70, 0]], d: [[70, 0]] })).toEqual({ k: [[70, k[70]]], d: [[70, d[70]]] });
  });

  it('takes synonyms of parameters and any values', () => {
    expect(run('std', { window: 7, nbdev: 3 })).toEqual([[79, 3 * rollingStd(market.close, 7)[79]]]);
    expect(run('ultimate_oscillator', { periods: [3, 5, 9] })).toEqual(run('ultosc', { short: 3, medium: 5, long: 9 }));
    expect(run('bbands', { period: 9, multiplier: 2, output: 'lower band' })).toEqual(run('bollinger', { timeperiod: 9, output: 'lower' }));
  });

  it('follows the seed that a case names', () => {
    const first = ema(market.close, 5, { seed: 'first', warmup: 'keep' });
    expect(run('ema', { period: 5, seed: 'first' }, [[0, 0], [9, 0]])).toEqual([[0, market.close[0]], [9, first[9]]]);
    expect(run('ema', { period: 5 }, [[9, 0]], { notes: 'starts from the first price' })).toEqual([[9, first[9]]]);
    expect(run('ema', { period: 5, seed: 'sma of the first 5' }, [[9, 0]])).toEqual([[9, ema(market.close, 5)[9]]]);
  });

  it('reads positional inputs and gives outputs without their warm-up', () => {
    const got = run('aroon', { params: [5], inputs: [columns.high, columns.low] }) as { outputs: number[][]; first_index: number[] };
    expect(got.first_index).toEqual([5, 5]);
    expect(got.outputs.map((line) => line.length)).toEqual([75, 75]);
  });

  it('skips an output it does not have, and says which input is missing', () => {
    expect(run('bbands', { period: 5, output: 'squeeze' })).toEqual({ skip: 'bbands: no output squeeze' });
    expect(() => run('sma', {})).toThrow(/inputs must hold period or window/);
  });
});
