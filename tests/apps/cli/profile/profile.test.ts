import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profiledArguments } from '../../../../apps/cli/commands/profile.ts';
import { crossingStrategy } from '../../../support/crossing-strategy.ts';
import { runCli, runCliJson } from '../../../support/run-cli.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const home = temporaryFolder();

/** `[name, source, self ms, total ms]` of every frame of a page. */
function framesOf(page: string): { readonly name: string; readonly source: string; readonly depth: number; readonly x: number; readonly width: number }[] {
  return [...page.matchAll(/data-x="([\d.e-]+)" data-w="([\d.e-]+)" data-d="(\d+)"><title>([^<]*)<\/title>/g)].map(([, x, width, depth, title]) => {
    const lines = title.split('\n');
    return { name: lines[0], source: lines.length > 2 ? lines[1] : '', depth: Number(depth), x: Number(x), width: Number(width) };
  });
}

describe('assay profile', () => {
  it('shows where a command spent its time, workers included, by the names of the sources', () => {
    runCliJson(['data', 'synthetic', 'noise', '--bars', '60000', '--timeframe', '1h', '--id', 'long'], home);
    writeFileSync(join(home, 'my.ts'), crossingStrategy());
    const { code, stdout, stderr } = runCli(['profile', '-o', 'flame.html', 'sweep', './my.ts', '-d', 'long', '-p', 'fastBars=5:40:5', '-p', 'slowBars=50,100', '-w', '1'], home);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('flame.html\n');
    const page = readFileSync(join(home, 'flame.html'), 'utf8');
    const frames = framesOf(page);
    expect(frames).toContainEqual(expect.objectContaining({ name: 'simulate', source: expect.stringMatching(/^engine\/simulate\/simulate\.ts:\d+$/) as string }));
    expect(frames).toContainEqual(expect.objectContaining({ name: 'targetExposure', source: expect.stringMatching(/^\.\/my\.ts:\d+$/) as string }));
    expect(frames.filter(({ depth }) => depth === 1).map(({ name }) => name).sort()).toEqual(['1 worker thread', 'main thread']);
    expect(frames.filter(({ depth }) => depth === 1).reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1, 5);
    for (const child of frames.filter(({ depth }) => depth > 0)) {
      expect(frames.some(({ depth, x, width }) => depth === child.depth - 1 && x <= child.x + 1e-6 && x + width >= child.x + child.width - 1e-6), child.name).toBe(true);
    }
    expect(page).not.toMatch(/(src|href)="(?!data:,)|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import/);
  });

  it('ends as the command ends, and asks for one', () => {
    expect(runCli(['profile', '-o', 'none.html', 'backtest', 'ema-crss', '-d', 'long'], home)).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "ema-cross"?') as string });
    expect(runCli(['profile'], home)).toMatchObject({ code: 2, stderr: expect.stringContaining('[profile-command]') as string });
  });

  it('leaves the options after the command’s name to it', () => {
    expect(profiledArguments(['profile', '-o', 'a.html', '--json', 'backtest', 'x', '-o', 'b.html'])).toEqual(['profile', '-o', 'a.html', '--json', '--', 'backtest', 'x', '-o', 'b.html']);
    expect(profiledArguments(['profile', '-o', 'a.html'])).toEqual(['profile', '-o', 'a.html']);
    expect(profiledArguments(['backtest', 'x'])).toEqual(['backtest', 'x']);
  });
});
