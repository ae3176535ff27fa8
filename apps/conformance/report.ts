import { short } from './compare.ts';

/** What became of one case. */
export interface Outcome {
  readonly id: string;
  readonly metric: string;
  readonly family: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Cases that their source only recorded are run and shown, and fail nothing. */
  readonly verified: boolean;
  readonly expected: unknown;
  readonly got?: unknown;
  /** Whether the double-precision figure agrees to 1e-8; null where the case has none. */
  readonly exact?: boolean | null;
  readonly tolerance: { readonly abs?: number; readonly rel?: number };
  readonly reason?: string;
}

interface MetricCount {
  readonly metric: string;
  passed: number;
  failed: number;
  skipped: number;
  exactPassed: number;
  exactCases: number;
  unverifiedFailed: number;
}

export function summaryOf(outcomes: readonly Outcome[]): { byMetric: readonly MetricCount[]; passed: number; failed: number; skipped: number } {
  const counts = new Map<string, MetricCount>();
  for (const { metric, state, verified, exact } of outcomes) {
    const count = counts.get(metric) ?? { metric, passed: 0, failed: 0, skipped: 0, exactPassed: 0, exactCases: 0, unverifiedFailed: 0 };
    counts.set(metric, count);
    if (state === 'failed' && !verified) count.unverifiedFailed++;
    else count[state]++;
    if (typeof exact === 'boolean') {
      count.exactCases++;
      if (exact) count.exactPassed++;
    }
  }
  const byMetric = [...counts.values()].sort((a, b) => a.metric.localeCompare(b.metric));
  const total = (state: 'passed' | 'failed' | 'skipped'): number => byMetric.reduce((sum, count) => sum + count[state], 0);
  return { byMetric, passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

export function printOutcomes(outcomes: readonly Outcome[], quiet: boolean): void {
  const summary = summaryOf(outcomes);
  const line = (cells: readonly string[]): string => cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(12))).join('');
  if (!quiet) {
    write(line(['metric', 'passed', 'failed', 'skipped', 'exact', 'unverified']));
    for (const c of summary.byMetric) {
      write(line([c.metric, String(c.passed), String(c.failed), String(c.skipped), c.exactCases > 0 ? `${c.exactPassed}/${c.exactCases}` : '', c.unverifiedFailed > 0 ? `${c.unverifiedFailed} differ` : '']));
    }
    for (const { id, state, verified, got, expected, tolerance, reason } of outcomes) {
      if (state === 'failed') write(`\n${verified ? 'FAILED' : 'differs (unverified)'} ${id}\n  got      ${short(got)}\n  expected ${short(expected)}  within ${short(tolerance)}`);
      if (state === 'skipped') write(`\nskipped ${id}: ${reason}`);
    }
    write('');
  }
  write(`${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`);
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
