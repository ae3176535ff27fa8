import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { returnFile, withReturnFile, writable, writeAll } from '../../workbench/research/return-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BUILT = pathToFileURL(join(import.meta.dirname, '../../dist/workbench/research/return-file.js')).href;

describe('a file of returns', () => {
  it('gives back what was appended, in any stretch, and leaves nothing in its folder', async () => {
    const folder = join(temporaryFolder(), 'cache', 'returns');
    await withReturnFile(folder, async (file) => {
      file.reserve(24);
      for (let i = 0; i < 3; i++) file.append(Uint8Array.from({ length: 8 }, (_, byte) => 8 * i + byte));
      const into = new Uint8Array(new SharedArrayBuffer(10));
      file.read(5, into);
      expect([...into]).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
      expect(() => file.read(20, into)).toThrow('4 are there');
      expect(readdirSync(folder)).toEqual([]);
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not made where it is not needed', async () => {
    const folder = join(temporaryFolder(), 'returns');
    await withReturnFile(folder, () => Promise.resolve());
    expect(existsSync(folder)).toBe(false);
  });

  it('leaves nothing behind when the process is killed while it writes', () => {
    const folder = temporaryFolder();
    const code = `const { returnFile } = await import(${JSON.stringify(BUILT)});
      const file = returnFile(${JSON.stringify(folder)});
      file.reserve(2 ** 22);
      file.append(new Uint8Array(2 ** 21));
      process.kill(process.pid, 'SIGKILL');`;
    const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
    expect(signal, stderr).toBe('SIGKILL');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is closed by an error, and then neither written nor read', async () => {
    const folder = temporaryFolder();
    const file = returnFile(folder);
    file.reserve(8);
    file.close();
    expect(() => file.append(new Uint8Array(8))).toThrow('between reserve and close');
    await expect(withReturnFile(folder, () => Promise.reject(new Error('the search failed')))).rejects.toThrow('the search failed');
  });
});

describe('a disk that cannot take the returns', () => {
  it('is named before anything is computed: too little room, a folder that cannot be', () => {
    const folder = temporaryFolder();
    const file = returnFile(folder);
    expect(() => file.reserve(2 ** 62)).toThrow(expect.objectContaining({ code: 'return-store-full', message: expect.stringContaining(folder) as string }));
    file.close();
    const occupied = join(folder, 'occupied');
    writeFileSync(occupied, '');
    expect(() => returnFile(join(occupied, 'returns')).reserve(8)).toThrow(expect.objectContaining({ code: 'return-store-unwritable', message: expect.stringContaining('ENOTDIR') as string }));
  });

  it.skipIf(!existsSync('/dev/full'))('is named when it fills up meanwhile', () => {
    const full = openSync('/dev/full', 'r+');
    try {
      expect(() => writable('/the/folder', () => writeAll(full, new Uint8Array(8)))).toThrow(expect.objectContaining({ code: 'return-store-full', message: expect.stringContaining('/the/folder') as string }));
    } finally {
      closeSync(full);
    }
  });
});
