import type { BlockRange } from './block-file.ts';

/** What of [from, to) no range covers; ranges may overlap. */
export function missingRanges(from: number, to: number, done: readonly BlockRange[]): BlockRange[] {
  const missing: BlockRange[] = [];
  let at = from;
  for (const range of [...done].sort((a, b) => a.from - b.from)) {
    if (range.to <= at) continue;
    if (range.from >= to) break;
    if (range.from > at) missing.push({ from: at, to: range.from });
    at = range.to;
  }
  if (at < to) missing.push({ from: at, to });
  return missing;
}
