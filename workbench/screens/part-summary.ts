import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { addRows, createTally, type ParamSpace, type ScreenTally, type TallyShape } from '../../engine/index.ts';
import { decodeArtefact, encodeArtefact } from '../artefacts/index.ts';
import type { BlockRange } from '../studies/block-file.ts';
import { PART_TRIALS } from '../studies/part-file.ts';
import { figureColumns, type Piece, piecesOf, type StagedPart } from './part-columns.ts';

/** What a part adds to the summary of its screen, and the hash of its Parquet file. */
export interface PartSummary extends BlockRange {
  readonly sha256: string;
  readonly pieces: readonly (Piece & { readonly tally: ScreenTally })[];
}

/** Tallies of a part, one a market that it has trials of. */
export function tallyPart(part: StagedPart, shape: TallyShape): PartSummary['pieces'] {
  const columns = figureColumns(part);
  return part.pieces.map((piece) => {
    const [first, end] = [piece.from - part.range.from, piece.to - part.range.from];
    const tally = createTally(shape);
    const failed = [...part.failures.keys()].reduce((count, trial) => count + (trial >= piece.from && trial < piece.to ? 1 : 0), 0);
    addRows(tally, shape, { from: piece.from, columns: columns.map((one) => one.subarray(first, end)), digits: part.digits.map((one) => one.subarray(first, end)), failed });
    return { ...piece, tally };
  });
}

/** Not synced to the disk: what a power cut tears is evaluated again. */
export function writePartSummary(folder: string, summary: PartSummary): void {
  const file = summaryFile(folder, summary);
  writeFileSync(`${file}.tmp`, deflateSync(encodeArtefact(summary), { level: 1 }));
  renameSync(`${file}.tmp`, file);
}

/** Null where there is none, or one that is torn or of other trials. */
export function readPartSummary(folder: string, part: BlockRange, space: ParamSpace): PartSummary | null {
  const file = summaryFile(folder, part);
  if (!existsSync(file)) return null;
  try {
    const summary = decodeArtefact(inflateSync(readFileSync(file)).toString('utf8')) as PartSummary;
    const isOfPart = summary.from === part.from && summary.to === part.to && summary.pieces.length === piecesOf(part, space.points).length;
    return isOfPart ? summary : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) return null;
    throw error;
  }
}

function summaryFile(folder: string, { from }: BlockRange): string {
  return join(folder, `trials-${String(from / PART_TRIALS).padStart(5, '0')}.summary`);
}
