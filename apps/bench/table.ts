import type { BenchCase, CaseResult } from './case.ts';
import { type BenchResults, goalFigures, headline, timesFaster } from './results.ts';

const PEERS = ['vectorbt', 'backtesting.py', 'backtrader'] as const;

/** Head and rows of the table: one a case. */
export function benchTable(results: BenchResults, definitions: readonly BenchCase[]): { readonly head: string[]; readonly rows: string[][] } {
  const peers = PEERS.filter((peer) => results.peers.some((one) => one.peer === peer));
  const hasLimit = results.peers.some(({ peer }) => peer === 'C');
  const head = ['case', 'size', 'median', 'least … most', 'a unit', '÷ loop', ...(hasLimit ? ['× C'] : []), ...peers.map((peer) => `× ${peer}`), 'difference', 'goal'];
  const columns = [...(hasLimit ? ['C'] : []), ...peers];
  const rows = results.cases.map((result) => [
    `${result.name}${result.isGated ? '*' : ''}`, result.shape, ...timeCells(result), ...columns.map((peer) => times(timesFaster(result, results.peers, peer))),
    result.proof === null ? '—' : result.proof.largestDifference.toExponential(0), goalText(result, results, definitions.find(({ name }) => name === result.name)),
  ]);
  return { head, rows };
}

function timeCells(result: CaseResult): string[] {
  const spread = headline(result);
  if (spread === null) return ['failed', '—', '—', '—'];
  const inWords = result.quantity === 'bytes' ? megabytes : duration;
  const unit = result.quantity === 'bytes' ? '—' : unitText(result.units / spread.median, result.unit);
  return [inWords(spread.median), `${inWords(spread.min)} … ${inWords(spread.max)}`, unit, result.measurement?.ratio?.q1.toPrecision(3) ?? '—'];
}

/** Nanoseconds where there are bars in it, else a rate. */
function unitText(perSecond: number, unit: string): string {
  if (unit.includes('combinations')) return `${(1e9 / perSecond).toPrecision(3)} ns`;
  return `${rate(perSecond)} ${unit}/s`;
}

export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toPrecision(3)} M`;
  return perSecond >= 1e3 ? `${(perSecond / 1e3).toPrecision(3)} k` : perSecond.toPrecision(3);
}

export function duration(seconds: number): string {
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  return seconds >= 1e-3 ? `${(1e3 * seconds).toPrecision(3)} ms` : `${(1e6 * seconds).toPrecision(3)} µs`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function times(factor: number | null): string {
  if (factor === null) return '—';
  return factor >= 100 ? factor.toFixed(0) : factor.toPrecision(2);
}

/** Each goal with `reached`, `missed`, or nothing where it could not be judged: not measured, or on little data. */
export function goalText(result: CaseResult, results: BenchResults, definition: BenchCase | undefined): string {
  const figures = goalFigures(result, results);
  const words = (definition?.goals ?? []).map((goal) => {
    const reached = figures === null || results.size === 'quick' ? null : goal.isReached(figures);
    return `${goal.text}${reached === null ? '' : reached ? ': reached' : ': missed'}`;
  });
  return words.length === 0 ? '—' : words.join('; ');
}
