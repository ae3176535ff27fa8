import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

describe('the quickstart', () => {
  const folder = temporaryFolder();

  it.each(commandsOf('docs/quickstart.md').map((command) => [command]))('%s', (command) => {
    const [program, ...args] = command.split(/\s+/);
    expect(program).toBe('assay');
    const { code, stderr } = runCli(args, folder);
    expect(code, stderr).toBe(0);
  });

  it('leaves the reports that it says it writes', () => {
    for (const file of ['run.html', 'sweep.html', 'walkforward.html', 'candles.csv', 'my-idea.ts']) expect(existsSync(join(folder, file)), file).toBe(true);
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
