import { WEEK_MS, DAY_MS } from '../../engine/index.ts';
import { BANDS, type Entry, type Market, marketKey, type ModelHealth, type TraderGrade } from '../types/index.ts';
import { createLeakRatios } from './leak-ratio.ts';

export interface ModelFacts {
  readonly state: string | null;
  readonly grade: number | null;
  readonly letter: string | null;
}

interface FollowedMarket {
  readonly market: Market;
  /** Close of its last bar; null where its history was empty. */
  readonly closedMs: number | null;
}

const UNKNOWN: ModelFacts = { state: null, grade: null, letter: null };

/** What the alerts know of markets and models: the last of each, by entries. */
export function createAlertBook() {
  const grades = new Map<string, TraderGrade>();
  const lastGraded = new Map<string, string>();
  const markets = new Map<string, FollowedMarket>();
  const models = new Map<string, ModelFacts>();
  const picks = new Map<string, string>();
  const fired = new Map<string, number>();
  const leaks = createLeakRatios();
  let week: number | null = null;

  return {
    grades, models, markets, leaks,
    gradeOf: (key: string): TraderGrade | undefined => grades.get(key),
    /** Of a symbol (`venue:symbol`): of the market that was graded last. */
    gradeOfSymbol: (symbol: string): TraderGrade | undefined => grades.get(lastGraded.get(symbol) ?? ''),
    modelOf: (key: string): ModelFacts => models.get(key) ?? UNKNOWN,
    keepGrade(grade: TraderGrade): void {
      const key = marketKey(grade);
      grades.set(key, grade);
      lastGraded.set(`${grade.venue}:${grade.symbol}`, key);
    },
    keepBar(market: Market, closedMs: number | null): void {
      markets.set(marketKey(market), { market, closedMs });
    },
    keepState(model: string, state: string): void {
      models.set(model, { ...(models.get(model) ?? UNKNOWN), state });
    },
    keepHealth({ model, state, modelGrade, letter }: ModelHealth): void {
      models.set(model, { state, grade: modelGrade, letter });
    },
    keepPick(pickId: string, symbol: string): void {
      picks.set(pickId, symbol);
    },
    /** The symbol of a pick that is over. */
    takePick(pickId: string): string | null {
      const symbol = picks.get(pickId) ?? null;
      picks.delete(pickId);
      return symbol;
    },
    countAlert({ payload: { severity } }: Entry<'alert_fired'>): void {
      fired.set(severity, (fired.get(severity) ?? 0) + 1);
    },
    /** Whether a week (from Monday, UTC) has ended before this close. */
    endsWeek(closeTimeMs: number): boolean {
      const before = week;
      week = Math.max(before ?? -Infinity, Math.floor((closeTimeMs - MONDAY_MS) / WEEK_MS));
      return before !== null && week > before;
    },
    /** The week in a few lines; the count of alerts starts anew. */
    summary(): string {
      const text = [bandsLine(grades), topLine(grades), modelsLine(models), `alerts: ${countsOf(fired)}`].join('\n');
      fired.clear();
      return text;
    },
  };
}

export type AlertBook = ReturnType<typeof createAlertBook>;

/** 1970-01-05 */
const MONDAY_MS = 4 * DAY_MS;
const TOP = 5;

/** The band of a grade by its name. */
export function bandName(grade: number | null): string | null {
  return grade === null ? null : (BANDS.find(({ to }) => grade <= to) ?? BANDS[BANDS.length - 1]).name;
}

function bandsLine(grades: ReadonlyMap<string, TraderGrade>): string {
  const counts = new Map<string, number>(BANDS.map(({ name }) => [name, 0]));
  for (const { traderGrade } of grades.values()) {
    const name = bandName(traderGrade) ?? 'no grade';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return `markets: ${countsOf(counts)}`;
}

function topLine(grades: ReadonlyMap<string, TraderGrade>): string {
  const graded = [...grades.entries()].filter(([, { traderGrade }]) => traderGrade !== null).sort(([a, x], [b, y]) => (y.traderGrade as number) - (x.traderGrade as number) || (a < b ? -1 : 1));
  return `highest: ${graded.slice(0, TOP).map(([key, { traderGrade }]) => `${key} ${(traderGrade as number).toFixed(1)}`).join(', ') || 'none'}`;
}

function modelsLine(models: ReadonlyMap<string, ModelFacts>): string {
  const shown = [...models.entries()].filter(([, { state }]) => state !== 'RETIRED').sort(([a], [b]) => (a < b ? -1 : 1));
  return `models: ${shown.map(([key, { state, grade, letter }]) => `${key} ${state ?? 'n/a'}${grade === null ? '' : ` ${grade.toFixed(0)} ${letter ?? ''}`.trimEnd()}`).join(', ') || 'none'}`;
}

function countsOf(counts: ReadonlyMap<string, number>): string {
  return [...counts.entries()].filter(([, n]) => n > 0).map(([name, n]) => `${n} ${name}`).join(', ') || 'none';
}
