import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI, runCliJson } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const SWEEP = ['sweep', 'ema-cross', '-d', 'noise', '-p', 'fastBars=2:40:1', '-p', 'slowBars=50:300:5'];

const PROGRESS = /sweep: \d+ of/;

/** Runs a sweep until its first word of progress, then interrupts it as Ctrl-C does. */
function interrupted(): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...SWEEP], { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      const isFirst = !PROGRESS.test(stderr);
      stderr += text.toString();
      if (isFirst && PROGRESS.test(stderr)) child.kill('SIGINT');
    });
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

describe('Ctrl-C in a sweep', () => {
  it('ends it with 130 and a hint, keeps what was done, and the same command goes on', async () => {
    runCliJson(['data', 'synthetic', 'noise', '--bars', '20000', '--id', 'noise'], home);
    const { code, stderr } = await interrupted();
    expect(code).toBe(130);
    expect(stderr).toContain('the same command goes on from here');
    const [id] = readdirSync(join(home, '.assay/sweeps'));
    expect(readdirSync(join(home, '.assay/sweeps', id, 'blocks')).length).toBeGreaterThan(0);
    const { sweep } = runCliJson<{ sweep: { id: string; resumedTrials: number; trials: number } }>(SWEEP, home);
    expect(sweep.id).toBe(id);
    expect(sweep.resumedTrials).toBeGreaterThan(0);
    expect(sweep.resumedTrials).toBeLessThan(sweep.trials);
  });
});
