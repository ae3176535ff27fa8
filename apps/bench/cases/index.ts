import { unknownName } from '../../../engine/index.ts';
import type { BenchCase } from '../case.ts';
import { ENGINE_CASES } from './engines.ts';
import { GRID_CASES } from './grids.ts';
import { LOAD_CASES } from './load.ts';
import { PORTFOLIO_CASES } from './portfolio.ts';
import { PROCESS_CASES } from './processes.ts';
import { RUN_CASES } from './runs.ts';
import { STATISTIC_CASES } from './statistics.ts';
import { WORKER_CASES } from './workers.ts';

export const CASES: readonly BenchCase[] = [...GRID_CASES, ...PORTFOLIO_CASES, ...ENGINE_CASES, ...RUN_CASES, ...STATISTIC_CASES, ...LOAD_CASES, ...PROCESS_CASES, ...WORKER_CASES];

/**
 * The named cases, or all; a name such as `load` means all that begin with it.
 *
 * throws  InputError `bench-case-unknown`
 */
export function casesNamed(names: readonly string[]): readonly BenchCase[] {
  if (names.length === 0) return CASES;
  const matches = (one: BenchCase, name: string): boolean => one.name.toLowerCase() === name.toLowerCase() || one.name.toLowerCase().startsWith(`${name.toLowerCase()}-`);
  for (const name of names) {
    if (!CASES.some((one) => matches(one, name))) throw unknownName('bench-case-unknown', 'benchmark case', name, CASES.map((one) => one.name));
  }
  return CASES.filter((one) => names.some((name) => matches(one, name)));
}
