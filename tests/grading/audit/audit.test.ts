import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../engine/index.ts';
import { type Audit, auditEntries, auditOf, openRegistry } from '../../../grading/index.ts';
import { openJournal } from '../../../workbench/index.ts';
import { modelVersion } from '../../support/model-version.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
let homes = 0;

interface Home {
  readonly home: string;
  readonly hash: string;
}

/** A home with two versions in the registry at times 10 and 20, and three batches of the live journal at 15, 25 and 35. */
function written(): Home {
  const home = join(root, String(homes++));
  let nowMs = 0;
  const registry = openRegistry(home, { clock: { nowMs: () => (nowMs += 10) }, onNotice: expect.unreachable });
  const { sha256: hash } = registry.register(modelVersion(), 'promotion');
  registry.register(modelVersion({ version: 2, author: 'someone' }), 'promotion');
  const live = openJournal(join(home, 'grading'), { name: 'live', hold: true, onNotice: expect.unreachable });
  const columns = registry.putObject('{"close":[1,2]}');
  live.append([entry('history_loaded', 15, null, { sha256: columns }), entry('close', 15, null, { closeTimeMs: 15 })]);
  live.append([entry('transition', 25, 'ema-cross@1', { to: 'WATCH' })]);
  live.append([entry('transition', 35, 'ema-cross@2', { to: 'WATCH' })]);
  live.close();
  return { home, hash };
}

function entry(type: string, tsMs: number, model: string | null, payload: object) {
  return { type, tsMs, model, payload, payloadSha256: sha256(canonicalJson(payload)) };
}

const damaged = ({ journals }: Audit): unknown[] => journals.flatMap(({ journal, damage }) => (damage === null ? [] : [[journal, damage.seq, damage.rule]]));

describe('an audit', () => {
  it('finds every journal and every stored file intact where nobody changed one', () => {
    const { home } = written();
    const audit = auditOf(home);
    expect(audit).toMatchObject({ isIntact: true, objects: { objects: 3, damage: [] } });
    expect(audit.journals.map(({ journal, entries, damage, tornBytes }) => [journal, entries, damage, tornBytes])).toEqual([['registry/journal', 2, null, 0], ['grading/live', 4, null, 0]]);
    expect(auditOf(join(root, 'nowhere'))).toEqual({ journals: [], objects: { objects: 0, damage: [] }, isIntact: true });
  });

  it('names the journal and the entry of any byte that was changed', () => {
    const { home } = written();
    for (const [room, name] of [['registry', 'journal'], ['grading', 'live']] as const) {
      const file = join(home, room, `${name}.jsonl`);
      const bytes = readFileSync(file);
      fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] ^= flip;
        writeFileSync(file, changed);
        const seq = bytes.subarray(0, at).toString('latin1').split('\n').length;
        expect(damaged(auditOf(home))).toEqual([[`${room}/${name}`, seq, expect.any(String)]]);
      }), { numRuns: 60, seed: 3 });
      writeFileSync(file, bytes);
    }
    expect(auditOf(home).isIntact).toBe(true);
  });

  it('sees that a journal is gone, and what a kill left', () => {
    const { home } = written();
    appendFileSync(join(home, 'grading/live.jsonl'), '{"half');
    expect(auditOf(home)).toMatchObject({ isIntact: true, journals: [{}, { tornBytes: 6 }] });
    rmSync(join(home, 'grading/live.jsonl'));
    expect(damaged(auditOf(home))).toEqual([['grading/live', 1, 'missing']]);
  });

  it('finds a payload that is not that of its hash', () => {
    const { home } = written();
    const live = openJournal(join(home, 'grading'), { name: 'live', hold: true, onNotice: expect.unreachable });
    live.append([entry('close', 40, null, { a: 1 }), { ...entry('close', 40, null, { a: 1 }), payload: { a: 2 } }]);
    live.close();
    expect(damaged(auditOf(home))).toEqual([['grading/live', 6, 'edited']]);
  });

  it('finds a stored file that is edited, gone or misnamed', () => {
    const { home, hash } = written();
    const objects = join(home, 'registry/objects');
    writeFileSync(join(objects, 'note'), 'x');
    expect(auditOf(home).objects.damage).toMatchObject([{ sha256: 'note', rule: 'misnamed' }]);
    rmSync(join(objects, 'note'));
    appendFileSync(join(objects, hash), ' ');
    expect(auditOf(home)).toMatchObject({ isIntact: false, objects: { damage: [{ sha256: hash, rule: 'edited' }] } });
    rmSync(join(objects, hash));
    expect(auditOf(home).objects.damage).toEqual([{ sha256: hash, rule: 'missing', message: `the object ${hash} is gone, which entry 1 of registry/journal names` }]);
  });
});

describe('the entries of all journals', () => {
  const shown = (home: string, filter?: Parameters<typeof auditEntries>[1]): unknown[] => [...auditEntries(home, filter)].map(({ journal, line }) => [journal, line.seq, line.tsMs]);

  it('come in the order of their times', () => {
    const { home } = written();
    expect(shown(home)).toEqual([
      ['registry/journal', 1, 10], ['grading/live', 1, 15], ['grading/live', 2, 15], ['registry/journal', 2, 20], ['grading/live', 3, 25], ['grading/live', 4, 35],
    ]);
  });

  it('are filtered by journal, type, model and time', () => {
    const { home } = written();
    expect(shown(home, { journal: 'registry/journal' })).toHaveLength(2);
    expect(shown(home, { type: 'transition' })).toEqual([['grading/live', 3, 25], ['grading/live', 4, 35]]);
    expect(shown(home, { model: 'ema-cross@1' })).toEqual([['registry/journal', 1, 10], ['grading/live', 3, 25]]);
    expect(shown(home, { model: 'ema-cross' })).toHaveLength(4);
    expect(shown(home, { model: 'ema' })).toEqual([]);
    expect(shown(home, { fromMs: 15, toMs: 25 })).toEqual([['grading/live', 1, 15], ['grading/live', 2, 15], ['registry/journal', 2, 20]]);
    expect(() => shown(home, { journal: 'grading/lives' })).toThrow(/did you mean "grading\/live"/);
  });

  it('stop at damage', () => {
    const { home } = written();
    const file = join(home, 'grading/live.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"type":"transition"', '"type":"transitiom"'));
    expect(() => shown(home)).toThrow(/is damaged at entry 3 \(edited\)/);
  });
});
