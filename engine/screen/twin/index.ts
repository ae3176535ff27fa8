import type { KernelMemory, SweepKernels } from '../kernels.ts';
import * as bits from './bits.ts';
import { decisions } from './decisions.ts';
import { rollingMean, runningSums } from './lines.ts';
import { pairs, quantise, scales } from './pairs.ts';
import { account, KernelSpace, place, protect, rates } from './space.ts';
import { blocks, extremes, sums } from './tables.ts';

export { PlainMemory } from './plain-memory.ts';

/** The sweep kernels in plain TypeScript, operation by operation as those of assembly/, so that every double is equal: their oracle, and what runs without WebAssembly. */
export function twinKernels(memory: KernelMemory): SweepKernels {
  const space = new KernelSpace(memory);
  const on = <Args extends readonly number[], Result>(kernel: (space: KernelSpace, ...args: Args) => Result) => (...args: Args): Result => {
    space.renew();
    return kernel(space, ...args);
  };
  return {
    place: on(place), rates: on(rates), protect: on(protect), account: on(account),
    sums: on(sums), extremes: on(extremes), blocks: on(blocks),
    runningSums: on(runningSums), rollingMean: on(rollingMean),
    scales: on(scales), quantise: on(quantise), pairs: on(pairs),
    linesAbove: on(bits.linesAbove), linesNotAbove: on(bits.linesNotAbove),
    levelAbove: on(bits.levelAbove), levelNotAbove: on(bits.levelNotAbove), levelBelow: on(bits.levelBelow), levelNotBelow: on(bits.levelNotBelow),
    bothHold: on(bits.bothHold), eitherHolds: on(bits.eitherHolds), butNot: on(bits.butNot), doesNotHold: on(bits.doesNotHold),
    held: on(bits.held), nowAndBefore: on(bits.nowAndBefore), since: on(bits.since),
    decisions: on(decisions),
  };
}
