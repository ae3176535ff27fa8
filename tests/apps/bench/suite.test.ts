import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CASES } from '../../../apps/bench/cases/index.ts';
import { w1Workload, w2Workload, w4Workload } from '../../../apps/bench/cases/grids.ts';
import { proveSweep, runSweep } from '../../../apps/bench/cases/sweep.ts';
import type { BenchResults } from '../../../apps/bench/results.ts';
import { spaceOf } from '../../../apps/bench/peers/workload-points.ts';
import { DifferenceMeter } from '../../../apps/bench/reference/difference.ts';
import { strictCross } from '../../../apps/bench/reference/signals.ts';
import { spreadOf } from '../../../apps/bench/spread.ts';
import { runSuite } from '../../../apps/bench/suite.ts';
import { runCli, runCliJson } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const setting = { size: 'quick', golden: null, folder } as const;

describe('assay bench', () => {
  it('proves every case and times it beside the calibration loop', () => {
    const { cases, size } = runCliJson<BenchResults>(['bench', '--quick', '--alone', '--repeats', '1'], folder);
    expect(size).toBe('quick');
    expect(cases.map(({ name }) => name)).toEqual(CASES.map(({ name }) => name));
    for (const { name, error, proof, measurement, quantity } of cases) {
      expect(error, name).toBeNull();
      expect(proof?.compared, name).toBeGreaterThan(0);
      if (quantity === 'bytes') expect(measurement?.bytes?.min, name).toBeGreaterThan(1e7);
      else expect(measurement?.ratio?.min, name).toBeGreaterThan(0);
    }
  });

  it('prints a table with sizes, rates and differences, and equals the C program where there is a compiler', () => {
    const { code, stdout } = runCli(['bench', '--quick', '--only', 'W2,W4', '--repeats', '1', '--html', 'bench.html'], folder);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'bench.html'), 'utf8')).toContain('<td>44 combinations × 1000 bars</td>');
    expect(stdout).toMatch(/W2\*\s+44 combinations × 1000 bars/);
  });

  it('names what there is instead of a case or an option that cannot be', () => {
    expect(runCli(['bench', '--only', 'W22'], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "W2"') as string });
    expect(runCli(['bench', '--repeats', '0'], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('--repeats must be a whole number of at least 1, was 0') as string });
    expect(runCli(['bench', '--quick', '--golden', folder], folder)).toMatchObject({ code: 3, stderr: expect.stringContaining('golden-missing') as string });
  });
});

describe('a case whose proof fails', () => {
  it('is not timed, and says by how much it differs', async () => {
    let runs = 0;
    const [result] = await runSuite([{
      ...CASES[0], prepare: () => ({ shape: '1 bar', units: 1, run: () => void runs++, prove: () => ({ against: 'the truth', compared: 1, largestDifference: 0.5, tolerance: 1e-9 }) }),
    }], { setting, repeats: 2, warmUps: 1 });
    expect(runs).toBe(0);
    expect(result).toMatchObject({ measurement: null, error: 'not equal, so not timed: differs by 0.5 from the truth' });
  });
});

describe('the proof of a sweep', () => {
  it.each([['W1', w1Workload], ['W2', w2Workload], ['W4', w4Workload]])('%s: every point equals the plain loop', (_, workloadOf) => {
    const workload = workloadOf(setting);
    const { largestDifference, compared } = proveSweep(workload, spaceOf(workload));
    expect(compared).toBe(5 * spaceOf(workload).points * workload.markets.length);
    expect(largestDifference).toBeLessThan(1e-11);
  });

  it('sees a plain loop with another fee', () => {
    const workload = w2Workload(setting);
    const other = { ...workload, reference: (bars, params, rules) => workload.reference(bars, params, { ...rules, feeFrac: 0.002 }) } as typeof workload;
    expect(proveSweep(other, spaceOf(other)).largestDifference).toBeGreaterThan(1e-4);
    expect(runSweep(workload, spaceOf(workload))).toHaveLength(1);
  });
});

describe('what the proofs rest on', () => {
  it('a crossing needs a bar strictly on the other side, and a tie keeps the side', () => {
    const cross = (...a: number[]): number[] => [...strictCross(a, 0, 'above', new Uint8Array(a.length))];
    expect(cross(1, 2, -1, 1, 1)).toEqual([0, 0, 0, 1, 0]);
    expect(cross(-1, 0, 1, 0, 1)).toEqual([0, 0, 1, 0, 0]);
    expect(cross(-1, Number.NaN, 1)).toEqual([0, 0, 0]);
  });

  it('an undefined value equals only another one', () => {
    const meter = new DifferenceMeter(1);
    meter.compare('both', Number.NaN, Number.NaN);
    expect(meter.proof('x').largestDifference).toBe(0);
    meter.compare('one', Number.NaN, 1);
    expect(meter.proof('x').largestDifference).toBe(Infinity);
  });

  it('quartiles lie between neighbours', () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ min: 1, q1: 1.75, median: 2.5, q3: 3.25, max: 4 });
  });
});
