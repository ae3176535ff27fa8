import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, HEADLINE_NAMES, type HeadlineBand, type Headlines, type Run, sha256, type Sweep, type Trade, type Validation, type WalkForward } from '../../engine/index.ts';
import type { StoredArtefact } from '../artefacts/index.ts';
import { lockSeries, type ResultSeries } from './series.ts';
import { trialSeries } from './trial-series.ts';
import type { LockedResult, SeriesName } from './types.ts';

/** A study's end, as it is stored: one file, or the folder of a sweep. */
export type Finished = StoredArtefact | { readonly kind: 'sweep'; readonly sweep: Sweep; readonly directory: string };

export type FinishedSeries = Readonly<Partial<Record<SeriesName, ResultSeries>>>;

/** Everything of a result that is compared. */
export async function lockResult(finished: Finished): Promise<LockedResult> {
  const series: Partial<Record<SeriesName, Awaited<ReturnType<typeof lockSeries>>>> = {};
  for (const [name, one] of Object.entries(seriesOf(finished))) series[name as SeriesName] = await lockSeries(one);
  const figures = JSON.parse(JSON.stringify(figuresOf(finished))) as LockedResult['figures'];
  return { id: idOf(finished), figures, series, ...(finished.kind === 'sweep' ? { files: filesOf(finished.directory) } : {}) };
}

/** The series of a result by name. */
export function seriesOf(finished: Finished): FinishedSeries {
  if (finished.kind === 'sweep') return { trials: trialSeries(finished.directory, finished.sweep.trials) };
  const { equity, trades, openTimeMs } = finished.kind === 'run' ? finished.run : finished.walkForward;
  return { equity: equityOf(equity, openTimeMs), trades: tradesOf(trades) };
}

function idOf(finished: Finished): string {
  if (finished.kind === 'sweep') return finished.sweep.id;
  if (finished.kind === 'run') return finished.run.id;
  return finished.kind === 'validation' ? finished.validation.id : finished.walkForward.id;
}

function figuresOf(finished: Finished): object {
  if (finished.kind === 'run') return runFigures(finished.run);
  if (finished.kind === 'sweep') return sweepFigures(finished.sweep);
  if (finished.kind === 'walkforward') return walkFigures(finished.walkForward);
  return { ...walkFigures(finished.walkForward), ...verdictFigures(finished.validation) };
}

function runFigures({ metrics, band }: Run): object {
  return { metrics, band: bandFigures(band) };
}

function walkFigures({ metrics, band, efficiency, trialsEvaluated, windows }: WalkForward): object {
  return { metrics, band: bandFigures(band), efficiency, trialsEvaluated, chosen: windows.map(({ chosen }) => chosen) };
}

function sweepFigures({ trials, failed, best }: Sweep): object {
  return { trials, failed, best: best.map((trial) => (trial === null ? null : { trial: trial.index, params: trial.params, metrics: trial.metrics })) };
}

/** Every gate, and one hash of the evidence without what names the code. */
function verdictFigures({ evidence, verdict: { decision, blocking, gates } }: Validation): object {
  return {
    decision, blocking,
    gates: Object.fromEntries(gates.map(({ id, shadow, live, value }) => [id, { shadow: shadow.state, live: live.state, value }])),
    evidenceSha256: sha256(canonicalJson(JSON.parse(JSON.stringify({ ...evidence, subject: null }, (key, value: unknown) => (key === 'ledgerHash' ? undefined : value))))),
  };
}

function bandFigures({ ambiguousBars, pessimistic, optimistic }: HeadlineBand): object {
  const headlines = (of: Headlines): object => Object.fromEntries(HEADLINE_NAMES.map((name) => [name, of[name]]));
  return { ambiguousBars, pessimistic: headlines(pessimistic), optimistic: headlines(optimistic) };
}

/** Trades are few and are named one by one; of bars the stretch does. */
const TRADE_MARKS = 256;
const EQUITY_MARKS = 64;

function equityOf(equity: Float64Array, openTimeMs: Float64Array): ResultSeries {
  return {
    length: equity.length,
    mostMarks: EQUITY_MARKS,
    bytes: async (from, to) => equity.subarray(from, to),
    at: async (bar) => ({ bar, openTimeMs: openTimeMs[bar], equity: equity[bar] }),
  };
}

function tradesOf(trades: readonly Trade[]): ResultSeries {
  return {
    length: trades.length,
    mostMarks: TRADE_MARKS,
    bytes: async (from, to) => trades.slice(from, to).map((trade) => `${canonicalJson(trade)}\n`).join(''),
    at: async (index) => {
      const { market, side, entryTimeMs, exitTimeMs, entryPrice, exitPrice, qtyBase, pnlQuote, exitReason } = trades[index];
      return { trade: index, market, side, entryTimeMs, exitTimeMs, entryPrice, exitPrice, qtyBase, pnlQuote, exitReason };
    },
  };
}

function filesOf(directory: string): Record<string, string> {
  const parts = readdirSync(directory).filter((name) => /^trials-\d+\.parquet$/.test(name)).sort();
  return Object.fromEntries(parts.map((name) => [name, sha256(readFileSync(join(directory, name)))]));
}
