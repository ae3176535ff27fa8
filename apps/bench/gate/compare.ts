import { InputError } from '../../../engine/index.ts';
import type { BenchResults } from '../results.ts';
import { type Baseline, ratioOf } from './baseline.ts';

/** One case of the baseline beside what was measured now. */
export interface Comparison {
  readonly name: string;
  readonly state: 'within' | 'faster' | 'slower' | 'missing';
  readonly baseline: number;
  /** Null where it was not measured. */
  readonly measured: number | null;
  /** Fraction by which it is slower (above 0) or faster. */
  readonly change: number | null;
  readonly bandFrac: number;
}

/**
 * Ratios to the calibration loop, case by case; slower than its band is `slower`, a case of the baseline without a time is `missing`.
 *
 * throws  InputError `baseline-size`
 */
export function compareToBaseline(baseline: Baseline, rounds: readonly BenchResults[], names = Object.keys(baseline.cases)): Comparison[] {
  const sizes = new Set(rounds.map(({ size }) => size));
  for (const size of sizes) if (size !== baseline.size) throw new InputError('baseline-size', `results must be of the baseline's size "${baseline.size}", were "${size}"`);
  return names.map((name) => {
    const { ratio, bandFrac } = baseline.cases[name];
    const measured = ratioOf(rounds, name);
    const change = measured === null ? null : measured / ratio - 1;
    return { name, baseline: ratio, measured, change, bandFrac, state: stateOf(change, bandFrac) };
  });
}

function stateOf(change: number | null, bandFrac: number): Comparison['state'] {
  if (change === null || Number.isNaN(change)) return 'missing';
  if (change > bandFrac) return 'slower';
  return change < -bandFrac ? 'faster' : 'within';
}

/** Measurements of the same cases again; only what is slower every time stays slower. */
export async function confirmed(first: readonly Comparison[], again: (names: readonly string[]) => Promise<readonly Comparison[]>, times: number): Promise<Comparison[]> {
  let current = [...first];
  for (let i = 0; i < times; i++) {
    const suspects = current.filter(({ state }) => state === 'slower').map(({ name }) => name);
    if (suspects.length === 0) break;
    const repeated = new Map((await again(suspects)).map((one) => [one.name, one]));
    current = current.map((one) => (one.state === 'slower' ? leastOf(one, repeated.get(one.name) ?? one) : one));
  }
  return current;
}

/** The faster of two measurements of a case. */
function leastOf(a: Comparison, b: Comparison): Comparison {
  return (b.change ?? Infinity) < (a.change ?? Infinity) ? b : a;
}
