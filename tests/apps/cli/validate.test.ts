import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateSchema } from '../../../apps/cli/validation-schema.ts';
import type { Validation } from '../../../engine/index.ts';
import { type CliResult, runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const RESEARCH = { CI: '' };
const OPTIONS = ['-p', 'windowBars=10,20,40', '-p', 'entryDeviations=1,1.5,2', '-p', 'exitDeviations=0', '-p', 'stopLossFrac=0', '--draws', '500', '--permutations', '0', '-w', '1'];
const WITHOUT_SEARCH = ['--draws', '500', '--permutations', '0', '-w', '1'];

function validate(args: readonly string[], env: Readonly<Record<string, string>> = RESEARCH): CliResult {
  return runCli(['validate', ...args], home, env);
}

describe('assay validate', () => {
  let found: CliResult;
  let id = '';
  beforeAll(() => {
    runCli(['data', 'synthetic', 'mean-reverting', '--seed', '1', '--bars', '6000', '--timeframe', '6h', '--id', 'returning'], home);
    runCli(['data', 'synthetic', 'noise', '--seed', '2', '--bars', '1200', '--timeframe', '1d', '--id', 'noise'], home);
    found = validate(['z-score-reversion', '-d', 'returning', ...OPTIONS, '--json', '--report', 'verdict.html']);
    id = (JSON.parse(found.stdout) as Validation).evidence.subject.walkForwardId;
  });

  it('prints a verdict that follows the published schema, and writes its report', () => {
    expect(found.code, found.stderr).toBe(0);
    const validation = validateSchema.parse(JSON.parse(found.stdout));
    expect(validation.verdict).toMatchObject({ decision: 'shadow', blocking: ['G6'] }); // a PSR of 99.3 %
    expect(validation.verdict.gates).toHaveLength(19);
    expect(existsSync(join(home, 'verdict.html'))).toBe(true);
  });

  it('judges the saved walk-forward by its id, with bars from the lake that have its content', () => {
    const { code, stdout, stderr } = validate([id, '--memory-mb', '1', ...WITHOUT_SEARCH]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/good for SHADOW/);
    expect(stdout).toMatch(/held-out data +read 1 time for this claim/);
    expect(Math.max(...stdout.split('\n').filter((line) => /^G\d/.test(line)).map((line) => line.length))).toBeLessThanOrEqual(102);
  });

  it('ends with 4 where a gate fails, failures first, with what would change them', () => {
    const { code, stdout, stderr } = validate(['ema-cross', '-d', 'noise', '-p', 'fastBars=5,10', '-p', 'slowBars=30,60', ...WITHOUT_SEARCH]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/failed: ema-cross on \S+ 1d does not reach shadow: G/);
    expect(stdout).toMatch(/✕ rejected \(shadow is kept by /);
    expect(stdout.indexOf('✕ fail')).toBeLessThan(stdout.indexOf('✓ pass'));
    expect(stdout).toMatch(/! G5 out-of-sample Sharpe: .*\n {4}\S/);
  });

  it('counts nothing in CI, and has no N there without a ledger', () => {
    const { code, stdout, stderr } = validate([id, '--claim', 'never searched', ...WITHOUT_SEARCH], { CI: 'true' });
    expect(code).toBe(4);
    expect(stderr).toMatch(/replay \(CI=true\)/);
    expect(stdout).toMatch(/! G7 search luck: the trial ledger below .* has no trials of the claim "never searched"/);
  });

  it('writes the report of a saved verdict again', () => {
    const verdict = (JSON.parse(found.stdout) as Validation).id;
    const { code, stderr } = runCli(['report', verdict, '-o', 'again.html'], home);
    expect(code, stderr).toBe(0);
    expect(existsSync(join(home, 'again.html'))).toBe(true);
  });

  it('says what is wrong with what it is asked', () => {
    writeFileSync(join(home, 'policy.json'), '{ "version": "mine/1", "G5": 3 }');
    expect(validate([id, '--policy', 'policy.json'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/policy.json must follow .*G5/) as string });
    expect(validate(['ema-crss', '-d', 'noise'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/did you mean|ema-cross/) as string });
    expect(validate([id, '-d', 'noise', ...WITHOUT_SEARCH])).toMatchObject({ code: 2, stderr: expect.stringMatching(/bars of .* must be those of the walk-forward/) as string });
    expect(validate([id, '--memory-mb', '0.5'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/--memory-mb must be a whole number of at least 1, was 0.5/) as string });
    expect(validate([id, '--joined', 'nowhere.csv'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/joined must be a file/) as string });
  });
});
