import { DAY_MS, probit, seededNormal, seededRandom, sha256 } from '../../engine/index.ts';
import {
  type Entry, type EntryDraft, type EntryPayloads, type EntryType, INVESTOR_COMPONENTS, type InvestorComponent, type Market, type ModelHealth, modelKey, type ModelState, type ModelVersion,
  MONITOR_IDS, type MonitorReading, type Processor, type TraderGrade,
} from '../../grading/index.ts';

interface StoryOptions {
  readonly seed: number;
  readonly markets: readonly Market[];
  readonly versions: readonly ModelVersion[];
}

const INDEX_ID = 'blue-chip';
const ACCOUNT_ID = 'paper-1';
const WEEK_DAYS = 7;

/** What the other parts of a service would say at a day's close, plausible and seeded: grades of investors, health, index, picks, account and alerts. */
export function createStory({ seed, markets, versions }: StoryOptions): Processor {
  const grades = new Map<string, TraderGrade>();
  const states = new Map<string, ModelState>();
  const liveDays = new Map<string, number>();
  const signals = new Map<string, number>();
  let day = 0;
  let dayMs = 0;

  const drawsOf = (name: string): (() => number) => seededNormal(seededRandom(seed, `story:${name}:${day}`));
  const priceOf = ({ symbol }: Market): number => grades.get(symbol)?.close ?? 0;

  const investors = (): EntryDraft[] => markets.map(({ venue, symbol }) => {
    const normal = drawsOf(symbol);
    const percentile = (): number => 100 / (1 + Math.exp(-normal()));
    const components = Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [name, percentile()])) as Record<InvestorComponent, number>;
    const evenly = Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [name, 1 / INVESTOR_COMPONENTS.length])) as Record<InvestorComponent, number>;
    const unknown = Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [name, null])) as Record<InvestorComponent, null>;
    const investorGrade = Object.values(components).reduce((sum, value) => sum + value, 0) / INVESTOR_COMPONENTS.length;
    return draft('investor_published', {
      venue, symbol, closeTimeMs: dayMs, investorGrade, components, fundamentalGrade: null, technologyGrade: null, valuationGrade: null, coverage: 1,
      change7d: day > WEEK_DAYS ? 5 * normal() : null, tokenClass: 'storeOfValue', horizonDays: 90, reason: null, publishedAtMs: dayMs, weighting: { atMs: null, weeks: 0, weights: evenly, ic: unknown },
    });
  });

  const modelDays = (): EntryDraft[] => versions.flatMap((version) => markets.map(({ venue, symbol }) => {
    const normal = drawsOf(`${modelKey(version)}${symbol}`);
    const grossReturn = 0.015 * normal();
    return draft('model_day', { model: modelKey(version), state: states.get(modelKey(version)) ?? 'CANDIDATE', venue, symbol, dayMs: dayMs - DAY_MS, grossReturn, netReturn: grossReturn - 0.0005, exposure: 0.5, turnover: 0.3 }, modelKey(version));
  }));

  const healths = (): EntryDraft[] => versions.map((version) => draft('model_health', healthOf(modelKey(version), states.get(modelKey(version)) ?? 'CANDIDATE', dayMs, liveDays.get(modelKey(version)) ?? 0), modelKey(version)));

  const index = (): EntryDraft[] => {
    const weight = 1 / markets.length;
    const holdings = markets.map((market) => ({ symbol: `${market.venue}:${market.symbol}`, weight, price: priceOf(market), traderGrade: grades.get(market.symbol)?.traderGrade ?? null, investorGrade: null }));
    const rebalanced = draft('index_rebalanced', { indexId: INDEX_ID, atMs: dayMs, holdings, turnover: day === 1 ? 0.5 : 0.1, cost: 0.0002, reason: 'weekly', universe: holdings.map(({ symbol }) => symbol), excluded: { 'binance:DOGE/USDT': 'median dollar volume' } });
    const value = 100 * Math.exp(0.01 * day + 0.005 * drawsOf('index')());
    const valued = draft('index_valued', { indexId: INDEX_ID, atMs: dayMs, value, grossValue: value * 1.001, baselineValue: value * 0.99 });
    return day % WEEK_DAYS === 1 ? [rebalanced, valued] : [valued];
  };

  const moonshots = (): EntryDraft[] => {
    const [market] = markets.slice(-1);
    const picked = draft('moonshot_picked', {
      pickId: `pick-${day}`, ruleId: 'momentum-30', ruleSha256: sha256('momentum-30'), symbol: `${market.venue}:${market.symbol}`, atMs: dayMs, price: priceOf(market), endMs: dayMs + 4 * DAY_MS, score: 1.8,
      candidates: markets.length, among: markets.map(({ venue, symbol }) => `${venue}:${symbol}`), why: 'highest momentum of those liquid enough',
    });
    const resolved = draft('moonshot_resolved', { pickId: `pick-${day - 4}`, endMs: dayMs, exitPrice: priceOf(market), roi: 0.1 * drawsOf('moonshot')(), maxRoi: 0.2, isWin: false, baseWinRate: 0.3, baseRoi: 0.01, beats: 0.6, reason: 'horizon reached' });
    return [...(day % 3 === 1 ? [picked] : []), ...(day % 3 === 2 && day > 4 ? [resolved] : [])];
  };

  const account = (): EntryDraft[] => {
    const [market] = markets;
    const equityQuote = 10_000 * Math.exp(0.004 * day + 0.01 * drawsOf('paper')());
    const qtyBase = equityQuote / 2 / Math.max(1, priceOf(market));
    const filled = draft('paper_filled', { accountId: ACCOUNT_ID, symbol: `${market.venue}:${market.symbol}`, atMs: dayMs, side: day % 2 === 1 ? 'buy' : 'sell', qtyBase, price: priceOf(market), feeQuote: 1.2, slippageQuote: 0.8, model: null, reason: 'signal' });
    return [filled, draft('paper_valued', { accountId: ACCOUNT_ID, atMs: dayMs, equityQuote, cashQuote: equityQuote / 2, positions: { [`${market.venue}:${market.symbol}`]: qtyBase }, holdEquityQuote: 10_000 })];
  };

  const alertOf = (grade: TraderGrade, before: number): EntryDraft => draft('alert_fired', {
    key: `signal-flip|${grade.venue}:${grade.symbol}|${grade.closeTimeMs}`, ruleId: 'signal-flip', subject: 'signal', severity: 'info', scope: `${grade.venue}:${grade.symbol}`, asOfMs: grade.closeTimeMs,
    value: grade.signal, threshold: before, text: `${grade.symbol}: signal ${before} → ${grade.signal}`, channels: ['file'], facts: { trader_grade: grade.traderGrade, p_up: grade.pUp },
  });

  return {
    name: 'story',
    apply(entry: Entry): void {
      if (entry.type === 'grade_published') grades.set(entry.payload.symbol, entry.payload);
      else if (entry.type === 'model_changed') states.set(entry.payload.transition.model, entry.payload.transition.to);
      else if (entry.type === 'transition') states.set(entry.payload.model, entry.payload.to);
      else if (entry.type === 'close' && entry.payload.closeTimeMs % DAY_MS === 0) {
        day++;
        dayMs = entry.payload.closeTimeMs;
        for (const [model, state] of states) if (state === 'LIVE' || state === 'WATCH') liveDays.set(model, (liveDays.get(model) ?? 0) + 1);
      }
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type === 'grade_published') {
        const { symbol, signal } = entry.payload;
        const before = signals.get(symbol) ?? 0;
        if (signal === null || signal === before) return [];
        signals.set(symbol, signal);
        return [alertOf(entry.payload, before)];
      }
      if (entry.type !== 'close' || entry.payload.closeTimeMs % DAY_MS !== 0) return [];
      const watched = day === 9 ? [demotion(modelKey(versions[0]))] : [];
      return [...investors(), ...modelDays(), ...healths(), ...index(), ...moonshots(), ...account(), ...watched];
    },
  };
}

