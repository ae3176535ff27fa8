#!/usr/bin/env node
import { readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { errorMessage, InputError } from '../../engine/index.ts';
import { accountingCases, isAccountingFile, runAccountingCase } from './accounting.ts';
import type { CaseResult, ConformanceCase, ConformanceFile } from './case.ts';
import { agrees } from './compare.ts';
import { isIndicatorMetric, runIndicatorCase } from './indicators.ts';
import { isPeer, peerCases, type PeerFile, runPeerCase } from './peer-fills.ts';
import { type Outcome, printOutcomes, summaryOf } from './report.ts';
import { isReturnMetric, runReturnMetricCase } from './return-metrics.ts';

interface Options {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly metric: string | null;
}

const USAGE = 'usage: npm run conformance -- <file.json> [more files] [--metric NAME] [--json] [--quiet]';

/** Runs conformance files; exit code 0 when every verified case passes, 4 when one fails, 2 on bad files or arguments. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parse(argv);
    const outcomes = runFiles(options);
    if (options.json) process.stdout.write(`${JSON.stringify({ summary: summaryOf(outcomes), outcomes }, null, 2)}\n`);
    else printOutcomes(outcomes, options.quiet);
    return outcomes.some(({ state, verified }) => state === 'failed' && verified) ? 4 : 0;
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
  const read = files.map(readFile);
  const names = new Set(read.flatMap(({ cases }) => cases.map((one) => one.metric)));
  if (metric !== null && !names.has(metric)) {
    throw new InputError('metric-unknown', `--metric must name a metric of the cases, was "${metric}"; they have ${[...names].sort().join(', ')}`);
  }
  return read.flatMap(({ cases, datasets = {}, family }) =>
    cases.filter((one) => metric === null || one.metric === metric).map((one) => runCase(one, datasets, family)),
  );
}

function readFile(file: string): ConformanceFile {
  let parsed: Partial<ConformanceFile>;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8')) as Partial<ConformanceFile>;
  } catch (error) {
    throw new InputError('conformance-file-unreadable', `${file} must be a JSON file of cases: ${errorMessage(error)}`, { cause: error });
  }
  if (isAccountingFile(parsed)) return { family: 'accounting', cases: accountingCases(parsed) };
  if (!Array.isArray(parsed.cases)) throw new InputError('conformance-file-unreadable', `${file} must hold "cases", holds ${Object.keys(parsed).join(', ') || 'nothing'}`);
  const family = typeof parsed.family === 'string' ? parsed.family : file;
  const cases = family.includes('peer_fills') ? peerCases(parsed as unknown as PeerFile) : parsed.cases;
  cases.forEach((one, i) => requireCase(one, `${file}, case ${i + 1}`));
  return { family, datasets: parsed.datasets, cases: cases as ConformanceCase[] };
}

function requireCase(one: Partial<ConformanceCase> | null, where: string): void {
  const isWhole = typeof one?.id === 'string' && typeof one.metric === 'string' && typeof one.inputs === 'object' && one.inputs !== null && one.expected !== undefined;
  if (!isWhole) throw new InputError('conformance-case-invalid', `${where} must have id, metric, inputs and expected, has ${Object.keys(one ?? {}).join(', ') || 'nothing'}`);
}

function runCase(testCase: ConformanceCase, datasets: Record<string, unknown>, family: string): Outcome {
  const { id, metric, expected, exact, tolerance } = testCase;
  const base = { id, metric, family, expected, tolerance: tolerance ?? {}, verified: testCase.verified !== false };
  const result = compute(testCase, datasets, family);
  if ('skip' in result) return { ...base, state: 'skipped', reason: result.skip };
  const state = agrees(result.got, expected, tolerance) ? 'passed' : 'failed';
  return { ...base, state, got: result.got, exact: exact === undefined ? null : agrees(valuesOf(result.got), exact, { rel: 1e-8, abs: 1e-10 }) };
}

function compute(testCase: ConformanceCase, datasets: Record<string, unknown>, family: string): CaseResult {
  try {
    if (family === 'accounting') return runAccountingCase(testCase);
    if (family.includes('peer_fills')) return isPeer(testCase.metric) ? runPeerCase(testCase) : { skip: `${testCase.metric}: no profile of that name` };
    if (family.includes('indicator') && isIndicatorMetric(testCase.metric)) return runIndicatorCase(testCase, datasets);
    if (isReturnMetric(testCase.metric) || family.includes('return')) return runReturnMetricCase(testCase, datasets);
    if (isIndicatorMetric(testCase.metric)) return runIndicatorCase(testCase, datasets);
    return { skip: `${family}: not built yet` };
  } catch (error) {
    return { got: `threw: ${errorMessage(error)}` };
  }
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
