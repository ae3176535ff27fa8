import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineOf, readBaseline, readResults } from '../../../apps/bench/gate/baseline.ts';
import { compareToBaseline, confirmed } from '../../../apps/bench/gate/compare.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { caseOf, resultsOf } from './results.ts';

const folder = temporaryFolder();
const baseline = baselineOf([resultsOf(caseOf('W2', 0.0199), caseOf('kernel', 0.009)), resultsOf(caseOf('W2', 0.0202), caseOf('kernel', 0.011)), resultsOf(caseOf('W2', 0.02), caseOf('kernel', 0.01))], 10);

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const against = write('baseline.json', baseline);
const gate = (results: unknown, ...args: readonly string[]) => runCli(['bench', '--quick', '--against', against, '--results', write('results.json', results), ...args], folder);

describe('a baseline', () => {
  it('has the median ratio of its processes, and a band of 10 % that a wide spread widens', () => {
    expect(baseline.cases.W2).toEqual({ ratio: 2, bandFrac: 0.1 });
    expect(baseline.cases.kernel.ratio).toBe(1);
    expect(baseline.cases.kernel.bandFrac).toBeCloseTo(0.17, 2);
  });

  it('leaves out cases that the gate does not measure', () => {
    expect(Object.keys(baselineOf([resultsOf({ ...caseOf('load', 1), isGated: false }, caseOf('W2', 1))], 10).cases)).toEqual(['W2']);
  });
});

describe('the gate', () => {
  it('passes what is within its bands, however fast the machine was', () => {
    const { code, stdout } = gate(resultsOf(caseOf('W2', 0.0436, 0.02), caseOf('kernel', 0.01)));
    expect(code).toBe(0);
    expect(stdout).toMatch(/W2 .*9\.0 %.*within/);
  });

  it('finds a case that is 15 % slower, says how much, and ends with 4', () => {
    const { code, stdout, stderr } = gate(resultsOf(caseOf('W2', 0.023), caseOf('kernel', 0.01)));
    expect(code).toBe(4);
    expect(stdout).toMatch(/W2 .*15\.0 %.*slower/);
    expect(stderr).toContain('W2 is 15.0 % slower, more than 10.0 %');
  });

  it('fails a case of the baseline that has no time', () => {
    const failed = { ...caseOf('kernel', 1), measurement: null, error: 'not equal' };
    for (const results of [resultsOf(caseOf('W2', 0.02)), resultsOf(caseOf('W2', 0.02), failed)]) {
      expect(compareToBaseline(baseline, [results]).map(({ state }) => state)).toEqual(['within', 'missing']);
    }
    expect(gate(resultsOf(caseOf('W2', 0.02)))).toMatchObject({ code: 4, stderr: expect.stringContaining('kernel has no time') as string });
  });

  it('compares the cases asked for alone', () => {
    expect(gate(resultsOf(caseOf('W2', 0.02)), '--only', 'W2').code).toBe(0);
    expect(gate(resultsOf(caseOf('W2', 0.02)), '--only', 'pbo')).toMatchObject({ code: 2, stderr: expect.stringContaining('--only must name a case of the baseline (W2, kernel)') as string });
  });

  it('refuses a baseline or results of another format, and of another size', () => {
    expect(() => readBaseline(write('other.json', { ...baseline, schema: 'assay-bench-baseline/0' }))).toThrow('must be assay-bench-baseline/1, was "assay-bench-baseline/0"');
    expect(() => readBaseline(write('invalid.json', { ...baseline, cases: { W2: { ratio: -1, bandFrac: 0.1 } } }))).toThrow(/invalid\.json.*ratio/s);
    expect(() => readResults(write('else.json', { schema: 'else' }))).toThrow('results must be what assay bench --json prints (assay-bench/1), was "else"');
    expect(() => readResults(join(folder, 'nothing.json'))).toThrow('must be a JSON file');
    expect(() => compareToBaseline(baseline, [{ ...resultsOf(caseOf('W2', 0.02)), size: 'full' }])).toThrow('results must be of the baseline\'s size "quick", were "full"');
  });
});

describe('a case that looks slower', () => {
  const slow = compareToBaseline(baseline, [resultsOf(caseOf('W2', 0.03), caseOf('kernel', 0.01))]);

  it('is measured again, alone, until once it is not', async () => {
    const asked: (readonly string[])[] = [];
    const seconds = [0.03, 0.021];
    const result = await confirmed(slow, async (names) => {
      asked.push(names);
      return compareToBaseline(baseline, [resultsOf(caseOf('W2', seconds[asked.length - 1]))], [...names]);
    }, 3);
    expect(asked).toEqual([['W2'], ['W2']]);
    expect(result.map(({ state }) => state)).toEqual(['within', 'within']);
  });

  it('is a regression when all three measurements agree', async () => {
    let times = 0;
    const result = await confirmed(slow, async (names) => {
      times++;
      return compareToBaseline(baseline, [resultsOf(caseOf('W2', 0.025))], [...names]);
    }, 3);
    expect(times).toBe(3);
    expect(result[0]).toMatchObject({ name: 'W2', state: 'slower', measured: 2.5 });
  });
});
