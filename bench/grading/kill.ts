import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { entriesOf } from '../../grading/index.ts';
import { serveHome } from '../../tests/support/serve-home.ts';
import { journalFile, serveThroughKills, serveWhole } from '../../tests/support/serve-kills.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, hours: { type: 'string', default: '720' }, seed: { type: 'string', default: '1' }, out: { type: 'string' } },
});
const [kills, hours, seed] = [values.kills, values.hours, values.seed].map(Number);
const HISTORY_BARS = 500;
const root = resolve(process.env.BENCH_SOURCE ?? 'bench/grading', '../..');

const folder = mkdtempSync(join(tmpdir(), 'assay-kill-'));
try {
  const whole = await serveHome({ root, bars: HISTORY_BARS + hours, historyBars: HISTORY_BARS, home: join(folder, 'whole') });
  const killed = { ...whole, home: join(folder, 'killed') };
  cpSync(whole.home, killed.home, { recursive: true });
  await serveWhole(whole);
  const journal = readFileSync(journalFile(whole.home));
  const places: number[] = [];
  const done = await serveThroughKills(killed, {
    kills, seed, bytes: journal.length,
    onKill: (count, at) => {
      places.push(at / journal.length);
      if (count % 10 === 0) process.stderr.write(`${count} kills, ${(100 * at / journal.length).toFixed(0)} % written\n`);
    },
  });
  const entries = [...entriesOf(join(killed.home, 'grading'))];
  const grades = entries.flatMap((entry) => (entry.type === 'grade_published' ? [`${entry.payload.symbol} ${entry.payload.closeTimeMs}`] : []));
  const twice = grades.length - new Set(grades).size;
  const result = {
    ...done, inTheMiddle: places.filter((place) => place > 0.05 && place < 0.95).length, entries: entries.length, grades: grades.length,
    lost: killed.datasets.length * hours - new Set(grades).size, twice, equal: journal.equals(readFileSync(journalFile(killed.home))),
  };
  console.log(JSON.stringify(result, null, 2));
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
  if (!result.equal) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
