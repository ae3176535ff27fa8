import { HEADLINE_NAMES, TRIAL_WIDTH } from '../../engine/index.ts';
import { readStoredBlock, readTrial } from '../studies/index.ts';
import type { ResultSeries } from './series.ts';

/** Trials read from Parquet at once. */
const CHUNK_TRIALS = 65_536;
const TRIAL_MARKS = 256;

/**
 * The figures of a stored sweep's trials, row after row.
 *
 * memory  one chunk of 65,536 trials
 */
export function trialSeries(directory: string, length: number): ResultSeries {
  const piece = chunkReader(directory, length);
  const bytes = async (from: number, to: number): Promise<Float64Array> => {
    const values = new Float64Array((to - from) * TRIAL_WIDTH);
    for (let filled = 0; filled < values.length; ) {
      const part = await piece(from + filled / TRIAL_WIDTH, to);
      values.set(part, filled);
      filled += part.length;
    }
    return values;
  };
  return { length, mostMarks: TRIAL_MARKS, bytes, at: (trial) => describe(directory, trial) };
}

/** Values of trials from…to, as far as the chunk reaches that `from` lies in; the chunk read last is kept. */
function chunkReader(directory: string, length: number): (from: number, to: number) => Promise<Float64Array> {
  let chunk = { from: 0, to: 0, values: new Float64Array(0) };
  return async (from, to) => {
    if (from < chunk.from || from >= chunk.to) {
      const start = from - (from % CHUNK_TRIALS);
      const end = Math.min(length, start + CHUNK_TRIALS);
      const { values } = await readStoredBlock(directory, start, end);
      chunk = { from: start, to: end, values: new Float64Array(values) };
    }
    return chunk.values.subarray((from - chunk.from) * TRIAL_WIDTH, (Math.min(to, chunk.to) - chunk.from) * TRIAL_WIDTH);
  };
}

async function describe(directory: string, index: number): Promise<Readonly<Record<string, unknown>>> {
  const trial = await readTrial(directory, index);
  if (trial === null) return { trial: index };
  const { market, params, state, metrics, reason } = trial;
  return { trial: index, market, params, state, reason, ...Object.fromEntries(HEADLINE_NAMES.map((name) => [name, metrics?.[name] ?? null])) };
}
