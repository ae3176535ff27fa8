import type { SimulationConfig } from '../engine/index.ts';
import type { ReportContext } from './types.ts';

/** A specification without its funding series, which is named by count and sum. */
export function specOf(spec: { readonly config: SimulationConfig }): unknown {
  const { funding } = spec.config;
  return { ...spec, config: { ...spec.config, funding: { payments: funding.length, rateSum: funding.reduce((sum, { rate }) => sum + rate, 0) } } };
}

export function contextOf({ createdAtMs, command, seed, dataNotes, notes }: ReportContext): unknown {
  return { createdAtMs: createdAtMs ?? null, command: command ?? null, seed: seed ?? null, dataNotes: dataNotes ?? [], notes: notes ?? [] };
}
