import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../engine/index.ts';
import { type JournalDraft, journalFiles, type JournalLine, openJournal, readJournal, verifyJournal } from '../../../workbench/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const NAME = 'live';
let folders = 0;
const newFolder = (): string => join(root, String(folders++));
const linesFile = (folder: string): string => journalFiles(folder, NAME).lines;
const draft = (text: string): JournalDraft => ({ type: 'note', tsMs: 1, text });
const read = (folder: string, fromSeq?: number): JournalLine[] => [...readJournal(folder, NAME, { fromSeq })];
const texts = (folder: string): unknown[] => read(folder).map(({ text }) => text);

/** A journal of batches; returns what the writer had to say. */
function written(folder: string, batches: readonly (readonly string[])[], hold = true): string[] {
  const notices: string[] = [];
  const journal = openJournal(folder, { name: NAME, hold, onNotice: (text) => notices.push(text) });
  for (const batch of batches) journal.append(batch.map(draft));
  journal.close();
  return notices;
}

describe.each([['one holder', true], ['many processes', false]])('a journal of %s', (_, hold) => {
  it('chains its lines, marks the end of each batch and returns them as they stand in the file', () => {
    const folder = newFolder();
    const journal = openJournal(folder, { name: NAME, hold, onNotice: expect.unreachable });
    const first = journal.append([draft('a'), draft('b\n"last":true')]);
    const second = journal.append([draft('c')], { sync: false });
    expect(journal.append([])).toEqual([]);
    expect(journal.head).toEqual({ seq: 3, hash: second[0].hash });
    journal.close();
    expect(read(folder)).toEqual([...first, ...second]);
    expect([...first, ...second].map(({ seq, last, prev }) => [seq, last, prev])).toEqual([[1, undefined, '0'.repeat(64)], [2, true, first[0].hash], [3, true, first[1].hash]]);
    const { hash, ...rest } = first[1];
    expect(hash).toBe(sha256(canonicalJson(rest)));
    expect(JSON.parse(readFileSync(journalFiles(folder, NAME).head, 'utf8'))).toEqual({ seq: 3, hash: second[0].hash });
    expect(verifyJournal(folder, NAME)).toEqual({ entries: 3, hash: second[0].hash, damage: null, tornBytes: 0 });
    expect(readdirSync(folder).sort()).toEqual(['live.head.json', 'live.jsonl']);
  });

  it('goes on where another left it, and reads from a number on', () => {
    const folder = newFolder();
    written(folder, [['a', 'b']], hold);
    expect(written(folder, [['c'], ['d', 'e']], hold)).toEqual([]);
    expect(texts(folder)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(read(folder, 4).map(({ text }) => text)).toEqual(['d', 'e']);
    expect(read(folder, 6)).toEqual([]);
  });

  it('refuses fields that are its own', () => {
    const folder = newFolder();
    const journal = openJournal(folder, { name: NAME, hold, onNotice: expect.unreachable });
    for (const field of ['seq', 'prev', 'hash', 'last']) expect(() => journal.append([draft('a'), { ...draft('b'), [field]: 1 }])).toThrow(/draft must be without seq, prev, hash, last/);
    journal.close();
    expect(verifyJournal(folder, NAME)).toMatchObject({ entries: 0, damage: null });
  });
});

describe('a folder that is held', () => {
  it('lets no second writer in until it is closed', () => {
    const folder = newFolder();
    const journal = openJournal(folder, { name: NAME, hold: true, onNotice: expect.unreachable });
    expect(() => openJournal(folder, { name: NAME, hold: true, onNotice: expect.unreachable, code: 'service-runs' })).toThrow(expect.objectContaining({ code: 'service-runs' }) as Error);
    journal.close();
    journal.close();
    written(folder, [['later']]);
    expect(texts(folder)).toEqual(['later']);
  });

  it('keeps others out while one reads and then appends', () => {
    const folder = newFolder();
    const [a, b] = [1, 2].map(() => openJournal(folder, { name: NAME, hold: false, onNotice: expect.unreachable }));
    a.append([draft('one')]);
    b.exclusively(() => b.append([draft(`after ${read(folder).length}`)]));
    a.append([draft('three')]);
    expect(texts(folder)).toEqual(['one', 'after 1', 'three']);
    expect(readdirSync(folder)).not.toContain('lock');
  });
});

describe('a batch torn by a kill', () => {
  it('at any byte is moved aside as a whole, with a notice, and never a part of it is read', () => {
    const whole = newFolder();
    const folder = newFolder();
    mkdirSync(folder);
    written(whole, [['a', 'b']]);
    const headBefore = readFileSync(journalFiles(whole, NAME).head);
    const before = readFileSync(linesFile(whole));
    written(whole, [['c', 'd', 'e']]);
    const after = readFileSync(linesFile(whole));
    for (let cut = before.length; cut <= after.length; cut++) {
      writeFileSync(linesFile(folder), after.subarray(0, cut));
      writeFileSync(journalFiles(folder, NAME).head, headBefore);
      const isWhole = cut === after.length;
      const tornBytes = isWhole ? 0 : cut - before.length;
      expect(verifyJournal(folder, NAME)).toMatchObject({ entries: isWhole ? 5 : 2, damage: null, tornBytes });
      expect(texts(folder)).toEqual(isWhole ? ['a', 'b', 'c', 'd', 'e'] : ['a', 'b']);
      if (cut % 23 !== 0 && !isWhole && tornBytes > 1) continue;
      const notices = written(folder, [['f']], cut % 2 === 0);
      expect(notices).toHaveLength(tornBytes > 0 ? 1 : 0);
      if (tornBytes > 0) expect(readFileSync(/moved to (.*)$/.exec(notices[0])?.[1] ?? '')).toEqual(after.subarray(before.length, cut));
      expect(texts(folder)).toEqual(isWhole ? ['a', 'b', 'c', 'd', 'e', 'f'] : ['a', 'b', 'f']);
      expect(verifyJournal(folder, NAME)).toMatchObject({ damage: null, tornBytes: 0 });
    }
  });

  it('is damage where the head knew it whole, and stays so', () => {
    const folder = newFolder();
    written(folder, [['a'], ['b', 'c', 'd']]);
    const lines = readFileSync(linesFile(folder), 'utf8').split('\n');
    writeFileSync(linesFile(folder), `${lines.slice(0, 3).join('\n')}\n${lines[3].slice(0, 20)}`);
    expect(verifyJournal(folder, NAME)).toMatchObject({ entries: 1, damage: { seq: 4, rule: 'truncated' } });
    expect(written(folder, [['e']])).toEqual([expect.stringContaining('is damaged'), expect.stringContaining('live.jsonl.torn-5')]);
    expect(verifyJournal(folder, NAME)).toMatchObject({ entries: 1, damage: { seq: 4, rule: 'deleted' } });
  });
});

describe('a journal that somebody changed', () => {
  const original = join(root, 'original');
  const ends: number[] = [];

  /** Number of the entry that a byte of the file belongs to, its line feed included. */
  const seqAt = (at: number): number => ends.findIndex((end) => at <= end) + 1;

  function prepare(): Buffer {
    if (!existsSync(original)) {
      written(original, Array.from({ length: 6 }, (_, i) => Array.from({ length: i + 1 }, (__, j) => `entry ${i} ${j} \ufffd ü`)));
      readFileSync(linesFile(original)).forEach((byte, at) => byte === 10 && ends.push(at));
    }
    return readFileSync(linesFile(original));
  }

  it('in any one byte is found at the exact entry', () => {
    const bytes = prepare();
    const folder = join(root, 'flipped');
    cpSync(original, folder, { recursive: true });
    fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(bytes);
      changed[at] ^= flip;
      writeFileSync(linesFile(folder), changed);
      expect(verifyJournal(folder, NAME).damage?.seq).toBe(seqAt(at));
      const given: JournalLine[] = [];
      expect(() => {
        for (const line of readJournal(folder, NAME)) given.push(line);
      }).toThrow(expect.objectContaining({ code: 'journal-damaged', message: expect.stringContaining(`entry ${seqAt(at)} `) as string }) as Error);
      expect(given.length).toBeLessThan(seqAt(at));
    }), { numRuns: 400, seed: 1 });
  });

  it('by deleting, swapping or repeating any line, or cutting any number off, is found at the exact entry', () => {
    const lines = prepare().toString('utf8').trimEnd().split('\n');
    const folder = join(root, 'moved');
    cpSync(original, folder, { recursive: true });
    const damageOf = (changed: readonly string[]) => {
      writeFileSync(linesFile(folder), changed.map((line) => `${line}\n`).join(''));
      return verifyJournal(folder, NAME).damage;
    };
    const last = lines.length - 1;
    for (let i = 0; i <= last; i++) {
      expect(damageOf(lines.toSpliced(i, 1))).toMatchObject({ seq: i + 1, rule: i === last ? 'truncated' : 'deleted' });
      expect(damageOf(lines.slice(0, i))).toMatchObject({ seq: i + 1, rule: 'truncated' });
      if (i < last) expect(damageOf(lines.with(i, lines[i + 1]).with(i + 1, lines[i]))).toMatchObject({ seq: i + 1, rule: 'reordered' });
      expect(damageOf(lines.toSpliced(i + 1, 0, lines[i]))).toMatchObject({ seq: i + 2, rule: 'reordered' });
    }
  });

  it('is found by its head where that was changed or is gone', () => {
    const folder = join(root, 'headless');
    prepare();
    cpSync(original, folder, { recursive: true });
    const { head } = journalFiles(folder, NAME);
    for (const text of ['null', '{}', 'nonsense', `{"seq":21,"hash":"${'0'.repeat(64)}"}`]) {
      writeFileSync(head, text);
      expect(verifyJournal(folder, NAME).damage).toMatchObject({ seq: 21 });
    }
    writeFileSync(head, `{"seq":22,"hash":"${'0'.repeat(64)}"}`);
    expect(verifyJournal(folder, NAME).damage).toMatchObject({ seq: 22, rule: 'truncated' });
    rmSync(head);
    expect(verifyJournal(folder, NAME).damage).toMatchObject({ rule: 'head-missing' });
    rmSync(linesFile(folder));
    expect(verifyJournal(folder, NAME)).toMatchObject({ entries: 0, damage: null });
  });
});

describe('a journal that cannot be written', () => {
  it('is whole after a write that failed half way', () => {
    const folder = newFolder();
    const notices: string[] = [];
    const journal = openJournal(folder, { name: NAME, hold: true, onNotice: (text) => notices.push(text) });
    journal.append([draft('a')]);
    appendFileSync(linesFile(folder), '{"half":');
    journal.append([draft('b')]);
    journal.close();
    expect(notices).toEqual([expect.stringContaining('torn-2')]);
    expect(texts(folder)).toEqual(['a', 'b']);
  });
});
