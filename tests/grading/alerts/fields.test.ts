import { describe, expect, it } from 'vitest';
import { DAY_MS, seededNormal, seededRandom } from '../../../engine/index.ts';
import {
  ALERT_FIELD_NAMES, type AlertField, createAlerts, DEFAULT_ALERT_RULES, type EntryDraft, type InvestorGrade, type ModelHealth, type MonitorReading, type Outcome, resolveAlertRules,
} from '../../../grading/index.ts';
import { BTC, gradeAt, serviceOf, START_MS } from '../../support/alert-entries.ts';

/** Texts that one rule gives on entries, first lines only. */
function told(when: string, drafts: readonly EntryDraft[], template = '{name}: {previous} → {value}'): string[] {
  const service = serviceOf(createAlerts(resolveAlertRules([{ id: 'mine', when, template }], { preset: 'none' })));
  drafts.forEach((draft, i) => service.write(draft, START_MS + i));
  return service.ofType('alert_fired').map(({ payload }) => payload.text.split('\n')[0]);
}

const investor = (days: number, investorGrade: number | null): EntryDraft => ({
  type: 'investor_published', model: null,
  payload: {
    ...BTC, closeTimeMs: START_MS + days * DAY_MS, investorGrade, components: {}, fundamentalGrade: null, technologyGrade: null, valuationGrade: null, coverage: 1, change7d: null,
    tokenClass: null, horizonDays: 30, reason: null, publishedAtMs: START_MS,
  } as unknown as InvestorGrade,
});

const reading = (id: MonitorReading['id'], state: MonitorReading['state']): MonitorReading => ({ id, name: `monitor ${id}`, state, value: 31.5, watchAt: 30, suspendAt: 37, n: 90, reason: 'because' });

const health = (days: number, monitors: readonly MonitorReading[], modelGrade: number | null = 70): EntryDraft => ({
  type: 'model_health', model: 'tsmom@7',
  payload: { model: 'tsmom@7', state: 'LIVE', atMs: START_MS + days * DAY_MS, liveDays: 100, monitors, modelGrade, letter: 'B', isProvisional: false, parts: {} } as unknown as ModelHealth,
});

/** Outcomes of a score that explains the return at once, and a share of it one bar later. */
function outcomes(shareLater: number): EntryDraft[] {
  const draw = seededNormal(seededRandom(5, 'leak'));
  return Array.from({ length: 300 }, (): EntryDraft => {
    const score = draw();
    const payload = { ...BTC, model: 'tsmom@7', score, grossReturn: score + 0.5 * draw(), laggedReturn: shareLater * score + draw(), horizonBars: 1 } as unknown as Outcome;
    return { type: 'outcome_resolved', model: 'tsmom@7', payload };
  });
}

