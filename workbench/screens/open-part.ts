import { SCREEN_WIDTH, type ScreenBlock } from '../../engine/index.ts';
import type { BlockRange } from '../studies/block-file.ts';
import { PART_TRIALS } from '../studies/part-file.ts';
import { missingRanges } from '../studies/ranges.ts';
import { keepBlocks, readKeptBlocks, removeKeptBlocks } from './kept-blocks.ts';
import type { PartFigures } from './part-columns.ts';

/** A part while its blocks arrive, in any order. */
export interface OpenPart extends PartFigures {
  readonly missing: () => BlockRange[];
  add(block: ScreenBlock): void;
  /** Writes what has arrived since the last time into a file, so that a kill does not lose it. */
  keep(): void;
  /** Gives the buffer back and removes that file: the part is stored. */
  close(): void;
}

export interface OpenParts {
  at(part: BlockRange): OpenPart;
  /** All that are open. */
  keep(): void;
}

/**
 * Parts that are not yet stored. A part that stays open longer than `keepEveryMs` has its blocks kept on disk; a faster one is evaluated
 * again after a kill, which is cheaper than files.
 *
 * memory  a buffer a part that is open, used again for a later one
 */
export function openParts(folder: string, keepEveryMs: number): OpenParts {
  const open = new Map<number, OpenPart>();
  const buffers: Float64Array[] = [];
  const openAt = (range: BlockRange): OpenPart => {
    const buffer = buffers.pop() ?? new Float64Array(SCREEN_WIDTH * PART_TRIALS);
    const part = openPart(folder, range, buffer, keepEveryMs);
    const close = (): void => {
      part.close();
      open.delete(range.from);
      buffers.push(buffer);
    };
    return { ...part, close };
  };
  return {
    at(range) {
      const known = open.get(range.from) ?? openAt(range);
      open.set(range.from, known);
      return known;
    },
    keep() {
      for (const part of open.values()) part.keep();
    },
  };
}

function openPart(folder: string, range: BlockRange, buffer: Float64Array, keepEveryMs: number): OpenPart {
  const rows = range.to - range.from;
  const values = buffer.subarray(0, SCREEN_WIDTH * rows);
  const failures = new Map<number, string>();
  let done: BlockRange[] = [];
  let unkept: ScreenBlock[] = [];
  let keptAtMs = performance.now();
  const take = (block: ScreenBlock): void => {
    for (let c = 0; c < SCREEN_WIDTH; c++) values.set(block.values.subarray(c * block.count, (c + 1) * block.count), c * rows + block.from - range.from);
    for (const [trial, reason] of Object.entries(block.failures)) failures.set(Number(trial), reason);
    done = joined([...done, { from: block.from, to: block.from + block.count }]);
  };
  const keep = (): void => {
    if (unkept.length > 0) keepBlocks(folder, range, unkept);
    unkept = [];
    keptAtMs = performance.now();
  };
  for (const block of readKeptBlocks(folder, range)) take(block);
  const missing = (): BlockRange[] => missingRanges(range.from, range.to, done);
  return {
    range, values, failures, missing, keep,
    add(block) {
      take(block);
      unkept.push(block);
      if (performance.now() - keptAtMs >= keepEveryMs && missing().length > 0) keep();
    },
    close: () => removeKeptBlocks(folder, range),
  };
}

/** Ranges in order, neighbours as one. */
function joined(ranges: readonly BlockRange[]): BlockRange[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}
