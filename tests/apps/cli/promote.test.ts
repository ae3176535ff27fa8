import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, runCli } from '../../support/run-cli.ts';
import { edited, LENIENT } from '../../support/promotable.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const STUDY = ['ema-cross', '-d', 'planted', '-p', 'fastBars=3,6', '-p', 'slowBars=12,20', '--train', '200d', '--test', '60d', '--draws', '200', '--permutations', '0', '-w', '1'];
const cli = (...args: string[]): CliResult => runCli(args, home, { CI: '' });
const promote = (...args: string[]): CliResult => cli('promote', ...args, '--policy', 'lenient.json', '--horizon', '1', '-w', '1', '-q');

describe('assay promote', () => {
  beforeAll(() => {
    writeFileSync(join(home, 'lenient.json'), JSON.stringify(LENIENT));
    cli('data', 'synthetic', 'momentum', '--seed', '2', '--bars', '700', '--timeframe', '1d', '--id', 'planted');
    const { code, stderr } = cli('validate', ...STUDY, '--policy', 'lenient.json', '-o', 'verdict.html', '-q');
    if (code !== 0) throw new Error(stderr);
  });

  it('ends with 2 or 3 for what was edited, and says what differs', () => {
    const html = readFileSync(join(home, 'verdict.html'), 'utf8');
    writeFileSync(join(home, 'edited.html'), edited(html, ({ model }) => Object.assign(model.oos.metrics, { sharpeAnn: 9 })));
    expect(promote('edited.html', '--dry-run')).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(/edited\.html promises.*model\.oos\.metrics\.sharpeAnn: promised 9, found .*\[replay-differs\]/) as string });
    expect(cli('promote', 'verdict.html', '-q')).toMatchObject({ code: 2, stderr: expect.stringContaining('[policy-differs]') as string });
    expect(promote('none.html')).toMatchObject({ code: 2, stderr: expect.stringContaining('[report-missing]') as string });
  });

  it('prints what was verified, the gates, and where the model stands', () => {
    const { code, stdout, stderr } = promote('verdict.html', '--id', 'trend', '--author', 'A. Person');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^trend@1\n✓ in SHADOW: shadow\n/);
    expect(stdout).toMatch(/page +byte for byte as the replay is rendered/);
    expect(stdout).toMatch(/G15 +uniqueness +✓ pass/);
    expect(stdout).toMatch(/promise +Sharpe/);
    expect(cli('models', 'list').stdout).toMatch(/trend@1 .*SHADOW/);
  });

  it('ends with 4 where a gate refuses, as JSON too', () => {
    const { code, stdout } = promote('verdict.html', '--id', 'clone', '--json');
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ promoted: false, modelId: 'clone', blocking: ['G15'], verdict: { decision: 'reject' } });
  });
});
