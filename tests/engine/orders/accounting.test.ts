import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountingCases, runAccountingCase } from '../../../apps/conformance/accounting.ts';
import { agrees } from '../../../apps/conformance/compare.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/accounting.json', import.meta.url), 'utf8')) as object;

describe('the event engine on the accounting’s cases', () => {
  const cases = accountingCases(golden);

  it('has the worked example and every micro-case under three policies', () => {
    expect(cases.length).toBe(1 + 9 * 3);
  });

  it.each(cases.map((one) => [one.id, one] as const))('%s: events, equity and ambiguous bars to 1e-12 of equity', (_id, one) => {
    const { got } = runAccountingCase(one);
    expect(agrees(got, one.expected, one.tolerance), JSON.stringify({ got, expected: one.expected }, null, 1)).toBe(true);
  });
});
