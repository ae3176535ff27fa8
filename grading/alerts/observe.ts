import { closeTimeMs, type Entry, type InvestorGrade, type Market, marketKey, type ModelHealth, type TraderGrade, type Transition } from '../types/index.ts';
import { type AlertBook, bandName } from './book.ts';
import type { AlertValue } from './edge.ts';
import { type Facts, gradeFacts, investorFacts, marketFacts, modelFacts, noFacts, signalText } from './facts.ts';
import type { AlertField } from './fields.ts';
import { marketNames, modelNames, symbolNames } from './scope.ts';

/** One value of one field, which an entry brought. */
export interface Observation {
  readonly field: AlertField;
  readonly monitor: string | null;
  readonly scope: string;
  /** By which a rule can mean the scope. */
  readonly names: readonly string[];
  readonly atMs: number;
  readonly value: AlertValue;
  readonly before: string | null;
  readonly model: string | null;
  readonly facts: () => Facts;
}

type Subject = Pick<Observation, 'scope' | 'names' | 'atMs' | 'facts'> & Partial<Pick<Observation, 'model' | 'monitor' | 'before'>>;

/** Takes an entry into the book, and says which values it brings; those of revised and late bars are none. */
export function observe(entry: Entry, book: AlertBook): readonly Observation[] {
  switch (entry.type) {
    case 'history_loaded': {
      const { market, lastOpenMs } = entry.payload;
      book.keepBar(market, lastOpenMs === null ? null : lastOpenMs + market.timeframeMs);
      return [];
    }
    case 'bar_received':
      if (entry.payload.revision === 0) book.keepBar(pick(entry.payload), closeTimeMs(entry.payload));
      return [];
    case 'close': return ofClose(entry.payload, book);
    case 'feed_status': return [one('feed', entry.payload.isConnected ? 'connected' : 'disconnected', { scope: 'feed', names: [], atMs: entry.tsMs, facts: () => ({ ...noFacts('feed'), reason: entry.payload.detail }) })];
    case 'grade_published': return entry.payload.revision === 0 ? ofGrade(entry.payload, book) : [];
    case 'investor_published': return ofInvestor(entry.payload, book);
    case 'model_changed': return ofTransition(entry.payload.transition, entry.tsMs, book);
    case 'transition': return ofTransition(entry.payload, entry.tsMs, book);
    case 'model_health': return ofHealth(entry.payload, book);
    case 'outcome_resolved': book.leaks.add(entry.payload); return [];
    case 'alert_fired': book.countAlert(entry); return [];
    case 'index_rebalanced':
    case 'moonshot_picked':
    case 'moonshot_resolved': return ofPortfolio(entry, book);
    default: return [];
  }
}

function ofGrade(grade: TraderGrade, book: AlertBook): readonly Observation[] {
  book.keepGrade(grade);
  const facts = (): Facts => ({ ...marketFacts(grade), ...gradeFacts(grade) });
  const subject = { scope: marketKey(grade), names: marketNames(grade), atMs: grade.closeTimeMs, facts };
  const values: readonly (readonly [AlertField, AlertValue])[] = [
    ['trader_grade', grade.traderGrade], ['ta_grade', grade.taGrade], ['quant_grade', grade.quantGrade], ['p_up', grade.pUp],
    ['exp_return_bps', grade.expReturn === null ? null : grade.expReturn * 10_000], ['change_24h', grade.change24h], ['trader_band', bandName(grade.traderGrade)],
    ['price', grade.close], ['signal', signalText(grade.signal)],
  ];
  return values.map(([field, value]) => one(field, value, subject));
}

function ofInvestor(grade: InvestorGrade, book: AlertBook): readonly Observation[] {
  const scope = `${grade.venue}:${grade.symbol}`;
  const subject = { scope, names: symbolNames(grade), atMs: grade.closeTimeMs, facts: () => investorFacts(grade, book.gradeOfSymbol(scope)) };
  return [one('investor_grade', grade.investorGrade, subject), one('investor_band', bandName(grade.investorGrade), subject)];
}

