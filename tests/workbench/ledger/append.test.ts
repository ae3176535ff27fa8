import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../engine/index.ts';
import { ledgerFiles, type LedgerLine, noteInLedger, openLedger, scanLedger, verifyLedger } from '../../../workbench/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const BUILT = pathToFileURL(fileURLToPath(new URL('../../../dist/workbench/ledger/index.js', import.meta.url))).href;

/** Appends notes; returns what the writer had to say. */
function appendNotes(home: string, texts: readonly string[]): string[] {
  const notices: string[] = [];
  const writer = openLedger(home, { now: () => 1, onNotice: (text) => notices.push(text) });
  for (const text of texts) writer.append({ type: 'note', text, claim: null });
  writer.flush();
  return notices;
}

function notesOf(home: string): string[] {
  const texts: string[] = [];
  scanLedger(home, (line) => texts.push((line as LedgerLine & { text: string }).text));
  return texts;
}

describe('an entry', () => {
  it('is a line of canonical JSON that ends with its hash and names the hash of the line before', () => {
    const home = join(root, 'chain');
    appendNotes(home, ['one', 'a line\nfeed and "hash":"x"', 'three']);
    const lines = readFileSync(ledgerFiles(home).trials, 'utf8').trimEnd().split('\n').map((text) => JSON.parse(text) as LedgerLine);
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(lines[0].prev).toBe('0'.repeat(64));
    expect(lines[1].prev).toBe(lines[0].hash);
    const { hash, ...rest } = lines[1];
    expect(hash).toBe(sha256(canonicalJson(rest)));
    expect(JSON.parse(readFileSync(ledgerFiles(home).head, 'utf8'))).toEqual({ seq: 3, hash: lines[2].hash });
    expect(verifyLedger(home)).toEqual({ entries: 3, hash: lines[2].hash, damage: null, tornBytes: 0 });
  });

  it('is chained to what another writer has appended in between', () => {
    const home = join(root, 'two-writers');
    const writers = [1, 2].map(() => openLedger(home, { now: () => 1, onNotice: expect.unreachable }));
    for (const text of ['a', 'b', 'c', 'd']) for (const [i, writer] of writers.entries()) writer.append({ type: 'note', text: `${text}${i}`, claim: null });
    for (const writer of writers) writer.flush();
    expect(verifyLedger(home)).toMatchObject({ entries: 8, damage: null });
    expect(notesOf(home)).toEqual(['a0', 'a1', 'b0', 'b1', 'c0', 'c1', 'd0', 'd1']);
  });

  it('is not written by a note without text', () => {
    expect(() => noteInLedger(join(root, 'empty'), ' ', null, { now: () => 1, onNotice: expect.unreachable })).toThrow(expect.objectContaining({ code: 'note-empty' }) as Error);
    expect(existsSync(join(root, 'empty'))).toBe(false);
  });

  it('is found in a file longer than any buffer', () => {
    const home = join(root, 'long');
    const texts = Array.from({ length: 6 }, (_, i) => String(i).repeat(500_000));
    appendNotes(home, texts);
    expect(appendNotes(home, ['last'])).toEqual([]);
    expect(notesOf(home)).toEqual([...texts, 'last']);
    expect(verifyLedger(home)).toMatchObject({ entries: 7, damage: null });
  });
});

describe('a line torn by a kill', () => {
  it('is moved aside by the next append, with a notice, and the ledger is intact', () => {
    const home = join(root, 'torn');
    appendNotes(home, ['one', 'two']);
    appendFileSync(ledgerFiles(home).trials, '{"claim":"half a li');
    expect(verifyLedger(home)).toMatchObject({ entries: 2, damage: null, tornBytes: 19 });
    expect(appendNotes(home, ['three'])).toEqual([expect.stringContaining('trials.jsonl.torn-3')]);
    expect(readFileSync(`${ledgerFiles(home).trials}.torn-3`, 'utf8')).toBe('{"claim":"half a li');
    expect(notesOf(home)).toEqual(['one', 'two', 'three']);
    expect(verifyLedger(home)).toMatchObject({ entries: 3, damage: null, tornBytes: 0 });
  });

  it('does not hide that the head knew it whole', () => {
    const home = join(root, 'torn-known');
    appendNotes(home, ['one', 'two']);
    const { trials } = ledgerFiles(home);
    writeFileSync(trials, readFileSync(trials).subarray(0, -10));
    expect(verifyLedger(home)).toMatchObject({ damage: { seq: 2, rule: 'truncated' } });
    expect(appendNotes(home, ['three'])).toHaveLength(2);
    expect(verifyLedger(home)).toMatchObject({ damage: { seq: 2, rule: 'deleted' } });
  });
});

