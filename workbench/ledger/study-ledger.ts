import { existsSync, statSync } from 'node:fs';
import { type Axes, type Bars, contentId, METRIC_NAMES, type MetricName, type Metrics, type Params, type SimulationConfig, TRIAL_WIDTH, type TrialBlock } from '../../engine/index.ts';
import { openLedger } from './append.ts';
import { defaultClaim, ledgerMarket, windowOf } from './claim.ts';
import { ledgerFiles } from './files.ts';
import { scanLedger, verifyLedger } from './scan.ts';
import { LEDGER_METRICS, type LedgerAxis, type LedgerFigureRow, type LedgerSubject, type LedgerWindow, type Origin, type ScreenEntry, type StudyKind, trialsOf } from './types.ts';

/** Where a study is recorded, and for which claim. */
export interface LedgerOptions {
  /** Folder that holds the ledger; `.assay` by default. */
  readonly home?: string;
  /** The family within which trials are counted; `<strategy> on <symbols> <timeframe>` by default. */
  readonly claim?: string;
  /** `research` by default; a `replay` is journalled and does not count. */
  readonly origin?: Origin;
  /** What the study is recorded as, where it is part of another. */
  readonly kind?: StudyKind;
  readonly now?: () => number;
  /** Hears of damage; a warning of the process by default. */
  readonly onNotice?: (text: string) => void;
}

/** What an artefact says of the ledger; null where it was switched off. */
export interface Recorded {
  readonly ledger: { readonly claim: string } | null;
}

/** What all entries of a study share. */
export interface RecordedStudy {
  readonly id: string;
  readonly kind: StudyKind;
  readonly strategyId: string;
  readonly codeHash: string;
  readonly objective?: MetricName;
  /** All its markets, for the name of the claim. */
  readonly markets: readonly Bars[];
}

/** The bars that trials were evaluated on, and the rules. */
export interface Evaluated {
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
  /** From the first open to the last close unless said otherwise. */
  readonly window?: LedgerWindow;
}

/** Consecutive points of a screen on one market. */
export interface ScreenedPoints extends Pick<ScreenEntry, 'sampler' | 'firstTrial' | 'points' | 'failed' | 'sharpeAnn' | 'partHash'> {
  readonly axes: Axes;
  readonly best: { readonly trial: number; readonly params: Params; readonly figures: Readonly<Record<(typeof LEDGER_METRICS)[number], number | null>> } | null;
}

export interface StudyLedger {
  readonly claim: string;
  /** One or more entries; `paramsAt` gives the parameters of a row of the block. */
  trials(block: TrialBlock, paramsAt: (row: number) => Params, evaluated: Evaluated): void;
  /** One entry for all of them. */
  screened(points: ScreenedPoints, evaluated: Evaluated): void;
  holdoutRead(metrics: Metrics, evaluated: Evaluated): void;
  /** Trials of this study and claim that the ledger has, as half-open ranges. */
  recorded(): { readonly from: number; readonly to: number }[];
  flush(): void;
}

/** A ledger up to here is checked as a whole before a study; a larger one at its end only, and by `verifyLedger`. */
const CHECKED_BYTES = 32 * 1024 * 1024;
/** Rows of one entry at most, so that a reader's memory is bounded. */
const MOST_ROWS = 8_192;

