import type { ReportContext } from './types.ts';

export function contextOf({ createdAtMs, command, seed, dataNotes, notes }: ReportContext): unknown {
  return { createdAtMs: createdAtMs ?? null, command: command ?? null, seed: seed ?? null, dataNotes: dataNotes ?? [], notes: notes ?? [] };
}
