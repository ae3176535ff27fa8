import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryRow, sqlText, withDuckDb } from '../../datasets/index.ts';
import {
  type BandName, bandOf, InputError, METRIC_NAMES, type Metrics, type Params, type Sweep, type SweepSpec, type Trial, TRIAL_COLUMNS, TRIAL_LAYOUT,
  type TrialBlock, type TrialColumn, unknownName,
} from '../../engine/index.ts';
import { paramColumn } from './trials-parquet.ts';

/** throws  InputError `sweep-unfinished`, `sweep-outdated` */
export function loadSweep(directory: string): Sweep {
  const file = join(directory, 'sweep.json');
  if (!existsSync(file)) throw new InputError('sweep-unfinished', `${directory} must hold a finished sweep; the same command goes on with it`);
  const sweep = JSON.parse(readFileSync(file, 'utf8')) as Sweep;
  checkLayout(sweep.spec, directory);
  if ((sweep as Partial<Sweep>).causality === undefined) throw new InputError('sweep-outdated', `${file} must state its look-ahead proof: run the sweep again`);
  return sweep;
}

/** Ids of the finished sweeps of a folder. */
export function listSweeps(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).filter((id) => existsSync(join(directory, id, 'sweep.json'))).sort() : [];
}

/** All trials of a sweep in trial order, or the first so many. */
export function readTrials(directory: string, limit = Number.MAX_SAFE_INTEGER): Promise<Trial[]> {
  return query(directory, specOf(directory), `ORDER BY trial LIMIT ${limit}`);
}

/** One trial by its index; null where the sweep has none such. */
export async function readTrial(directory: string, index: number): Promise<Trial | null> {
  const [trial] = await query(directory, specOf(directory), `WHERE trial = ${Math.trunc(index)}`);
  return trial ?? null;
}

/** Trials [from, to) of a sweep as the block that they were, or were a part of. */
export async function readStoredBlock(directory: string, from: number, to: number): Promise<TrialBlock> {
  const rows = await withDuckDb(async ({ connection }) => {
    const columns = TRIAL_COLUMNS.map((name) => `"${name}"`).join(', ');
    const reader = await connection.runAndReadAll(`SELECT trial, reason, ${columns} FROM ${source(directory)} WHERE trial >= ${from} AND trial < ${to} ORDER BY trial`);
    return reader.getRowObjectsJS();
  });
  const values = Float64Array.from(rows.flatMap((row) => TRIAL_COLUMNS.map((name) => (row[name] as number | null) ?? Number.NaN)));
  const failures = Object.fromEntries(rows.flatMap(({ trial, reason }) => (reason === null ? [] : [[trial, reason] as [number, string]])));
  return { from, count: rows.length, values, failures };
}

/** The best trials by a figure or an end of its band, undefined ones last, ties by trial. */
export function topTrials(directory: string, metric: TrialColumn, count: number): Promise<Trial[]> {
  if (!TRIAL_COLUMNS.includes(metric)) throw unknownName('metric-unknown', 'metric', metric, TRIAL_COLUMNS);
  return query(directory, specOf(directory), `ORDER BY "${metric}" DESC NULLS LAST, trial LIMIT ${Math.max(0, Math.trunc(count))}`);
}

/** The best trial of each market by the objective; null where no trial has a value. */
export async function bestTrials(directory: string, spec: SweepSpec): Promise<(Trial | null)[]> {
  const best = await query(directory, spec, `WHERE "${spec.objective}" IS NOT NULL QUALIFY row_number() OVER (PARTITION BY market ORDER BY "${spec.objective}" DESC, trial) = 1 ORDER BY market`);
  const { markets } = await withDuckDb(({ connection }) => queryRow(connection, `SELECT (max(market) + 1)::DOUBLE AS markets FROM ${source(directory)}`));
  return Array.from({ length: markets as number }, (_, market) => best.find((trial) => trial.market === market) ?? null);
}

export async function countFailed(directory: string): Promise<number> {
  const { failed } = await withDuckDb(({ connection }) => queryRow(connection, `SELECT count(*)::DOUBLE AS failed FROM ${source(directory)} WHERE state = 'failed'`));
  return failed as number;
}

function specOf(directory: string): SweepSpec {
  const spec = JSON.parse(readFileSync(join(directory, 'spec.json'), 'utf8')) as SweepSpec;
  checkLayout(spec, directory);
  return spec;
}

/** Studies stored before layouts were numbered have none. */
function checkLayout({ trialLayout = 1 }: Partial<SweepSpec>, directory: string): void {
  if (trialLayout !== TRIAL_LAYOUT) {
    throw new InputError('sweep-outdated', `trials in ${directory} must have layout ${TRIAL_LAYOUT}, was ${trialLayout}: run the sweep again`);
  }
}

async function query(directory: string, spec: SweepSpec, clause: string): Promise<Trial[]> {
  const rows = await withDuckDb(async ({ connection }) => {
    const reader = await connection.runAndReadAll(`SELECT * FROM ${source(directory)} ${clause}`);
    return reader.getRowObjectsJS();
  });
  return rows.map((row) => trialOf(row, Object.keys(spec.paramSpecs)));
}

function trialOf(row: Record<string, unknown>, params: readonly string[]): Trial {
  const failed = row.state === 'failed';
  return {
    index: row.trial as number,
    market: row.market as number,
    params: Object.fromEntries(params.map((name) => [name, row[paramColumn(name)]])) as Params,
    state: failed ? 'failed' : 'ok',
    metrics: failed ? null : (Object.fromEntries(METRIC_NAMES.map((name) => [name, row[name]])) as Metrics),
    band: failed ? null : bandOf(row as Record<BandName | 'ambiguousBars', number | null>),
    reason: row.reason as string | null,
  };
}

function source(directory: string): string {
  return `read_parquet(${sqlText(join(directory.replaceAll(/[[*?]/g, '[$&]'), 'trials-*.parquet'))})`; // the folder is no pattern
}
