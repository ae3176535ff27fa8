import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const project = temporaryFolder();
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };

/** The packed package in an empty project, beside the dependencies it declares and no others. */
beforeAll(() => {
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], { cwd: ROOT, encoding: 'utf8' })) as [{ filename: string }];
  const target = join(project, 'node_modules/assay');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, filename), '-C', target, '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
});

function node(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
}

describe('the packed package', () => {
  it('is a library: loads, runs, sweeps and walks forward', () => {
    writeFileSync(join(project, 'use.mjs'), `
      import { kernels, metrics, runBacktest, sweep, syntheticMarket, walkForward } from 'assay';
      const { bars } = syntheticMarket({ kind: 'momentum', seed: 1, bars: 3000 });
      const run = await runBacktest({ strategy: 'ema-cross', data: bars });
      const swept = await sweep({ strategy: 'ema-cross', data: bars, axes: { fastBars: [5, 10], slowBars: [20, 40] }, workers: 2 });
      const walk = await walkForward({ strategy: 'ema-cross', data: bars, axes: { fastBars: [5], slowBars: [20] }, windows: { train: '40d', test: '20d' } });
      console.log(JSON.stringify([run.metrics.trades > 0, swept.trials, walk.windows.length > 0, typeof kernels.ema, metrics.sharpe([0.1, 0.2], 1) > 0]));`);
    const { stdout, stderr } = node('use.mjs');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([true, 4, true, 'function', true]);
  });

  it('has types that a strict project accepts', () => {
    writeFileSync(join(project, 'use.ts'), `
      import { defineStrategy, int, loadBars, type Run, runBacktest } from 'assay';
      const mine = defineStrategy({
        id: 'mine', summary: 'x', params: { n: int({ min: 1, max: 9, default: 3 }) }, warmupBars: ({ n }) => n,
        targetExposure: ({ close }, { n }, ta) => ta.sma(close, n).map((mean, t) => (close[t] > mean ? 1 : 0)),
      });
      const run: Run = await runBacktest({ strategy: mine, data: await loadBars('x'), params: { n: 4 } });
      const sharpe: number | null = run.metrics.sharpeAnn;
      console.log(sharpe);`);
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { module: 'NodeNext', target: 'ES2022', lib: ['ES2023', 'DOM'], strict: true, noEmit: true, types: [], skipLibCheck: true }, files: ['use.ts'] }));
    const { stdout, status } = node(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json');
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('is a command: the demo runs on a synthetic market where the sample is not installed', () => {
    const { status, stdout, stderr } = node('node_modules/assay/dist/apps/cli/main.js', 'demo', '--json', '--quiet');
    expect(status, stderr).toBe(0);
    const { report, walkForward } = JSON.parse(stdout) as { report: string; walkForward: { markets: readonly { instrument: { venue: string } }[] } };
    expect(walkForward.markets[0].instrument.venue).toBe('synthetic');
    expect(readFileSync(report, 'utf8')).toContain('</html>');
  });

  it('holds what it needs and nothing of tests or workplaces', () => {
    const files = execFileSync('tar', ['-tzf', join(project, 'assay-0.1.0.tgz')], { encoding: 'utf8' }).split('\n');
    expect(files).toContain('package/dist/reports/client/client.js');
    expect(files).toContain('package/dist/strategies/code-hashes.json');
    expect(files.filter((file) => /tests\/|\.tgz|golden|\.assay/.test(file))).toEqual([]);
  });
});
