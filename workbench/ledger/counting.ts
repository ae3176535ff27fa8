import type { LedgerSubject, TrialsEntry } from './types.ts';

/** What distinct trials of a claim there are; replays are left out by the caller. */
export interface TrialCount {
  /** Distinct (code, parameters) with a defined Sharpe ratio. */
  readonly n: number;
  /** Distinct (code, parameters, data, window, configuration). */
  readonly trials: number;
  /** Of the trials. */
  readonly failed: number;
}

const SHARPE = 0;
/** More contexts of one trial than a claim can have. */
const CONTEXTS = 2 ** 21;

/**
 * Counts trials entry by entry; the same trial twice is one.
 *
 * memory  the parameters of each distinct point, and a number a trial
 */
export function createTrialCounter() {
  const contexts = new Map<string, number>();
  const points = new Map<string, number>();
  const defined = new Set<number>();
  const seen = new Set<number>();
  let failed = 0;
  return {
    add(entry: TrialsEntry): void {
      const context = indexIn(contexts, contextOf(entry));
      const code = `${entry.codeHash} ${entry.params.join()} `;
      entry.rows.forEach((row, i) => {
        const point = indexIn(points, code + JSON.stringify(row));
        const figures = entry.figures[i];
        if (figures !== null && figures[SHARPE] !== null) defined.add(point);
        const trial = point * CONTEXTS + context;
        if (seen.has(trial)) return;
        seen.add(trial);
        if (figures === null) failed++;
      });
    },
    count: (): TrialCount => ({ n: defined.size, trials: seen.size, failed }),
  };
}

/** Same bars, same window, same rules. */
export function contextOf({ markets, window, configHash }: LedgerSubject): string {
  return `${markets.map(({ dataHash }) => dataHash).join()} ${window.fromMs} ${window.toMs} ${configHash}`;
}

function indexIn(known: Map<string, number>, key: string): number {
  const index = known.get(key) ?? known.size;
  if (index === known.size) known.set(key, index);
  return index;
}
