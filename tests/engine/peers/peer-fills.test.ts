import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConformanceCase } from '../../../apps/conformance/case.ts';
import { agrees } from '../../../apps/conformance/compare.ts';
import { peerCases, type PeerFile, runPeerCase } from '../../../apps/conformance/peer-fills.ts';

function casesOf(name: string): ConformanceCase[] {
  return peerCases(JSON.parse(readFileSync(new URL(`../../golden/${name}.json`, import.meta.url), 'utf8')) as PeerFile) as ConformanceCase[];
}

/** Prices that were printed with twelve digits, to 1e-9 relative. */
describe.each(['peer-fills', 'peer-fills-more'])('%s: what the peers give', (name) => {
  it.each(casesOf(name).map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const { got } = runPeerCase(one) as { got: unknown };
    expect(agrees(got, one.expected, { rel: 1e-9 }), `got ${JSON.stringify(got)}, expected ${JSON.stringify(one.expected)}`).toBe(true);
  });
});
