import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../support/run-cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WORKFLOWS = ['.github/workflows/ci.yml', 'docs/ci/assay.yml'];

interface Workflow {
  readonly on: object;
  readonly jobs: Readonly<Record<string, { readonly 'runs-on': string; readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }>>;
}

const workflow = (file: string): Workflow => parse(readFileSync(join(ROOT, file), 'utf8')) as Workflow;
const commandsOf = (file: string): string[] => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run.split('\n').filter((line) => line.trim() !== '')));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> };

/** `assay bench` is checked as soon as this tree has it. */
const PENDING: readonly string[] = existsSync(join(ROOT, 'apps/cli/commands/bench.ts')) ? [] : ['bench'];

/** What a command line of Assay names that there is not: the command, or an option of it. */
function unknownIn(words: readonly string[]): string[] {
  const end = words.findIndex((word) => word.startsWith('-') || word.includes('/'));
  const path = words.slice(0, end === -1 ? undefined : end);
  if (PENDING.includes(path[0])) return [];
  const { code, stdout } = runCli([...path, '--help'], ROOT);
  if (code !== 0 || !stdout.startsWith(`assay ${path.join(' ')}`)) return [`command ${path.join(' ')}`];
  return words.filter((word) => word.startsWith('--') && !new RegExp(`${word}\\b`).test(stdout)).map((option) => `option ${option} of ${path.join(' ')}`);
}

/** Null where a command of a workflow is one that there is. */
function unknownOf(command: string): readonly string[] {
  const [program, ...words] = command.replace(/ > \S+$/, '').split(/\s+/);
  if (program === 'npm') return words[0] === 'ci' ? [] : words[0] === 'run' && words[1] in scripts ? [] : [`script ${words.join(' ')}`];
  if (program === 'npx') return words[0] === 'assay' ? unknownIn(words.slice(1)) : [`program ${words[0]}`];
  const file = join(ROOT, program);
  return program.startsWith('.') && existsSync(file) && (statSync(file).mode & 0o100) !== 0 ? [] : [`program ${program}`];
}

describe.each(WORKFLOWS)('%s', (file) => {
  it('runs on pushes and pull requests, and checks the repository out first', () => {
    const { on, jobs } = workflow(file);
    expect(Object.keys(on)).toEqual(['push', 'pull_request']);
    for (const { 'runs-on': runner, steps } of Object.values(jobs)) {
      expect(runner).toBe('ubuntu-latest');
      expect(steps[0].uses).toMatch(/^actions\/checkout@v\d+$/);
      for (const { run, uses } of steps) expect((run === undefined) !== (uses === undefined)).toBe(true);
    }
  });

  it('runs only commands that there are', () => {
    expect(commandsOf(file).length).toBeGreaterThan(1);
    expect(commandsOf(file).flatMap(unknownOf)).toEqual([]);
  });
});

describe('the check of workflows', () => {
  it('finds a script, a command and an option that there is not', () => {
    expect(['npm run nothing', 'npx other', './none.sh', 'npx assay verfy', 'npx assay verify --nothing'].flatMap(unknownOf))
      .toEqual(['script run nothing', 'program other', 'program ./none.sh', 'command verfy', 'option --nothing of verify']);
  });
});
