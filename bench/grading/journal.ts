import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, quantile, sha256 } from '../../engine/index.ts';
import { openJournal, verifyJournal } from '../../workbench/journal/index.ts';

const LINES = 500;
const BATCHES = 60;
const MODEL = {
  model: 'ema-cross@1', state: 'LIVE', score: 0.123456789, grade: 71.4, pUp: 0.518, expReturn: 0.0004, meanLow: -0.0003, meanHigh: 0.0011, outcomeLow: -0.03, outcomeHigh: 0.04,
  signal: 0, horizonBars: 24, weight: 0.5, reason: null,
};

/** A published grade of three models: about 1.3 kB a line. */
function entry(i: number): { readonly type: string; readonly tsMs: number; readonly model: null; readonly payload: object; readonly payloadSha256: string } {
  const payload = {
    venue: 'binance', symbol: 'BTC/USDT', timeframeMs: 3_600_000, closeTimeMs: 1_700_000_000_000, close: 65_000 + i, traderGrade: 71.4, taGrade: 78.2, quantGrade: 44.1, signal: 0,
    tokenTrend: 1, pUp: 0.518, expReturn: 0.0004, models: [MODEL, MODEL, MODEL], reason: null, publishedAtMs: 1_700_000_003_000, revision: 0,
  };
  return { type: 'grade_published', tsMs: 1_700_000_000_000 + i, model: null, payload, payloadSha256: sha256(canonicalJson(payload)) };
}

function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

const median = (values: readonly number[]): string => `${(quantile(values, 0.5) ?? Number.NaN).toFixed(2)} ms`;

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
try {
  const journal = openJournal(folder, { name: 'live', hold: true, onNotice: console.error });
  const batches = Array.from({ length: BATCHES }, (_, b) => Array.from({ length: LINES }, (__, i) => entry(b * LINES + i)));
  const append = batches.map((batch) => timed(() => void journal.append(batch, { sync: false })));
  const synced = batches.slice(0, 20).map((batch) => timed(() => void journal.append(batch)));
  journal.close();
  const lines = (BATCHES + 20) * LINES;
  const verify = timed(() => void verifyJournal(folder, 'live'));
  console.log(`append ${LINES} lines: ${median(append)}; with sync: ${median(synced)}; verify: ${Math.round(lines / (verify / 1000))} lines a second`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
