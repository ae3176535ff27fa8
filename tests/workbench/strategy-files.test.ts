import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../engine/index.ts';
import { bundleStrategyFile, newStrategyFile, readTrials, resolveStrategy, sweepStudy } from '../../workbench/index.ts';
import { randomWalk } from '../support/small-market.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = temporaryFolder();
const cacheDir = join(root, 'cache');

const STRATEGY = `import { above, defineStrategy, int } from 'assay';
import { slower } from './helper';

interface Windows { readonly fast: number }

export default defineStrategy({
  id: 'mine',
  summary: 'Long above a slow mean.',
  params: { fast: int({ min: 2, max: 20, default: 5 }) },
  warmupBars: ({ fast }: Windows) => slower(fast),
  targetExposure: ({ close }, { fast }, ta) => above(ta.sma(close, fast), ta.sma(close, slower(fast))),
});
`;
const HELPER = 'export const slower = (bars: number): number => 4 * bars;\n';

function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

const hashOf = async (folder: string): Promise<string> => (await bundleStrategyFile(join(folder, 'mine.ts'), cacheDir)).codeHash;

describe('a user’s strategy file', () => {
  const base = folderWith('base', { 'mine.ts': STRATEGY, 'helper.ts': HELPER });

  it('loads with types and imports, without node_modules or package.json', async () => {
    const { strategy, codeHash, url } = await resolveStrategy(join(base, 'mine.ts'), { cacheDir, builtIns: [] });
    expect(strategy.id).toBe('mine');
    expect(strategy.warmupBars({ fast: 5 })).toBe(20);
    expect(url).toContain(codeHash);
  });

  it('keeps its hash under comments, white space, types, line ends and another folder', async () => {
    const original = await hashOf(base);
    const edits: Record<string, string> = {
      comment: STRATEGY.replace('export default', '// a comment\nexport default'),
      space: STRATEGY.replaceAll('  ', '      '),
      type: STRATEGY.replace('readonly fast: number', 'readonly fast: number; readonly unused?: string'),
      crlf: STRATEGY.replaceAll('\n', '\r\n'),
      same: STRATEGY,
    };
    for (const [name, text] of Object.entries(edits)) {
      expect(await hashOf(folderWith(`edit ${name} ü`, { 'mine.ts': text, 'helper.ts': HELPER })), name).toBe(original);
    }
  });

  it('changes its hash with its code and with the code it imports', async () => {
    const original = await hashOf(base);
    const code = folderWith('other-code', { 'mine.ts': STRATEGY.replace('default: 5', 'default: 6'), 'helper.ts': HELPER });
    const imported = folderWith('other-import', { 'mine.ts': STRATEGY, 'helper.ts': HELPER.replace('4', '5') });
    expect(await hashOf(code)).not.toBe(original);
    expect(await hashOf(imported)).not.toBe(original);
  });

  it('sees an edit of an imported file although it was bundled before', async () => {
    const folder = folderWith('edited', { 'mine.ts': STRATEGY, 'helper.ts': HELPER });
    const before = await hashOf(folder);
    writeFileSync(join(folder, 'helper.ts'), HELPER.replace('4', '6'));
    expect(await hashOf(folder)).not.toBe(before);
    cpSync(join(base, 'helper.ts'), join(folder, 'helper.ts'));
    expect(await hashOf(folder)).toBe(before);
  });

  it.each([
    ['a syntax error', 'export default {{', 'strategy-file-invalid', /mine\.ts:1:\d+/],
    ['a missing import', "import './nowhere';", 'strategy-file-invalid', /mine\.ts:1:\d+ .*nowhere/],
    ['a computed import', 'const name = "x";\nawait import(name);', 'strategy-file-unsupported', /mine\.ts:2:\d+/],
    ['import.meta.url', 'console.log(import.meta.url);', 'strategy-file-unsupported', /mine\.ts:1:\d+/],
    ['import.meta behind a string with slashes', "\nexport const at = 'file://' + import.meta.url;", 'strategy-file-unsupported', /mine\.ts:2:31/],
    ['a computed require', "const name = './x';\nrequire(name);", 'strategy-file-unsupported', /mine\.ts:2:\d+/],
    ['a module of assay that is not there', "import 'assay/kernels';", 'strategy-file-invalid', /mine\.ts:1:\d+ import from 'assay'/],
  ])('refuses %s with file, line and column', async (name, text, code, place) => {
    const folder = folderWith(`bad ${name}`, { 'mine.ts': text });
    const error = await bundleStrategyFile(join(folder, 'mine.ts'), cacheDir).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).code).toBe(code);
    expect((error as InputError).message).toMatch(place);
  });

  it('takes forbidden words in comments and strings, literal imports on two lines, and data URLs for what they are', async () => {
    const harmless = `/* never\n import.meta.url */ export const words = 'import(name)';\nexport const later = () => import(\n  './helper'\n);\nimport 'data:text/javascript,0';\n`;
    const folder = folderWith('harmless', { 'mine.ts': harmless + STRATEGY, 'helper.ts': HELPER });
    expect((await resolveStrategy(join(folder, 'mine.ts'), { cacheDir, builtIns: [] })).strategy.id).toBe('mine');
  });

  it('bundles CommonJS dependencies, and hashes them wherever they lie above', async () => {
    const text = `import { two } from 'cj';\nexport const twice = two();\n${STRATEGY}`;
    folderWith('dependency/node_modules/cj', { 'index.js': "const path = require('path');\nexports.two = () => path.sep.length + 1;", 'package.json': '{"name":"cj","main":"index.js"}' });
    const near = folderWith('dependency', { 'mine.ts': text, 'helper.ts': HELPER });
    const deep = folderWith('dependency/some/where', { 'mine.ts': text, 'helper.ts': HELPER });
    const { strategy, codeHash } = await resolveStrategy(join(near, 'mine.ts'), { cacheDir, builtIns: [] });
    expect(strategy.id).toBe('mine');
    expect(await hashOf(deep)).toBe(codeHash);
  });

  it('loads from a folder with # in its name', async () => {
    const folder = folderWith('c#', { 'mine.ts': STRATEGY, 'helper.ts': HELPER });
    expect((await resolveStrategy(`${join(folder, 'mine.ts')}#default`, { cacheDir, builtIns: [] })).strategy.id).toBe('mine');
    expect((await resolveStrategy(join(folder, 'mine.ts'), { cacheDir, builtIns: [] })).exportName).toBeNull();
  });

  it('is loaded by workers as by the main thread', async () => {
    const { strategy } = await resolveStrategy(join(base, 'mine.ts'), { cacheDir, builtIns: [] });
    const asked = { data: randomWalk(300), axes: { fast: [3, 5, 8] }, cacheDir, ledger: null };
    const byWorkers = await sweepStudy({ ...asked, strategy: join(base, 'mine.ts'), workers: 2, directory: join(root, 'by-workers') });
    const inPlace = await sweepStudy({ ...asked, strategy, directory: join(root, 'in-place') });
    expect(byWorkers.failed).toBe(0);
    expect(await readTrials(byWorkers.directory)).toEqual(await readTrials(inPlace.directory));
  });

  it('is compiled again where the cache was damaged', async () => {
    const ownCache = join(root, 'damaged-cache');
    const path = join(base, 'mine.ts');
    const { url, codeHash } = await bundleStrategyFile(path, ownCache);
    const module = readFileSync(new URL(url), 'utf8');
    for (const name of readdirSync(ownCache)) writeFileSync(join(ownCache, name), '{"cut');
    expect((await bundleStrategyFile(path, ownCache)).codeHash).toBe(codeHash);
    expect(readFileSync(new URL(url), 'utf8')).toBe(module);
  });

  it('names its own lines in a stack', async () => {
    const broken = STRATEGY.replace('slower(fast),', "{ throw new Error('here'); },").replace("  id: 'mine'", "\n  id: 'mine'");
    const folder = folderWith('broken', { 'mine.ts': broken, 'helper.ts': HELPER });
    const { strategy } = await resolveStrategy(join(folder, 'mine.ts'), { cacheDir, builtIns: [] });
    expect(() => strategy.warmupBars({ fast: 5 })).toThrow(expect.objectContaining({ stack: expect.stringMatching(/broken\/mine\.ts:11:\d+/) as unknown }));
  });

  it('names the neighbour that was probably meant', async () => {
    await expect(bundleStrategyFile(join(base, 'mien.ts'), cacheDir)).rejects.toThrow(/did you mean ".*mine\.ts"/);
  });

  it('asks which export is meant when there are several', async () => {
    const two = STRATEGY.replace('export default', 'export const a =').replace("id: 'mine'", "id: 'a'") + STRATEGY.split('\n').slice(5).join('\n').replace('export default', 'export const b =').replace("id: 'mine'", "id: 'b'");
    const folder = folderWith('two', { 'mine.ts': two, 'helper.ts': HELPER });
    await expect(resolveStrategy(join(folder, 'mine.ts'), { cacheDir, builtIns: [] })).rejects.toThrow(/a, b/);
    expect((await resolveStrategy(`${join(folder, 'mine.ts')}#b`, { cacheDir, builtIns: [] })).strategy.id).toBe('b');
  });

  it.each([['exposure', 'targetExposure'], ['orders', 'onBar']] as const)('begins as a template of %s that compiles', async (template, means) => {
    const path = newStrategyFile(join(root, 'templates', `my-${template}.ts`), undefined, template);
    const { strategy } = await resolveStrategy(path, { cacheDir, builtIns: [] });
    expect(strategy.id).toBe(`my-${template}`);
    expect(strategy[means]).toBeTypeOf('function');
    expect(() => newStrategyFile(path)).toThrow(/must not exist/);
  });
});