/** Bars that each market of the timeframe is behind, and the end of a week. */
function ofClose({ timeframeMs, closeTimeMs: atMs }: Entry<'close'>['payload'], book: AlertBook): readonly Observation[] {
  const stale = [...book.markets.values()].flatMap(({ market, closedMs }) => {
    if (market.timeframeMs !== timeframeMs || closedMs === null) return [];
    const bars = Math.max(0, Math.round((atMs - closedMs) / timeframeMs));
    const facts = (): Facts => ({ ...gradeFacts(book.gradeOf(marketKey(market))), ...marketFacts(market), stale_bars: bars });
    return [one('stale_bars', bars, { scope: marketKey(market), names: marketNames(market), atMs, facts })];
  });
  if (!book.endsWeek(atMs)) return stale;
  const summary = book.summary();
  return [...stale, one('weekly_digest', book.grades.size, { scope: 'week', names: [], atMs, facts: () => ({ ...noFacts('week'), summary }) })];
}

function ofTransition(change: Transition, atMs: number, book: AlertBook): readonly Observation[] {
  const { model, from, to, reason, actor, statistic, value, threshold } = change;
  book.keepState(model, to);
  const facts = (): Facts => ({ ...modelFacts(model, book.modelOf(model)), reason, actor, statistic, statistic_value: value, limit: threshold });
  return [one('model_state', to, { scope: model, names: modelNames(model), atMs, facts, model, before: from })];
}

function ofHealth(health: ModelHealth, book: AlertBook): readonly Observation[] {
  const { model, atMs } = health;
  book.keepHealth(health);
  const facts = (): Facts => modelFacts(model, book.modelOf(model));
  const subject = { scope: model, names: modelNames(model), atMs, facts, model };
  return [
    one('model_grade', health.modelGrade, subject),
    one('leak_ratio', book.leaks.ratioOf(model), subject),
    ...health.monitors.map(({ id, state, name, reason, value, watchAt, suspendAt }) =>
      one('monitor', state === 'n/a' ? null : state, {
        ...subject, monitor: id,
        facts: () => ({ ...facts(), monitor: id, statistic: name, reason, statistic_value: value, limit: state === 'suspend' ? suspendAt : watchAt }),
      })),
  ];
}

function ofPortfolio(entry: Entry<'index_rebalanced' | 'moonshot_picked' | 'moonshot_resolved'>, book: AlertBook): readonly Observation[] {
  if (entry.type === 'index_rebalanced') {
    const { indexId, atMs, turnover, holdings, reason } = entry.payload;
    const facts = (): Facts => ({ ...noFacts(indexId), index: indexId, turnover, holdings: holdings.length, reason });
    return [one('index_rebalance', turnover, { scope: indexId, names: [indexId], atMs, facts })];
  }
  const { pickId } = entry.payload;
  const symbol = entry.type === 'moonshot_picked' ? entry.payload.symbol : book.takePick(pickId) ?? pickId;
  const names = [symbol, symbol.slice(symbol.indexOf(':') + 1)];
  const common = (): Facts => ({ ...gradeFacts(book.gradeOfSymbol(symbol)), name: symbol, symbol, pick: pickId });
  if (entry.type === 'moonshot_picked') {
    const { atMs, price, score, why } = entry.payload;
    book.keepPick(pickId, symbol);
    return [one('moonshot_pick', score, { scope: pickId, names, atMs, facts: () => ({ ...common(), price, reason: why }) })];
  }
  const { endMs, roi, baseRoi, exitPrice, reason } = entry.payload;
  return [one('moonshot_resolve', roi, { scope: pickId, names, atMs: endMs, facts: () => ({ ...common(), roi, base_roi: baseRoi, price: exitPrice, reason }) })];
}

function one(field: AlertField, value: AlertValue, subject: Subject): Observation {
  return { monitor: null, before: null, model: null, ...subject, field, value };
}

function pick({ venue, symbol, timeframeMs }: Market): Market {
  return { venue, symbol, timeframeMs };
}
