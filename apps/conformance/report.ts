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

/** Unverified cases that ran are counted apart from the passed and the failed. */
interface Count {
  passed: number;
  failed: number;
  skipped: number;
  exactPassed: number;
  exactCases: number;
  unverifiedPassed: number;
  unverifiedCases: number;
}

interface MetricCount extends Count {
  readonly metric: string;
}

interface Summary extends Readonly<Count> {
  readonly byMetric: readonly MetricCount[];
}

const NOTHING: Readonly<Count> = { passed: 0, failed: 0, skipped: 0, exactPassed: 0, exactCases: 0, unverifiedPassed: 0, unverifiedCases: 0 };

export function summaryOf(outcomes: readonly Outcome[]): Summary {
  const counts = new Map<string, MetricCount>();
  const total: Count = { ...NOTHING };
  for (const outcome of outcomes) {
    const count = counts.get(outcome.metric) ?? { metric: outcome.metric, ...NOTHING };
    counts.set(outcome.metric, count);
    add(count, outcome);
    add(total, outcome);
  }
  return { byMetric: [...counts.values()].sort((a, b) => a.metric.localeCompare(b.metric)), ...total };
}

function add(count: Count, { state, verified, exact }: Outcome): void {
  if (verified || state === 'skipped') count[state]++;
  else {
    count.unverifiedCases++;
    if (state === 'passed') count.unverifiedPassed++;
  }
  if (typeof exact === 'boolean') {
    count.exactCases++;
    if (exact) count.exactPassed++;
  }
}

export function printOutcomes(outcomes: readonly Outcome[], quiet: boolean): void {
  const summary = summaryOf(outcomes);
  const line = (cells: readonly string[]): string => cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(12))).join('');
  if (!quiet) {
    write(line(['metric', 'passed', 'failed', 'skipped', 'exact', 'unverified']));
    const share = (part: number, whole: number): string => (whole > 0 ? `${part}/${whole}` : '');
    for (const c of summary.byMetric) {
      write(line([
        c.metric, String(c.passed), String(c.failed), String(c.skipped), share(c.exactPassed, c.exactCases), share(c.unverifiedPassed, c.unverifiedCases),
      ]));
    }
    for (const { id, state, verified, got, expected, tolerance, reason } of outcomes) {
      if (state === 'failed') write(`\n${verified ? 'FAILED' : 'differs (unverified)'} ${id}\n  got      ${short(got)}\n  expected ${short(expected)}  within ${short(tolerance)}`);
      if (state === 'skipped') write(`\nskipped ${id}: ${reason}`);
    }
    write('');
  }
  const unverified = summary.unverifiedCases > 0 ? `, ${summary.unverifiedPassed} of ${summary.unverifiedCases} unverified agree` : '';
  write(`${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped${unverified}`);
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
