import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../engine/index.ts';
import { type Entry, entriesOf } from '../../../grading/index.ts';
import { runCli, runCliJson } from '../../support/run-cli.ts';
import { serveHome, type ServeHome } from '../../support/serve-home.ts';
import { journalFile, type Kills, serveThroughKills, serveWhole } from '../../support/serve-kills.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HISTORY = 300;
const HOURS = 150;

describe('assay serve, killed', () => {
  let whole: ServeHome;
  let killed: ServeHome;
  let kills: Kills;
  const places: number[] = [];

  beforeAll(async () => {
    whole = await serveHome({ root: ROOT, bars: HISTORY + HOURS, historyBars: HISTORY, home: temporaryFolder() });
    killed = { ...whole, home: temporaryFolder() };
    cpSync(whole.home, killed.home, { recursive: true });
    await serveWhole(whole);
    const bytes = readFileSync(journalFile(whole.home)).length;
    kills = await serveThroughKills(killed, { kills: 8, seed: 11, bytes, onKill: (_, at) => places.push(at / bytes) });
  });

  it('goes on where it was killed, to the same journal byte for byte', () => {
    expect(kills.kills).toBeGreaterThanOrEqual(4);
    expect(places.filter((place) => place > 0 && place < 1).length).toBeGreaterThanOrEqual(3);
    expect(firstDifference(linesOf(journalFile(killed.home)), linesOf(journalFile(whole.home)))).toBeNull();
  });

  it('publishes each grade once', () => {
    const keys = gradesOf(killed.home).map(({ payload: { symbol, closeTimeMs } }) => `${symbol} ${closeTimeMs}`);
    expect(keys).toHaveLength(killed.datasets.length * HOURS);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leaves journals that verify, and that a replay gives again', () => {
    expect(runCli(['audit', 'verify', '--home', killed.home], killed.home)).toMatchObject({ code: 0 });
    expect(runCliJson<{ readonly difference: object | null; readonly derived: number }>(['audit', 'replay', '--home', killed.home], killed.home)).toMatchObject({ difference: null });
  });

  it('grades in a batch to the same bytes', () => {
    const output = join(killed.home, 'grades.jsonl');
    runCliJson(['grade', ...killed.datasets, '--from', killed.from, '--history', String(HISTORY), '--output', output, '--home', killed.home], killed.home);
    const batch = linesOf(output).slice(0, -1).map((line) => canonicalJson(JSON.parse(line)));
    const live = gradesOf(killed.home).map(({ payload }) => canonicalJson(payload));
    expect(firstDifference(batch, live)).toBeNull();
    expect(gradesOf(killed.home).filter(({ payload: { traderGrade } }) => traderGrade !== null).length).toBeGreaterThan(HOURS);
  });
});

function gradesOf(home: string): Entry<'grade_published'>[] {
  return [...entriesOf(join(home, 'grading'))].filter((entry) => entry.type === 'grade_published');
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n');
}

function firstDifference(a: readonly string[], b: readonly string[]): readonly (string | undefined)[] | null {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return [a[i], b[i]];
  return null;
}
