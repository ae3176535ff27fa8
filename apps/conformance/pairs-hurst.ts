import { hurstByDivisors, hurstHalving, hurstLaggedDifferences, hurstOfPrices, hurstRescaledRange, hurstSimple, type RescaledRangeOptions } from '../../engine/index.ts';
import { asked, bare } from './asked.ts';
import type { ConformanceCase } from './case.ts';
import type { SeriesInputs } from './series-inputs.ts';

/** The estimator that a case's metric, method and inputs name; plain rescaled range over powers of two where none is named. */
export function hurst(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const value = estimate(inputs, testCase);
  if (typeof value === 'object' && value !== null) return asked(testCase, value as Record<string, unknown>, null);
  return asked(testCase, { hurst: value, h: value, hurstexponent: value, exponent: value, value, slope: value }, value);
}

function estimate(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const named = bare(`${testCase.metric} ${inputs.text('method', 'estimator', 'convention', 'form')}`);
  const values = inputs.series('series', 'returns', 'values', 'x', 'prices', 'close', 'y', 'column', 'data');
  const lookback = inputs.value('lookback', 'lookbackbars', 'lookbackperiods', 'window', 'period');
  if (typeof lookback === 'number') return hurstOfPrices(values.subarray(0, lastBar(inputs, values.length) + 1), lookback).value;
  if (/pracma|divisor|empirical|theoretical|hurstexp$/.test(named)) return byDivisors(inputs, testCase, values, named);
  if (/simple|performanceanalytics/.test(named)) return hurstSimple(values).value;
  if (/halv|correctedr/.test(named)) return hurstHalving(values).value;
  if (/lag|diff|std|chan|arbitragelab|variance/.test(named)) return lagged(inputs, values);
  return hurstRescaledRange(values, rescaledRangeOptions(inputs, values.length)).value;
}

function lastBar(inputs: SeriesInputs, rows: number): number {
  const bar = inputs.value('bar', 'index');
  return typeof bar === 'number' ? bar : rows - 1;
}

function lagged(inputs: SeriesInputs, values: Float64Array): number | null {
  const lags = inputs.value('lags', 'lagrange');
  const [from, to] = Array.isArray(lags) ? [Number(lags[0]), Number(lags[lags.length - 1])] : [inputs.number(['fromlag', 'minlag'], 2), inputs.number(['tolag'], inputs.number(['maxlag', 'maxlags'], 100) - 1)];
  return hurstLaggedDifferences(values, { fromLag: from, toLag: to }).value;
}

function rescaledRangeOptions(inputs: SeriesInputs, rows: number): RescaledRangeOptions {
  const sizes = inputs.value('blocksizes', 'nvals', 'sizes', 'chunks', 'windows');
  const powers = Array.from({ length: 28 }, (_, k) => 2 ** (k + 3)).filter((size) => size <= rows);
  const corrected = inputs.value('anislloyd', 'corrected', 'correction');
  const unbiased = inputs.value('unbiased');
  return {
    blockSizes: Array.isArray(sizes) ? sizes.map(Number) : powers,
    ddof: inputs.number(['stdddof', 'ddof'], unbiased === true ? 1 : 0) === 1 ? 1 : 0,
    correction: corrected === 'difference' ? 'difference' : corrected === true || corrected === 'ratio' ? 'ratio' : 'none',
  };
}

function byDivisors(inputs: SeriesInputs, testCase: ConformanceCase, values: Float64Array, named: string): unknown {
  const { empirical, corrected, theoretical, rows } = hurstByDivisors(values, { smallestBlock: inputs.number(['d', 'smallestblock', 'minblock', 'minsize'], 50) });
  if (typeof testCase.expected === 'object' && testCase.expected !== null) {
    const [simple, halving] = [hurstSimple(values.subarray(0, rows)).value, hurstHalving(values).value];
    return {
      simple: simple, hs: simple, simplers: simple, correctedrs: halving, hrs: halving, empirical: empirical.value, he: empirical.value,
      correctedempirical: corrected.value, hal: corrected.value, anislloyd: corrected.value, theoretical: theoretical.value, ht: theoretical.value,
    };
  }
  if (/simple/.test(named)) return hurstSimple(values.subarray(0, rows)).value;
  if (/theor/.test(named)) return theoretical.value;
  return /corrected|anis/.test(named) ? corrected.value : empirical.value;
}
