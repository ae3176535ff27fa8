import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson, seededRandom } from '../../../engine/index.ts';
import { type Entry, entriesOf } from '../../../grading/index.ts';
import { journalBytes, journalText, liveHome, serveUntil } from '../../support/live-home.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KILLS = 6;

describe('assay serve', () => {
  it('publishes the same bytes when it is killed and started again, as a batch and a replay do', async () => {
    const whole = await liveHome(temporaryFolder());
    expect(await serveUntil(whole)).toEqual({ wasKilled: false, code: 0 });
    const bytes = journalBytes(whole.home);

    const killed = await liveHome(temporaryFolder());
    const random = seededRandom(11, 'kills');
    let kills = 0;
    for (let i = 0; i < KILLS; i++) {
      const at = journalBytes(killed.home);
      const { wasKilled } = await serveUntil(killed, at + (random() * 2 * (bytes - at)) / (KILLS - i + 1));
      if (wasKilled) kills++;
    }
    await serveUntil(killed);
    expect(kills).toBeGreaterThan(1);
    expect(journalText(killed.home)).toBe(journalText(whole.home));

    const published = ([...entriesOf(join(killed.home, 'grading'))] as Entry[]).filter((entry): entry is Entry<'grade_published'> & Entry => entry.type === 'grade_published');
    const folder = temporaryFolder();
    const [day] = new Date(published[0].payload.closeTimeMs - 86_400_000).toISOString().split('T');
    const batch = runCli(['grade', 'graded', '--home', killed.home, '--from', day, '-o', 'grades.jsonl', '--quiet'], folder);
    expect(batch.code, batch.stderr).toBe(0);
    expect(readFileSync(join(folder, 'grades.jsonl'), 'utf8')).toBe(published.map(({ payload }) => `${canonicalJson(payload)}\n`).join(''));

    expect(runCli(['audit', 'verify', '--home', killed.home], folder).code).toBe(0);
    const replay = runCli(['audit', 'replay', '--home', killed.home], folder);
    expect(replay.code, replay.stderr).toBe(0);
  });
});
