import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DataError, errorMessage, InputError } from '../../../engine/index.ts';
import type { Size } from '../case.ts';
import { type BenchResults, RESULTS_SCHEMA } from '../results.ts';
import { spreadOf } from '../spread.ts';

export const BASELINE_SCHEMA = 'assay-bench-baseline/1';

const caseSchema = z.strictObject({
  /** Least time of a run ÷ least time of the calibration loop, the median of the processes. */
  ratio: z.number().positive(),
  /** How much slower, as a fraction, is still no regression. */
  bandFrac: z.number().min(0),
});

const baselineSchema = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA),
  engineVersion: z.string(),
  node: z.string(),
  processor: z.string(),
  size: z.enum(['full', 'quick']),
  /** Processes that each ratio is the median of. */
  rounds: z.int().min(1),
  repeats: z.int().min(1),
  cases: z.record(z.string(), caseSchema),
});

export type Baseline = z.infer<typeof baselineSchema>;

/**
 * A baseline that `--out` wrote.
 *
 * throws  InputError `baseline-version`; DataError `baseline-unreadable`, `baseline-invalid`
 */
export function readBaseline(file: string): Baseline {
  const content = readJson(file, 'baseline-unreadable');
  const version = (content as { readonly schema?: unknown } | null)?.schema;
  if (version !== BASELINE_SCHEMA) {
    throw new InputError('baseline-version', `the format of a baseline must be ${BASELINE_SCHEMA}, was ${JSON.stringify(version)} in ${file}; write it again with --out`);
  }
  const parsed = baselineSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new DataError('baseline-invalid', `${file}: ${z.prettifyError(parsed.error)}`);
}

/**
 * What `assay bench --json` printed.
 *
 * throws  InputError `results-version`; DataError `results-unreadable`
 */
export function readResults(file: string): BenchResults {
  const content = readJson(file, 'results-unreadable') as BenchResults;
  if (content?.schema === RESULTS_SCHEMA && Array.isArray(content.cases)) return content;
  throw new InputError('results-version', `results must be what assay bench --json prints (${RESULTS_SCHEMA}), was ${JSON.stringify(content?.schema)} in ${file}`);
}

function readJson(file: string, code: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new DataError(code, `${file} must be a JSON file: ${errorMessage(error)}`, { cause: error });
  }
}

/** Wide enough for a change that matters and narrow enough to see 15 %. */
const LEAST_BAND = 0.1;
const BAND_BESIDE_SPREAD = 0.07;

/** The ratio of every gated case, with a band that its spread between processes widens. */
export function baselineOf(rounds: readonly BenchResults[], repeats: number): Baseline {
  const [{ engineVersion, node, processor, size }] = rounds;
  const names = rounds[0].cases.filter(({ isGated }) => isGated).map(({ name }) => name);
  const cases = Object.fromEntries(names.map((name) => {
    const { q1, median, q3 } = spreadOf(ratiosOf(rounds, name));
    const bandFrac = Math.max(LEAST_BAND, BAND_BESIDE_SPREAD + (q3 - q1) / median);
    return [name, { ratio: Number(median.toPrecision(5)), bandFrac: Math.ceil(1000 * bandFrac) / 1000 }];
  }));
  return { schema: BASELINE_SCHEMA, engineVersion, node, processor, size: size satisfies Size, rounds: rounds.length, repeats, cases };
}

/** The median over all rounds, which were processes of their own; null where the case was not measured. */
export function ratioOf(rounds: readonly BenchResults[], name: string): number | null {
  const ratios = ratiosOf(rounds, name);
  return ratios.length === 0 ? null : spreadOf(ratios).median;
}

/** Of each round the least time ÷ the least time of the loop: what a process reaches, whatever else the machine did. */
function ratiosOf(rounds: readonly BenchResults[], name: string): number[] {
  return rounds.flatMap(({ cases }) => cases.filter((one) => one.name === name)).flatMap(({ measurement, quantity }) => {
    if (measurement === null || quantity === 'bytes') return [];
    const [time, loop] = [measurement[quantity], measurement.calibration];
    return time === null || loop === null ? [] : [time.min / loop.min];
  });
}
