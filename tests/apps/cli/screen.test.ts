import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { screenSchema } from '../../../apps/cli/schemas.ts';
import { runCli, runCliJson } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const GRID = ['-p', 'fastBars=4:40:4', '-p', 'slowBars=50:200:10', '-w', '1'];
const assay = (...args: readonly string[]) => runCli(args, home, { CI: '' });

runCliJson(['data', 'synthetic', 'momentum', '--bars', '1500', '--id', 'm'], home);
const first = assay('screen', 'ema-cross', '-d', 'm', ...GRID);

describe('assay screen', () => {
  it('prints the kernel, the luck of so many tries, the best, marginals and a map without colours', () => {
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^ema-cross screened {2}[0-9a-f]{16}\n160 trials, 0 failed; [\d ]+ trials\/s\n(event kernel|vector kernel)/);
    expect(first.stdout).toMatch(/best of 160 tries is lucky; without any skill, independent tries over 0\.2 years show a Sharpe ratio of \d/);
    expect(first.stdout).toMatch(/\ntrial +parameters +sharpeAnn/);
    expect(first.stdout).toMatch(/\nfastBars +trials +mean sharpeAnn +least +best +above zero/);
    expect(first.stdout.match(/^ *\d+ [·░▒▓█ ]{16}$/gm)).toHaveLength(10);
    expect(first.stdout).not.toContain('\u001b[');
    expect(Math.max(...first.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(160);
    expect(first.stderr).toMatch(/screen: 160 of 160 trials\nsaved: \S+screens/);
  });

  it('prints JSON as its schema says, of what is stored', () => {
    const { screen } = screenSchema.parse(runCliJson(['screen', 'ema-cross', '-d', 'm', ...GRID, '--top', '3'], home));
    expect(screen).toMatchObject({ trials: 160, resumedTrials: 160, failed: 0, spec: { objective: 'sharpeAnn' } });
    expect(screen.markets[0].top).toHaveLength(3);
    expect(screen.markets[0].maps[0].mean).toHaveLength(160);
    expect(existsSync(join(home, screen.directory, 'trials-00000.parquet'))).toBe(true);
  });

  it('has a report with a map, marginals, the kernel and the count of the ledger', () => {
    const { screen: { id, kernel } } = screenSchema.parse(runCliJson(['screen', 'ema-cross', '-d', 'm', ...GRID, '-o', 'screen.html'], home));
    const page = readFileSync(join(home, 'screen.html'), 'utf8').split('<script>')[0];
    expect(page).toContain('SCREEN, IN SAMPLE ONLY');
    expect(page).toContain(kernel.kernel);
    expect(page).toMatch(/ema-cross on MOMENTUM\/USDT 1h: N = 160 distinct points/);
    expect(page).toMatch(/Mean annual Sharpe over slowBars and fastBars/);
    expect(page.match(/annual sharpe along (?:fast|slow)Bars/gi)?.length).toBeGreaterThanOrEqual(2);
    expect(page).not.toMatch(/\b(?:NaN|Infinity|undefined)\b|(?:src|href)="https?:/);
    expect(runCliJson<{ id: string; kind: string }[]>(['report'], home)).toContainEqual({ id, kind: 'screen' });
  });

  it.each([
    [['--memory-mb', '0'], 'memory-invalid'],
    [['--memory-mb', '3'], 'memory-too-small'],
    [['--top', '0'], 'top-invalid'],
    [['--objective', 'sortinoAnn'], 'arguments-invalid'],
    [['-w', '0'], 'workers-invalid'],
  ])('refuses %s', (args, code) => {
    expect(assay('screen', 'ema-cross', '-d', 'm', ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(`[${code}]`) as string });
  });
});
