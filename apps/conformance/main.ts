#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { InputError } from '../../engine/index.ts';
import type { ConformanceCase } from './case.ts';
import { readCaseFile } from './case-file.ts';
import { agrees } from './compare.ts';
import { compute } from './families.ts';
import { type Outcome, printOutcomes, summaryOf } from './report.ts';

interface Options {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly metric: string | null;
}

const USAGE = 'usage: npm run conformance -- <file.json> [more files] [--metric NAME] [--json] [--quiet]';

/** Runs conformance files; exit code 0 when every verified case passes, 4 when one fails or is skipped, 2 on bad files or arguments. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parse(argv);
    const outcomes = runFiles(options);
    if (options.json) process.stdout.write(`${JSON.stringify({ summary: summaryOf(outcomes), outcomes }, null, 2)}\n`);
    else printOutcomes(outcomes, options.quiet);
    return outcomes.some(({ state, verified }) => state !== 'passed' && verified) ? 4 : 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`error: ${error.message} [${error.code}]\n`);
    return 2;
  }
}

function parse(argv: readonly string[]): Options {
  const files: string[] = [];
  let metric: string | null = null;
  const flags = { '--json': false, '--quiet': false };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (word === '--metric') {
      metric = argv[++i] ?? null;
      if (metric === null) throw new InputError('arguments-invalid', `--metric needs a name; ${USAGE}`);
    } else if (word in flags) flags[word as keyof typeof flags] = true;
    else if (word.startsWith('-')) throw new InputError('arguments-invalid', `${word} is not an option; ${USAGE}`);
    else files.push(word);
  }
  if (files.length === 0) throw new InputError('arguments-invalid', `a file is needed; ${USAGE}`);
  return { files, metric, json: flags['--json'], quiet: flags['--quiet'] };
}

function runFiles({ files, metric }: Options): Outcome[] {
  const read = files.map(readCaseFile);
  const names = new Set(read.flatMap(({ cases }) => cases.map((one) => one.metric)));
  if (metric !== null && !names.has(metric)) {
    throw new InputError('metric-unknown', `--metric must name a metric of the cases, was "${metric}"; they have ${[...names].sort().join(', ')}`);
  }
  return read.flatMap(({ cases, datasets = {}, family }) =>
    cases.filter((one) => metric === null || one.metric === metric).map((one) => runCase(one, datasets, family)),
  );
}

function runCase(testCase: ConformanceCase, datasets: Record<string, unknown>, family: string): Outcome {
  const { id, metric, expected, exact, tolerance } = testCase;
  const base = { id, metric, family, expected, tolerance: tolerance ?? {}, verified: testCase.verified !== false };
  const result = compute(testCase, datasets, family);
  if ('skip' in result) return { ...base, state: 'skipped', reason: result.skip };
  const state = agrees(result.got, expected, tolerance) ? 'passed' : 'failed';
  return { ...base, state, got: result.got, exact: exact === undefined ? null : agrees(valuesOf(result.got), exact, { rel: 1e-8, abs: 1e-10 }) };
}

/** `exact` lists the values of pairs [[bar, value], …] without their bars. */
function valuesOf(got: unknown): unknown {
  return Array.isArray(got) && got.every((part) => Array.isArray(part) && part.length === 2) ? got.map((pair: unknown[]) => pair[1]) : got;
}

/** `… | head` closes the pipe early; the result is then nobody's, and no fault. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.stdout.on('error', ignoreClosedPipe);
  process.exitCode = await main(process.argv.slice(2));
}
