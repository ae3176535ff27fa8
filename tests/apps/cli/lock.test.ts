import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, runCli, runCliJson } from '../../support/run-cli.ts';
import { crossingStrategy } from '../../support/crossing-strategy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const cli = (...args: readonly string[]): CliResult => runCli([...args, '-q'], home, { CI: '' });
const at = (name: string): string => join(home, name);
const lockText = (): string => readFileSync(at('assay.lock.json'), 'utf8');
const savedIn = ({ stderr }: CliResult): string => /saved: (.*)/.exec(stderr)?.[1] ?? '';

const verify = (...args: readonly string[]): object => {
  const { code, stdout } = cli('verify', '--json', ...args);
  return { code, ...(JSON.parse(stdout) as object) };
};

beforeAll(() => {
  runCliJson(['data', 'synthetic', 'momentum', '--seed', '3', '--bars', '900', '--timeframe', '1d', '--id', 'planted'], home);
  runCliJson(['data', 'export', 'planted', 'candles.csv'], home);
  writeFileSync(at('my.ts'), crossingStrategy());
  const run = savedIn(runCli(['backtest', './my.ts', '-d', './candles.csv', '--from', '2017-06-01'], home));
  const sweep = savedIn(runCli(['sweep', 'ema-cross', '-d', 'planted', '-p', 'fastBars=5,10', '-p', 'slowBars=20', '-w', '1'], home));
  expect(cli('lock', run, '--strategy', './my.ts', '-d', './candles.csv', '--name', 'mine')).toMatchObject({ code: 0 });
  expect(cli('lock', sweep, '--name', 'sweep')).toMatchObject({ code: 0 });
});

describe('assay lock', () => {
  it('writes a file that names files from its own folder, and the same one twice', () => {
    const before = lockText();
    const { studies } = JSON.parse(before) as { studies: Record<string, { result: { id: string } }> };
    expect(studies).toMatchObject({
      mine: { strategy: './my.ts', data: [{ kind: 'file', path: './candles.csv' }], spec: { params: { fastBars: 8 }, config: { costs: { takerFeeBps: 10 } } } },
      sweep: { strategy: 'ema-cross', data: [{ kind: 'lake', dataset: 'planted' }], result: { files: { 'trials-00000.parquet': expect.stringMatching(/^[0-9a-f]{64}$/) as string } } },
    });
    expect(cli('lock', studies.sweep.result.id, '--name', 'sweep').stdout).toContain('unchanged');
    expect(lockText()).toBe(before);
    expect(cli('lock', studies.sweep.result.id, '--name', 'mine')).toMatchObject({ code: 2, stderr: expect.stringContaining('[lock-name-taken]') as string });
  });
});

describe('assay verify', () => {
  it('passes where all is as it was', () => {
    const { code, stdout } = cli('verify');
    expect(code).toBe(0);
    expect(stdout).toMatch(/mine +run +✓ results equal *\nsweep +sweep +✓ results equal/);
  });

  it('ends with 4 where trades changed, and prints figures with both values and the first trade that differs', () => {
    writeFileSync(at('my.ts'), crossingStrategy({ holdFrac: 0.01 }));
    const { code, stdout, stderr } = cli('verify', '--only', 'mine');
    expect(code).toBe(4);
    expect(stderr).toBe('failed: 1 of 1 studies are not as locked: mine (drifted)\n');
    expect(stdout).toMatch(/mine +run +✕ results drifted +code changed, \w{12} to \w{12}/);
    expect(stdout).toMatch(/metrics\.totalReturn +[\d.]+ +[\d.]+ *\n(.*\n)*trades differ first at trade \d+\n {2}locked trade \d+, .*\n {2}now trade \d+, /);
  });

  it('locks anew what is accepted, drift and data, and passes then', () => {
    const lines = readFileSync(at('candles.csv'), 'utf8').trimEnd().split('\n');
    const row = lines.length - 5;
    const [time, open, high, ...rest] = lines[row].split(',');
    writeFileSync(at('candles.csv'), `${lines.with(row, [time, open, String(2 * Number(high)), ...rest].join(',')).join('\n')}\n`);
    const before = lockText();
    expect(verify('--only', 'mine')).toMatchObject({ code: 4, isOk: false, studies: [{ state: 'data-changed', reason: expect.stringMatching(/^\.\/candles\.csv holds other bars of/) as string }] });
    expect(lockText()).toBe(before);
    expect(verify('--only', 'mine', '--update')).toMatchObject({ code: 0, isOk: true, studies: [{ state: 'data-changed', isUpdated: true, first: [{ series: 'trades' }, { series: 'equity' }] }] });
    expect(verify('--only', 'mine')).toMatchObject({ code: 0, isOk: true, studies: [{ state: 'equal', notes: [] }] });
  });

  it('goes on to the next study where one cannot be replayed', () => {
    rmSync(at('my.ts'));
    expect(verify()).toMatchObject({ code: 4, studies: [{ name: 'mine', state: 'strategy-missing' }, { name: 'sweep', state: 'equal' }] });
  });
});
