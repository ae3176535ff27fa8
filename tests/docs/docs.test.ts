import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Commands of the `sh` blocks of a page, without comments. */
function commandsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block.split('\n')).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Files that a page shows: `ts` blocks with a name. */
function filesOf(page: string): { readonly name: string; readonly code: string }[] {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```ts ([\w-]+\.ts)\n([\s\S]*?)```/g)].map(([, name, code]) => ({ name, code }));
}

describe('the quickstart', () => {
  const folder = temporaryFolder();
  const files = filesOf('docs/quickstart.md');
  for (const { name, code } of files) writeFileSync(join(folder, name), code);

  it.each(commandsOf('docs/quickstart.md').map((command) => [command]))('%s', (command) => {
    const [program, ...args] = command.split(/\s+/);
    expect(program).toBe('assay');
    const { code, stderr } = runCli(args, folder, { CI: '' }); // research, as a reader's, and no replay
    expect(code, stderr).toBe(0);
  });

  it('leaves the reports that it says it writes', () => {
    for (const file of ['run.html', 'sweep.html', 'walkforward.html', 'verdict.html', 'orders.html', 'candles.csv', 'my-idea.ts', 'my-bot.ts']) expect(existsSync(join(folder, file)), file).toBe(true);
  });

  it('shows and writes strategies that a strict project accepts', () => {
    const names = [...files.map(({ name }) => name), 'my-idea.ts', 'my-bot.ts'];
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules/assay'), 'dir');
    const compilerOptions = { module: 'NodeNext', target: 'ES2022', lib: ['ES2023', 'DOM'], strict: true, noEmit: true, types: [], skipLibCheck: true };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: names }));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const { stdout, status } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    expect(status, stdout).toBe(0);
  });
});

describe('screens', () => {
  const folder = temporaryFolder();
  for (const { name, code } of filesOf('docs/screens.md')) writeFileSync(join(folder, name), code);

  it.each(commandsOf('docs/screens.md').map((command) => [command]))('%s', (command) => {
    const { code, stderr } = runCli(command.split(/\s+/).slice(1), folder, { CI: '' });
    expect(code, stderr).toBe(0);
  });
});

describe('from a report to live grades', () => {
  const folder = temporaryFolder();

  it.each(commandsOf('docs/grading.md').map((command) => [command]))('%s', (command) => {
    const { code, stderr } = runCli(command.split(/\s+/).slice(1), folder, { CI: '' });
    expect(code, stderr).toBe(0);
  });
});

describe.each(['docs/ci.md', 'docs/profiling.md'])('%s', (page) => {
  const folder = temporaryFolder();

  it.each(commandsOf(page).map((command) => [command]))('%s', (command) => {
    const { code, stderr } = runCli(command.split(/\s+/).slice(1), folder, { CI: '' });
    expect(code, stderr).toBe(0);
  });
});

describe('the pages', () => {
  const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

  it.each(pages.map((page) => [page]))('%s links only to what exists', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => join(ROOT, page, '..', target));
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('the README names the two commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('npm ci && npm run demo');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test', 'conformance']));
  });
});