describe('what rules can watch', () => {
  it('investor grades and their bands', () => {
    expect(told('investor_band changes', [investor(1, 75), investor(2, 80), investor(3, null), investor(4, 80.1)])).toEqual(['BTC/USDT: gaining → surging']);
    expect(told('investor_grade crosses_below 40', [investor(1, 45), investor(2, 39.5)])).toEqual(['BTC/USDT: 45 → 39.5']);
  });

  it('prices, sub-grades, probabilities and expected returns', () => {
    expect(told('price crosses_above 120000', [gradeAt(1, { close: 119_000 }), gradeAt(2, { close: 120_500.5, traderGrade: null, reason: 'late' })])).toEqual(['BTC/USDT 1h: 119000 → 120501']);
    expect(told('p_up >= 0.55', [gradeAt(1, { pUp: 0.51 }), gradeAt(2, { pUp: 0.56 })])).toEqual(['BTC/USDT 1h: 0.51 → 0.56']);
    expect(told('exp_return_bps crosses_above 10', [gradeAt(1, { expReturn: 0.0009 }), gradeAt(2, { expReturn: 0.0011 })])).toEqual(['BTC/USDT 1h: 9 → 11']);
    expect(told('ta_grade crosses_above 60', [gradeAt(1), gradeAt(2, { taGrade: 61 })])).toHaveLength(1);
    expect(told('quant_grade crosses_below 40', [gradeAt(1), gradeAt(2, { quantGrade: 39 })])).toHaveLength(1);
    expect(told('change_24h <= -20', [gradeAt(1, { change24h: -3 }), gradeAt(2, { change24h: -25 })])).toHaveLength(1);
    expect(told('trader_band changes_to surging', [gradeAt(1), gradeAt(2, { traderGrade: 81 })])).toEqual(['BTC/USDT 1h: steady → surging']);
  });

  it('model grades and monitors, one or any', () => {
    const days = [health(1, [reading('T5', 'ok'), reading('T6', 'n/a')]), health(2, [reading('T5', 'watch'), reading('T6', 'ok')], 50), health(3, [reading('T5', 'watch'), reading('T6', 'suspend')])];
    expect(told('monitor changes_to watch|suspend', days, '{model} {monitor} {value} limit {limit}')).toEqual(['tsmom@7 T5 watch limit 30', 'tsmom@7 T6 suspend limit 37']);
    expect(told('monitor.T6 changes', days)).toEqual(['tsmom@7: ok → suspend']);
    expect(told('model_grade crosses_below 55', days)).toEqual(['tsmom@7: 70 → 50']);
  });

  it('the leak ratio: an IC that is gone one bar later, not one that stays or is noise', () => {
    const ratio = (shareLater: number): string[] => told('leak_ratio > 2', [...outcomes(shareLater), health(1, [])], '{value}');
    expect(Number(ratio(0.2)[0])).toBeGreaterThan(2);
    expect(ratio(2)).toEqual([]);
    expect(told('leak_ratio > 2', [...outcomes(0).slice(0, 99), health(1, [])])).toEqual([]);
  });

  it('indices, picks and the feed', () => {
    const rebalanced: EntryDraft = { type: 'index_rebalanced', model: null, payload: { indexId: 'top10', atMs: START_MS, holdings: [], turnover: 0.25, cost: 0.001, reason: 'week', excluded: {}, universe: [] } };
    expect(told('index_rebalance happens', [rebalanced, rebalanced], '{index} {turnover} {reason}')).toEqual(['top10 0.250 week']);
    expect(told('index_rebalance >= 0.3', [rebalanced])).toEqual([]);
    const picked: EntryDraft = { type: 'moonshot_picked', model: null, payload: { pickId: 'p1', ruleId: 'r', ruleSha256: '', symbol: 'binance:X/USDT', atMs: START_MS, price: 2, endMs: START_MS, score: 0.9, candidates: 40, among: [], why: 'volume' } };
    const resolved: EntryDraft = { type: 'moonshot_resolved', model: null, payload: { pickId: 'p1', endMs: START_MS, exitPrice: 3, roi: 0.5, maxRoi: 0.6, isWin: true, baseWinRate: 0.25, baseRoi: 0.1, beats: 0.8, reason: 'time' } };
    expect(told('moonshot_pick happens', [picked], '{symbol} at {price}: {reason}')).toEqual(['binance:X/USDT at 2: volume']);
    expect(told('moonshot_resolve >= 0.5', [picked, resolved], '{symbol} {roi}, base {base_roi}')).toEqual(['binance:X/USDT 0.500, base 0.100']);
    const feed = (isConnected: boolean): EntryDraft => ({ type: 'feed_status', model: null, payload: { isConnected, detail: 'closed' } });
    expect(told('feed changes_to disconnected', [feed(true), feed(false), feed(false)], '{value}: {reason}')).toEqual(['disconnected: closed']);
  });

  it('the values of a template cannot add lines or turn the text around', () => {
    const evil = gradeAt(2, { symbol: 'BTC\n[critical] \u202Eall is lost', traderGrade: 90 });
    expect(told('trader_grade >= 80', [evil], '{symbol}!')).toEqual(['BTC [critical]  all is lost!']);
  });

  it('are named in the preset as they are', () => {
    const named = DEFAULT_ALERT_RULES.map(({ when = '' }) => when.split(' ')[0] as AlertField);
    for (const field of named) expect(ALERT_FIELD_NAMES).toContain(field);
  });
});
