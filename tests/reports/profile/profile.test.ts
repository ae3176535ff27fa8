import { describe, expect, it } from 'vitest';
import { framesOf, roomOf, selfTimes } from '../../../reports/profile/frames.ts';
import { type ProfiledCall, renderProfile } from '../../../reports/index.ts';

const call = (name: string, selfUs: number, calls: readonly ProfiledCall[] = [], source: string | null = `engine/${name}.ts:1`): ProfiledCall => ({
  name, source, selfUs, calls, totalUs: calls.reduce((sum, { totalUs }) => sum + totalUs, selfUs),
});
const ROOT = call('all threads', 0, [call('b<script>', 100, [call('kernel', 300)]), call('kernel', 600), call('tiny', 0.1)], null);

describe('frames', () => {
  it('lie beside one another within their caller, the longest first, and the tiny are left out', () => {
    const frames = framesOf(ROOT);
    expect(frames.map(({ call: { name }, depth }) => [name, depth])).toEqual([['all threads', 0], ['kernel', 1], ['b<script>', 1], ['kernel', 2]]);
    expect(frames[2].x).toBeCloseTo(0.6, 3);
    expect(frames[3].x).toBeCloseTo(frames[2].x, 12);
  });

  it('know whose code they are', () => {
    expect(['engine/a.ts:1', './my.ts:3', 'strategies/trend/ema.ts:1', 'apps/cli/main.ts:2', 'piscina/dist/a.js:1', 'node:fs', null].map((source) => roomOf({ source })))
      .toEqual(['engine', 'strategy', 'strategy', 'assay', 'package', 'node', 'native']);
  });

  it('add a function’s own time over all paths', () => {
    expect(selfTimes(ROOT).map(({ name, selfUs }) => [name, selfUs])).toEqual([['kernel', 900], ['b<script>', 100], ['tiny', 0.1]]);
  });
});

describe('the page of a profile', () => {
  const page = renderProfile({ command: 'backtest <x>', root: ROOT, threads: 1, idleUs: 0, intervalUs: 200 }, { script: 'void 0' });

  it('is the same twice, fetches nothing, and takes no markup from a name', () => {
    expect(renderProfile({ command: 'backtest <x>', root: ROOT, threads: 1, idleUs: 0, intervalUs: 200 }, { script: 'void 0' })).toBe(page);
    expect(page).not.toMatch(/(src|href)="(?!data:,)|https?:|@import|url\(/);
    expect(page).toContain('assay backtest &lt;x&gt;');
    expect(page).not.toContain('b<script>');
  });

  it('says each frame’s place, own and total time', () => {
    expect(page).toContain('<title>kernel\nengine/kernel.ts:1\nself 0.6 ms (60.0 %), total 0.6 ms (60.0 %)</title>');
  });
});
