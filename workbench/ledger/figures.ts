import { DAY_MS, DAYS_PER_YEAR, expectedMaximum, type Known, type Missing } from '../../engine/index.ts';
import { createTrialCounter, type TrialCount } from './counting.ts';
import { scanLedger } from './scan.ts';
import { createScreenCounter, type ScreenVariance } from './screen-counting.ts';
import type { HoldoutReadEntry, LedgerLine, ScreenEntry, TrialsEntry } from './types.ts';

/** How often one stretch of data that no choice had seen was evaluated. */
export interface Holdout {
  readonly dataHashes: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Studies that read it; the same study again reads nothing new. */
  readonly reads: number;
}

/** What the ledger says of a claim; replays are not in it. */
export interface LedgerFigures extends TrialCount, ScreenVariance {
  readonly claim: string;
  readonly studies: number;
  /** Reads of all holdouts. */
  readonly holdoutReads: number;
  readonly holdouts: readonly Holdout[];
  /** UTC days on which something was recorded. */
  readonly days: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Null where no trial has a defined Sharpe ratio. */
  readonly bestSharpeAnn: number | null;
  /** Expected best of n trials without skill over the window of the best: E[max n] ÷ √years. */
  readonly luckSharpeAnn: number | null;
  /** Hash of the ledger's last entry, whatever its claim. */
  readonly ledgerHash: string;
}

/** The figures of one claim; missing, with the reason, where the ledger is damaged or knows nothing of it. */
export function ledgerFigures(home: string, claim: string): Known<LedgerFigures> {
  const all = figuresOfClaims(home);
  if ('missing' in all) return all;
  return all.find((figures) => figures.claim === claim) ?? { missing: `the trial ledger below ${home} has no trials of the claim "${claim}"` };
}

/** The figures of every claim that has research, in the order of their first entries. */
export function figuresOfClaims(home: string): readonly LedgerFigures[] | Missing {
  const claims = new Map<string, ReturnType<typeof createClaim>>();
  const { damage, hash } = scanLedger(home, (line) => {
    if (line.type === 'note' || line.origin === 'replay') return;
    const known = claims.get(line.claim) ?? createClaim();
    claims.set(line.claim, known);
    known.add(line);
  });
  if (damage !== null) return { missing: damage.message };
  return [...claims].map(([claim, known]) => ({ claim, ...known.figures(), ledgerHash: hash }));
}

function createClaim() {
  const counter = createTrialCounter();
  const screens = createScreenCounter();
  const studies = new Set<string>();
  const days = new Set<number>();
  const holdouts = new Map<string, { readonly entry: HoldoutReadEntry; readonly studies: Set<string> }>();
  const best = createBest();
  let firstMs = Infinity;
  let lastMs = -Infinity;
  return {
    add(line: LedgerLine & (TrialsEntry | ScreenEntry | HoldoutReadEntry)): void {
      studies.add(line.study.id);
      days.add(Math.floor(line.timeMs / DAY_MS));
      firstMs = Math.min(firstMs, line.timeMs);
      lastMs = Math.max(lastMs, line.timeMs);
      if (line.type === 'trials') {
        counter.add(line);
        best.add(line.figures, line.window);
        return;
      }
      if (line.type === 'screen') {
        screens.add(line);
        best.add([line.best?.figures ?? null], line.window);
        return;
      }
      const key = `${line.markets.map(({ dataHash }) => dataHash).join()} ${line.window.fromMs} ${line.window.toMs}`;
      const read = holdouts.get(key) ?? { entry: line, studies: new Set<string>() };
      holdouts.set(key, read);
      read.studies.add(line.study.id);
    },
    figures() {
      const [swept, screened] = [counter.count(), screens.count()];
      const count = { n: swept.n + screened.n, trials: swept.trials + screened.trials, failed: swept.failed + screened.failed };
      const read = [...holdouts.values()].map(({ entry, studies: by }): Holdout => ({
        dataHashes: entry.markets.map(({ dataHash }) => dataHash), ...entry.window, reads: by.size,
      }));
      return {
        ...count, ...screens.variance(), studies: studies.size, holdoutReads: read.reduce((sum, { reads }) => sum + reads, 0), holdouts: read, days: days.size, firstMs, lastMs, ...best.against(count.n),
      };
    },
  };
}

function createBest() {
  let bestSharpeAnn: number | null = null;
  let years = Number.NaN;
  return {
    add(figures: TrialsEntry['figures'], window: TrialsEntry['window']): void {
      for (const row of figures) {
        const sharpe = row?.[0] ?? null;
        if (sharpe === null || (bestSharpeAnn !== null && sharpe <= bestSharpeAnn)) continue;
        bestSharpeAnn = sharpe;
        years = (window.toMs - window.fromMs) / (DAYS_PER_YEAR * DAY_MS);
      }
    },
    against: (n: number) => ({ bestSharpeAnn, luckSharpeAnn: bestSharpeAnn === null ? null : expectedMaximum(n) / Math.sqrt(years) }),
  };
}
