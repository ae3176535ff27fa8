import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceFile } from '../../../apps/conformance/case.ts';
import { agrees } from '../../../apps/conformance/compare.ts';
import { isIndicatorMetric, runIndicatorCase } from '../../../apps/conformance/indicators.ts';

const { cases, datasets = {} } = JSON.parse(readFileSync(new URL('../../golden/indicators.json', import.meta.url), 'utf8')) as ConformanceFile;

/** Pairs [[bar, value], …] without their bars. */
const valuesOf = (got: unknown): unknown => (got as [number, number][]).map(([, value]) => value);

describe('golden values of TA-Lib, StockCharts, Tulip and Skender', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    expect(isIndicatorMetric(one.metric)).toBe(true);
    const result = runIndicatorCase(one, datasets);
    if ('skip' in result) throw new Error(result.skip);
    if (!agrees(result.got, one.expected, one.tolerance)) expect(result.got).toEqual(one.expected);
    if (one.exact !== undefined && !agrees(valuesOf(result.got), one.exact, { rel: 1e-8 })) expect(valuesOf(result.got)).toEqual(one.exact);
  });
});
