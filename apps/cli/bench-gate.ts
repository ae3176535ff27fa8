import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Baseline, baselineOf, type BenchResults, casesNamed, compareToBaseline, type Comparison, confirmed, measureRounds, readBaseline, readResults, type RoundOptions } from '../bench/index.ts';
import { InputError, requireInput } from '../../engine/index.ts';
import { GateFailure } from './exit.ts';
import { note, number, percent, print, printJson, table } from './output.ts';

export interface GateArguments {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly only: readonly string[];
  readonly repeats?: number;
  readonly quick: boolean;
  readonly slow: number;
  readonly golden?: string;
  readonly out?: string;
  readonly against?: string;
  readonly results?: string;
}

const REPEATS = 10;
/** Processes that a figure is the median of. */
const BASELINE_ROUNDS = 9;
const GATE_ROUNDS = 5;
/** A case that looks slower is measured so many times more, and must be slower every time. */
const CONFIRMATIONS = 3;
const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

/** Measures the gated cases in several processes and writes what later runs are compared with. */
export async function writeBaseline(file: string, args: GateArguments): Promise<void> {
  const names = casesNamed(args.only).filter(({ isGated }) => isGated).map(({ name }) => name);
  requireInput(names.length > 0, 'baseline-empty', '--only', 'cases of which at least one is measured by the gate', args.only.join());
  const repeats = args.repeats ?? REPEATS;
  const rounds = await measureRounds(names, BASELINE_ROUNDS, optionsOf(args, repeats, args.quick ? 'quick' : 'full'));
  refuseErrors(rounds);
  const baseline = baselineOf(rounds, repeats);
  writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`);
  if (args.json) printJson(baseline);
  else print(`${Object.keys(baseline.cases).length} cases written to ${file}`);
}

function refuseErrors(rounds: readonly BenchResults[]): void {
  const errors = rounds.flatMap(({ cases }) => cases).flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error}`]));
  if (errors.length > 0) throw new GateFailure(`no baseline from cases that fail: ${errors[0]}`);
}

/** Compares with a baseline; exit code 4 where a case is slower than its band in the first measurement and in every one that confirms it. */
export async function gate(file: string, args: GateArguments): Promise<void> {
  const baseline = readBaseline(file);
  const names = namesIn(baseline, args.only);
  const comparisons = args.results === undefined ? await measured(baseline, names, args) : compareToBaseline(baseline, [readResults(args.results)], names);
  if (args.json) printJson({ baseline: file, comparisons });
  else print(table(['case', 'baseline', 'now', 'change', 'band', 'state'], comparisons.map(rowOf)));
  const bad = comparisons.filter(({ state }) => state === 'slower' || state === 'missing');
  if (bad.length > 0) throw new GateFailure(`${bad.map(sentence).join('; ')}; ratios to the calibration loop, against ${file}`);
}

function namesIn({ cases }: Baseline, only: readonly string[]): string[] {
  const names = Object.keys(cases);
  if (only.length === 0) return names;
  const wanted = new Set(casesNamed(only).map(({ name }) => name));
  const chosen = names.filter((name) => wanted.has(name));
  if (chosen.length === 0) throw new InputError('baseline-empty', `--only must name a case of the baseline (${names.join(', ')}), was ${only.join(',')}`);
  return chosen;
}

async function measured(baseline: Baseline, names: readonly string[], args: GateArguments): Promise<Comparison[]> {
  const options = optionsOf(args, args.repeats ?? baseline.repeats, baseline.size);
  const known = names.filter((name) => casesNamed([]).some((one) => one.name === name));
  const again = async (some: readonly string[]): Promise<Comparison[]> => {
    if (!args.quiet) note(`measuring ${some.join(', ')}`);
    return compareToBaseline(baseline, await measureRounds(some, GATE_ROUNDS, options), [...some]);
  };
  const first = known.length === 0 ? [] : await again(known);
  const missing = compareToBaseline(baseline, [], names.filter((name) => !known.includes(name)));
  return [...(await confirmed(first, again, CONFIRMATIONS)), ...missing];
}

function optionsOf({ slow, golden }: GateArguments, repeats: number, size: RoundOptions['size']): RoundOptions {
  return { cli: MAIN, size, repeats, slowPercent: slow, golden: golden ?? null };
}

function rowOf({ name, baseline, measured: now, change, bandFrac, state }: Comparison): string[] {
  return [name, number(baseline, 3), number(now, 3), percent(change), `± ${percent(bandFrac)}`, state];
}

function sentence({ name, state, change, bandFrac }: Comparison): string {
  return state === 'missing' ? `${name} has no time` : `${name} is ${percent(change)} slower, more than ${percent(bandFrac)}`;
}