/** The ledger of one study; null where the caller has switched it off. */
export function studyLedger(options: LedgerOptions | null | undefined, study: RecordedStudy): StudyLedger | null {
  if (options === null) return null;
  const { home = '.assay', claim = defaultClaim(study.strategyId, study.markets), origin = 'research', now = Date.now, onNotice = warn } = options ?? {};
  const writer = openLedger(home, { now, onNotice });
  noticeDamage(home, onNotice);
  const subjectOf = ({ markets, config, window = windowOf(markets) }: Evaluated): LedgerSubject => ({
    study: { id: study.id, kind: options?.kind ?? study.kind }, claim, origin, strategyId: study.strategyId, codeHash: study.codeHash,
    markets: markets.map(ledgerMarket), window, configHash: contentId(config),
  });
  const objective = study.objective === undefined ? {} : { objective: study.objective };
  return {
    claim,
    trials(block, paramsAt, evaluated) {
      const subject = subjectOf(evaluated);
      const params = Object.keys(paramsAt(0)).sort();
      for (let from = 0; from < block.count; from += MOST_ROWS) {
        const rows = Array.from({ length: Math.min(MOST_ROWS, block.count - from) }, (_, i) => from + i);
        writer.append({
          type: 'trials', ...subject, ...objective, firstTrial: block.from + from, params, metrics: LEDGER_METRICS,
          rows: rows.map((row) => valuesOf(paramsAt(row), params)),
          figures: rows.map((row) => (block.failures[block.from + row] === undefined ? figuresAt(block.values, row) : null)),
          failures: Object.fromEntries(rows.flatMap((row, i) => (block.failures[block.from + row] === undefined ? [] : [[i, block.failures[block.from + row]]]))),
        });
      }
    },
    screened({ axes, best, ...points }, evaluated) {
      writer.append({
        type: 'screen', ...subjectOf(evaluated), objective: study.objective ?? 'sharpeAnn', ...points, metrics: LEDGER_METRICS,
        axes: Object.fromEntries(Object.entries(axes).map(([name, values]) => [name, ledgerAxis(values)])),
        best: best && { ...best, figures: LEDGER_METRICS.map((name) => rounded(best.figures[name] ?? Number.NaN)) },
      });
    },
    holdoutRead(metrics, evaluated) {
      writer.append({ type: 'holdout-read', ...subjectOf(evaluated), metrics: LEDGER_METRICS, figures: figuresOf(metrics) });
    },
    recorded: () => recordedTrials(home, study.id, claim, origin),
    flush: () => writer.flush(),
  };
}

export function figuresOf(metrics: Metrics): LedgerFigureRow {
  return LEDGER_METRICS.map((name) => rounded(metrics[name] ?? Number.NaN));
}

const COLUMNS = LEDGER_METRICS.map((name) => METRIC_NAMES.indexOf(name));

function figuresAt(values: Float64Array, row: number): LedgerFigureRow {
  return COLUMNS.map((column) => rounded(values[row * TRIAL_WIDTH + column]));
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
}

/** Whole numbers at equal distances are written as a range, which a reader sees at a glance. */
function ledgerAxis(values: Axes[string]): LedgerAxis {
  const numbers = values.filter((value) => typeof value === 'number');
  const step = numbers[1] - numbers[0];
  const isRange = numbers.length === values.length && numbers.length > 2 && numbers.every((value, i) => Number.isInteger(value) && value === numbers[0] + i * step);
  return isRange ? { from: numbers[0], to: numbers[numbers.length - 1], step } : values;
}

function valuesOf(params: Params, names: readonly string[]) {
  return names.map((name) => params[name]);
}

/** A replay is content with any record of a trial; research with one that counts. */
function recordedTrials(home: string, studyId: string, claim: string, origin: Origin): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  scanLedger(home, (line) => {
    if ((line.type !== 'trials' && line.type !== 'screen') || line.study.id !== studyId || line.claim !== claim) return;
    if (origin === 'replay' || line.origin === 'research') ranges.push({ from: line.firstTrial, to: line.firstTrial + trialsOf(line) });
  });
  return ranges;
}

function noticeDamage(home: string, onNotice: (text: string) => void): void {
  const { trials } = ledgerFiles(home);
  if (existsSync(trials) && statSync(trials).size > CHECKED_BYTES) return;
  const { damage } = verifyLedger(home);
  if (damage !== null) onNotice(`${damage.message}; what this study evaluates is recorded, but the gates that count trials fail`);
}

function warn(text: string): void {
  process.emitWarning(text, { code: 'ASSAY_LEDGER' });
}