function draft<T extends EntryType>(type: T, payload: EntryPayloads[T], model: string | null = null): EntryDraft {
  return { type, model, payload } as unknown as EntryDraft;
}

function demotion(model: string): EntryDraft {
  return draft('transition', { model, from: 'LIVE', to: 'WATCH', reason: 'T6: losses beyond the 10 % line', actor: 'T6', statistic: 'pnl_cusum', value: 31.2, threshold: 30.7, evidenceSha256: null }, model);
}

function healthOf(model: string, state: ModelState, atMs: number, liveDays: number): ModelHealth {
  const monitors: MonitorReading[] = MONITOR_IDS.map((id, i) => (liveDays < i
    ? { id, name: `test ${id}`, state: 'n/a', value: null, watchAt: null, suspendAt: null, n: 0, reason: 'too few live days' }
    : { id, name: `test ${id}`, state: 'ok', value: 1 + probit((i + 1) / 14), watchAt: 30.7, suspendAt: 36.9, n: liveDays, reason: 'inside its limits' }));
  const part = (points: number, of: number): ModelHealth['parts']['costs'] => ({ points, of, n: liveDays, why: 'inside its limits' });
  return {
    model, state, atMs, liveDays, monitors, modelGrade: liveDays === 0 ? null : Math.min(60, 50 + liveDays), letter: liveDays === 0 ? null : 'C', isProvisional: liveDays < 30,
    parts: { reconciliation: part(20, 25), calibration: part(12, 25), sharpe: part(13, 25), costs: part(8, 10), health: part(9, 10), freshness: part(5, 5) },
  };
}
