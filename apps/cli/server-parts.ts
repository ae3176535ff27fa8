import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome, Registry } from '../../grading/index.ts';
import type { CalibrationQuery, Promotion } from '../server/index.ts';
import { environmentOf } from './commands/promote.ts';
import type { Context } from './context.ts';

/** Newest outcomes that a table of the API is of, and draws of its intervals: it is made while others wait. */
const MOST_OUTCOMES = 2_000;
const DRAWS = 200;
const KEPT_TABLES = 50;

/** Tables of what grades were worth, each made once until an outcome is added. */
export function calibrateOn(): (outcomes: readonly Outcome[], query: CalibrationQuery) => unknown {
  const tables = new Map<string, unknown>();
  return (outcomes, query) => {
    const recent = outcomes.slice(-MOST_OUTCOMES);
    const key = JSON.stringify([query, outcomes.length, recent.at(-1)?.closeTimeMs]);
    if (!tables.has(key)) tables.set(key, tableOf(recent, query));
    for (const oldest of tables.keys()) if (tables.size > KEPT_TABLES) tables.delete(oldest);
    return tables.get(key);
  };
}

const { calibrationTable } = await import('../../grading/index.ts');

function tableOf(outcomes: readonly Outcome[], { buckets, ...query }: CalibrationQuery): unknown {
  const horizons = new Set(outcomes.map(({ horizonBars, timeframeMs }) => horizonBars * timeframeMs));
  if (outcomes.length === 0) return { ...query, n: 0, reason: 'no outcome is known yet' };
  if (horizons.size > 1) return { ...query, n: outcomes.length, reason: 'outcomes of several horizons: name a model' };
  return { ...query, buckets_by: buckets, ...calibrationTable(outcomes, { seed: 1, draws: DRAWS }) };
}

/** A report that is uploaded, promoted as from the command line; one at a time. */
export function promoteUpload(context: Context, registry: Registry): (html: string, actor: string) => Promise<Promotion> {
  let before: Promise<unknown> = Promise.resolve();
  return (html, actor) => {
    const turn = before.then(() => promoted(html, actor, context, registry));
    before = turn.catch(() => undefined);
    return turn;
  };
}

async function promoted(html: string, actor: string, { home, cacheDir, config }: Context, registry: Registry): Promise<Promotion> {
  const { promote } = await import('../../grading/index.ts');
  const { renderPage } = await import('./write-report.ts');
  const folder = mkdtempSync(join(tmpdir(), 'assay-report-'));
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, html);
    const result = await promote(file, {
      home, cacheDir, registry, clock: { nowMs: () => Date.now() }, environment: environmentOf(), author: actor, workers: config.workers, render: renderPage,
    });
    if (!result.promoted) return { promoted: false, reason: 'gates refuse it', blocking: result.blocking };
    return { promoted: true, model: registry.get(result.key) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
