import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../engine/index.ts';
import { figuresOfClaims, ledgerFigures, ledgerFiles, type LedgerLine, openLedger, verifyLedger } from '../../../workbench/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
let homes = 0;

function appendNotes(home: string, texts: readonly string[], notices: string[] = []): void {
  const writer = openLedger(home, { now: () => 1, onNotice: (text) => notices.push(text) });
  for (const text of texts) writer.append({ type: 'note', text, claim: null });
  writer.flush();
}

/** A ledger of five notes whose lines somebody changed. */
function tampered(change: (lines: string[]) => string[]): string {
  const home = join(root, String(homes++));
  appendNotes(home, ['one', 'two', 'three', 'four', 'five']);
  const { trials } = ledgerFiles(home);
  writeFileSync(trials, change(readFileSync(trials, 'utf8').trimEnd().split('\n')).map((line) => `${line}\n`).join(''));
  return home;
}

/** The line with another text, and a hash that fits it. */
function forged(line: string, text: string): string {
  const { hash: _, ...rest } = JSON.parse(line) as LedgerLine;
  const body = canonicalJson({ ...rest, text });
  return `${body.slice(0, -1)},"hash":"${sha256(body)}"}`;
}

const swapped = (lines: string[], a: number, b: number): string[] => lines.with(a, lines[b]).with(b, lines[a]);

describe('a ledger that somebody changed', () => {
  it.each<[string, (lines: string[]) => string[], object]>([
    ['a word in the first entry', (lines) => lines.with(0, lines[0].replace('one', 'two')), { seq: 1, rule: 'edited' }],
    ['a word in an entry', (lines) => lines.with(2, lines[2].replace('three', 'tree')), { seq: 3, rule: 'edited' }],
    ['white space', (lines) => lines.with(2, lines[2].replace('"claim":', '"claim": ')), { seq: 3, rule: 'edited' }],
    ['an entry and its hash', (lines) => lines.with(2, forged(lines[2], 'tree')), { seq: 3, rule: 'edited' }],
    ['the last entry and its hash', (lines) => lines.with(4, forged(lines[4], 'six')), { seq: 5, rule: 'edited' }],
    ['an entry to nonsense', (lines) => lines.with(1, 'nonsense'), { seq: 2, rule: 'edited' }],
    ['by deleting the first entry', (lines) => lines.slice(1), { seq: 1, rule: 'deleted' }],
    ['by deleting one entry', (lines) => lines.toSpliced(1, 1), { seq: 2, rule: 'deleted' }],
    ['by deleting two', (lines) => lines.toSpliced(2, 2), { seq: 3, rule: 'deleted' }],
    ['by swapping two neighbours', (lines) => swapped(lines, 1, 2), { seq: 2, rule: 'reordered' }],
    ['by swapping two others', (lines) => swapped(lines, 0, 4), { seq: 1, rule: 'reordered' }],
    ['by repeating an entry', (lines) => lines.toSpliced(3, 0, lines[1]), { seq: 4, rule: 'reordered' }],
    ['by deleting the last entry', (lines) => lines.slice(0, 4), { seq: 5, rule: 'truncated' }],
    ['by deleting the last three', (lines) => lines.slice(0, 2), { seq: 3, rule: 'truncated' }],
    ['by deleting every line', () => [], { seq: 1, rule: 'truncated' }],
  ])('%s is found by its entry', (_, change, damage) => {
    const home = tampered(change);
    expect(verifyLedger(home).damage).toMatchObject(damage);
    expect(figuresOfClaims(home)).toEqual({ missing: verifyLedger(home).damage?.message });
  });

  it('stays damaged, and says so, when it is appended to', () => {
    const cases: [(lines: string[]) => string[], number, string][] = [
      [(lines) => lines.slice(0, 3), 4, 'deleted'],
      [(lines) => lines.with(4, forged(lines[4], 'six')), 5, 'edited'],
      [(lines) => lines.with(4, 'nonsense'), 5, 'edited'],
      [() => [], 1, 'deleted'],
    ];
    for (const [change, seq, rule] of cases) {
      const home = tampered(change);
      const notices: string[] = [];
      appendNotes(home, ['later', 'and later'], notices);
      expect(notices).toEqual([expect.stringContaining('damaged')]);
      expect(verifyLedger(home).damage).toMatchObject({ seq, rule });
    }
  });

  it('is missed where its head is there', () => {
    const home = tampered((lines) => lines);
    rmSync(ledgerFiles(home).trials);
    expect(verifyLedger(home).damage).toMatchObject({ seq: 1, rule: 'missing' });
    appendNotes(home, ['begun again']);
    expect(verifyLedger(home).damage).toMatchObject({ seq: 1, rule: 'deleted' });
  });

  it.each([['gone', (file: string) => rmSync(file)], ['no head', (file: string) => writeFileSync(file, '{}')]])('is damaged where the head is %s, and stays so', (_, change) => {
    const home = tampered((lines) => lines);
    change(ledgerFiles(home).head);
    expect(verifyLedger(home).damage).toMatchObject({ seq: 5, rule: 'head-missing' });
    appendNotes(home, ['later']);
    expect(verifyLedger(home).damage).toMatchObject({ seq: 6, rule: 'deleted' });
  });

  it('is intact with lines beyond the head: a kill between the two', () => {
    const home = tampered((lines) => lines);
    const { head } = ledgerFiles(home);
    const old = readFileSync(head);
    appendNotes(home, ['six', 'seven']);
    writeFileSync(head, old);
    expect(verifyLedger(home)).toMatchObject({ entries: 7, damage: null });
  });

  it('has no figures where there is none', () => {
    expect(ledgerFigures(join(root, 'nowhere'), 'x')).toEqual({ missing: expect.stringContaining('no trials of the claim "x"') as string });
    expect(verifyLedger(join(root, 'nowhere'))).toMatchObject({ entries: 0, damage: null });
  });
});