/** Appends one note, and is killed at its n-th call that changes the disk; a line is then half written. */
const VICTIM = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  import { openLedger } from ${JSON.stringify(BUILT)};
  const [home, killAt] = process.argv.slice(2);
  let calls = 0;
  for (const name of ['mkdirSync', 'writeFileSync', 'linkSync', 'unlinkSync', 'writeSync', 'fsyncSync', 'renameSync']) {
    const call = fs[name];
    fs[name] = (...args) => {
      if (++calls !== Number(killAt)) return call(...args);
      if (name === 'writeSync') call(args[0], args[1].subarray(0, 40));
      process.kill(process.pid, 'SIGKILL');
    };
  }
  syncBuiltinESMExports();
  openLedger(home, { now: () => 1, onNotice: () => undefined }).append({ type: 'note', text: 'victim', claim: null });`;

describe('a process killed while it appends', () => {
  it.each([['into a new ledger', []], ['after other entries', ['one', 'two']]])('at any step leaves the entry or none, %s', (name, before) => {
    const script = join(root, 'victim.mjs');
    writeFileSync(script, VICTIM);
    const left: string[] = [];
    for (let killAt = 1; ; killAt++) {
      const home = join(root, `killed ${name}`);
      rmSync(home, { recursive: true, force: true });
      if (before.length > 0) appendNotes(home, before);
      const { signal, stderr } = spawnSync(process.execPath, [script, home, String(killAt)], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const found = verifyLedger(home);
      expect(found.damage).toBeNull();
      const notices = appendNotes(home, ['survivor', 'and another']);
      expect(notices.length).toBe(found.tornBytes > 0 ? 1 : 0);
      expect(verifyLedger(home)).toMatchObject({ damage: null, tornBytes: 0 });
      const isThere = notesOf(home).includes('victim');
      expect(notesOf(home)).toEqual([...before, ...(isThere ? ['victim'] : []), 'survivor', 'and another']);
      left.push(found.tornBytes > 0 ? 'torn' : isThere ? 'whole' : 'none');
      if (signal === null) break;
    }
    expect([...new Set(left)]).toEqual(['none', 'torn', 'whole']);
  });
});

describe('several processes that append at once', () => {
  it('write each line whole, in one chain', async () => {
    const home = join(root, 'crowd');
    mkdirSync(home);
    const script = join(root, 'crowd.mjs');
    writeFileSync(script, `
      import { openLedger } from ${JSON.stringify(BUILT)};
      const [home, name] = process.argv.slice(2);
      const writer = openLedger(home, { now: () => 1, onNotice: (text) => { throw new Error(text); } });
      for (let i = 0; i < 60; i++) writer.append({ type: 'note', text: name + i + ' '.repeat(2000), claim: null });
      writer.flush();`);
    const ends = ['a', 'b', 'c'].map((name) => new Promise((resolve) => {
      spawn(process.execPath, [script, home, name], { stdio: ['ignore', 'inherit', 'inherit'] }).on('close', resolve);
    }));
    expect(await Promise.all(ends)).toEqual([0, 0, 0]);
    expect(verifyLedger(home)).toMatchObject({ entries: 180, damage: null, tornBytes: 0 });
    for (const name of ['a', 'b', 'c']) expect(notesOf(home).filter((text) => text.startsWith(name)).map((text) => Number(text.slice(1)))).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(readdirSync(join(home, 'ledger')).sort()).toEqual(['head.json', 'trials.jsonl']);
  });
});
