// Shows that the gate of assay bench sees a slowdown and passes unchanged code: a baseline, then so many runs as they are and so many with busy
// time added. node scripts/bench-gate.mjs [--only kernel,events] [--unchanged 10] [--slowed 5] [--slow 15]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { only: { type: 'string', default: 'kernel,events' }, unchanged: { type: 'string', default: '10' }, slowed: { type: 'string', default: '5' }, slow: { type: 'string', default: '15' } },
});
const cli = fileURLToPath(new URL('../dist/apps/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-gate-'));
const baseline = join(folder, 'baseline.json');
const assay = (...args) => spawnSync(process.execPath, [cli, 'bench', '--quiet', '--json', '--only', values.only, ...args], { encoding: 'utf8' });

function changes({ stdout }) {
  return JSON.parse(stdout).comparisons.map(({ name, change }) => `${name} ${(100 * change).toFixed(1)} %`).join(', ');
}

function series(count, wanted, label, ...args) {
  let right = 0;
  for (let i = 0; i < count; i++) {
    const run = assay('--against', baseline, ...args);
    if (run.status !== 0 && run.status !== 4) throw new Error(run.stderr);
    if (run.status === wanted) right++;
    process.stdout.write(`${label} ${i + 1}: exit ${run.status}  ${changes(run)}  (load ${loadavg()[0].toFixed(1)})\n`);
  }
  process.stdout.write(`${label}: ${right} of ${count} as wanted\n`);
  return right === count;
}

try {
  const written = assay('--out', baseline);
  if (written.status !== 0) throw new Error(written.stderr);
  const passes = series(Number(values.unchanged), 0, 'unchanged');
  const fails = series(Number(values.slowed), 4, `slowed by ${values.slow} %`, '--slow', values.slow);
  process.exitCode = passes && fails ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
