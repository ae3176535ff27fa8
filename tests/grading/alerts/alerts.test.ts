import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import { type AlertRuleInput, createAlertRule, createAlerts, type Entry, type EntryDraft, resolveAlertRules, type TraderGrade } from '../../../grading/index.ts';
import { BTC, gradeAt, serviceOf, START_MS } from '../../support/alert-entries.ts';

const rule = (stated: Partial<AlertRuleInput> = {}): AlertRuleInput => ({ id: 'mine', when: 'trader_grade crosses_above 80', ...stated });
const alertsOf = (...inputs: readonly AlertRuleInput[]) => createAlerts(resolveAlertRules(inputs, { preset: 'none' }));

/** Hours at which a rule fires on grades of consecutive hours. */
function firedOn(input: AlertRuleInput, bars: readonly (Partial<TraderGrade> | number | null)[]): number[] {
  const service = serviceOf(alertsOf(input));
  bars.forEach((bar, i) => service.write(gradeAt(i + 1, bar === null || typeof bar === 'number' ? { traderGrade: bar } : bar), START_MS + (i + 1) * HOUR_MS));
  return service.ofType('alert_fired').map(({ payload }) => (payload.asOfMs - START_MS) / HOUR_MS);
}

const transition = (to: 'LIVE' | 'WATCH' | 'SUSPENDED', from: 'LIVE' | 'WATCH' | 'SHADOW' | null): EntryDraft => ({
  type: 'transition', model: 'tsmom@7',
  payload: { model: 'tsmom@7', from, to, reason: 'losses', actor: 'T6', statistic: 'cusum', value: 31.2, threshold: 30.7, evidenceSha256: null },
});

describe('alerts', () => {
  it('fire once as a grade crosses a level, and again after it has gone back', () => {
    expect(firedOn(rule(), [70, 81, 85, 79, 82])).toEqual([2, 5]);
    expect(firedOn(rule({ hysteresis: 5 }), [70, 81, 79, 82, 75, 80])).toEqual([2, 6]);
    expect(firedOn(rule({ when: 'trader_grade crosses_below 20' }), [30, 20, 25, 19.9])).toEqual([2, 4]);
  });

  it('take no first value for a crossing, but for a level', () => {
    expect(firedOn(rule(), [90, 95, 70, 80])).toEqual([4]);
    expect(firedOn(rule({ when: 'trader_grade >= 80' }), [90, 95, 70, 80])).toEqual([1, 4]);
    expect(firedOn(rule({ when: 'trader_grade > 80' }), [80, 80.5])).toEqual([2]);
  });

  it('never cross on a missing grade, and forget nothing by it', () => {
    expect(firedOn(rule(), [70, null, null, 81, null, 82, null, 79, null, 80])).toEqual([4, 10]);
    expect(firedOn(rule(), [null, 85, null, 86])).toEqual([]);
  });

  it('wait until a condition has held for so many bars', () => {
    expect(firedOn(rule({ confirm_bars: 3 }), [70, 81, 82, 79, 81, 82, 83, 84])).toEqual([7]);
  });

  it('keep silent for the cooldown', () => {
    expect(firedOn(rule({ cooldown: '6h' }), [70, 81, 70, 81, 70, 70, 70, 81])).toEqual([2, 8]);
  });

  it('see a move against the value a window ago', () => {
    const when = 'trader_grade moves_by 20 in 3h';
    expect(firedOn(rule({ when }), [50, 75, 55, 60, 94, 76])).toEqual([6]);
    expect(firedOn(rule({ when }), [50, 55, 60, 70, 71, 82])).toEqual([4, 6]);
    expect(firedOn(rule({ when, hysteresis: 5 }), [50, 55, 60, 70, 71, 82])).toEqual([4]);
    expect(firedOn(rule({ when }), [50, null, null, 20])).toEqual([4]);
  });

  it('see changes and flips of a signal', () => {
    const signals = ([0, 1, 0, -1, -1, 0, 1] as const).map((signal) => ({ signal }));
    expect(firedOn(rule({ when: 'signal flips' }), signals)).toEqual([4, 7]);
    expect(firedOn(rule({ when: 'signal changes' }), signals)).toEqual([2, 3, 4, 6, 7]);
    expect(firedOn(rule({ when: 'signal changes_to buy|sell' }), signals)).toEqual([2, 4, 7]);
    expect(firedOn(rule({ when: 'signal flips', confirm_bars: 2 }), signals)).toEqual([5]);
  });

  it('hear no revision and no bar twice', () => {
    const service = serviceOf(alertsOf(rule()));
    for (const draft of [gradeAt(1, { traderGrade: 70 }), gradeAt(2, { traderGrade: 90, revision: 1 }), gradeAt(1, { traderGrade: 90 })]) service.write(draft, START_MS);
    expect(service.ofType('alert_fired')).toEqual([]);
  });

  it('state grade, probability, interval, model state and time', () => {
    const service = serviceOf(alertsOf(rule({ template: '{symbol} at {value} (was {previous}, limit {threshold})', channels: ['desk'], severity: 'warning' })));
    service.write(gradeAt(1, { traderGrade: 70.25 }), START_MS);
    service.write(gradeAt(2, { traderGrade: 82.14 }), START_MS);
    const [{ payload, model }] = service.ofType('alert_fired');
    expect(model).toBeNull();
    expect(payload).toMatchObject({
      key: `mine|binance:BTC/USDT@3600000|${START_MS + 2 * HOUR_MS}`, ruleId: 'mine', subject: 'grade', severity: 'warning', scope: 'binance:BTC/USDT@3600000', value: 82.14, threshold: 80,
      channels: ['desk'], facts: { grade: 82.14, p_up: 0.5176, model_state: 'tsmom@7 LIVE', as_of: '2026-11-16T02:00:00Z', previous: 70.25 },
    });
    expect(payload.text).toBe(
      'BTC/USDT at 82.14 (was 70.25, limit 80)\n' +
      'grade 82.1 · P(up) 0.518 · expected 4.1 bps (95 % interval −3.0 to 11.0) · 80 % of outcomes −310.0 to 402.0 bps · model tsmom@7 LIVE · as of 2026-11-16T02:00:00Z',
    );
  });

  it('look only at what is in their scope', () => {
    const eth = { symbol: 'ETH/USDT' };
    const fires = (scope: AlertRuleInput['scope']) => firedOn(rule({ scope }), [{ traderGrade: 50 }, { traderGrade: 90 }, { ...eth, traderGrade: 50 }, { ...eth, traderGrade: 90 }]);
    expect(fires('*')).toEqual([2, 4]);
    expect(fires(['BTC/USDT'])).toEqual([2]);
    expect(fires('binance:*')).toEqual([2, 4]);
    expect(fires('ETH/USDT@1h')).toEqual([4]);
    expect(fires(['ETH/USDT@1d', 'kraken:BTC/USDT'])).toEqual([]);
  });

  it('wait for the end of quiet hours, critical ones do not', () => {
    const quiet: AlertRuleInput = rule({ quiet_hours: { from: '01:00', to: '05:00' } });
    const fire = (input: AlertRuleInput): readonly Entry<'alert_fired'>[] => {
      const service = serviceOf(alertsOf(input));
      [70, 90, 90, 90, 90, 90].forEach((traderGrade, i) => service.write(gradeAt(i + 1, { traderGrade }), START_MS + (i + 1) * HOUR_MS));
      return service.ofType('alert_fired');
    };
    expect(fire(quiet).map(({ tsMs, payload }) => [(tsMs - START_MS) / HOUR_MS, (payload.asOfMs - START_MS) / HOUR_MS])).toEqual([[5, 2]]);
    expect(fire({ ...quiet, severity: 'critical' }).map(({ tsMs }) => (tsMs - START_MS) / HOUR_MS)).toEqual([2]);
    expect(fire({ ...quiet, quiet_hours: { from: '02:00', to: '06:00', tz: 'Europe/Berlin' } }).map(({ tsMs }) => (tsMs - START_MS) / HOUR_MS)).toEqual([5]);
  });

  it('tell of a demoted model whatever the rules are, and of each state once', () => {
    const service = serviceOf(createAlerts([]));
    service.write(transition('LIVE', 'SHADOW'), START_MS);
    service.write(transition('WATCH', 'LIVE'), START_MS + 1);
    service.write({ type: 'model_changed', model: 'tsmom@7', payload: { transition: (transition('WATCH', 'LIVE') as Entry<'transition'>).payload, sha256: '', registrySeq: 1 } }, START_MS + 2);
    service.write(transition('SUSPENDED', 'WATCH'), START_MS + 1);
    const fired = service.ofType('alert_fired');
    expect(fired.map(({ payload }) => [payload.value, payload.severity, payload.facts.previous])).toEqual([['WATCH', 'critical', 'LIVE'], ['SUSPENDED', 'critical', 'WATCH']]);
    expect(new Set(fired.map(({ payload }) => payload.key)).size).toBe(2);
    expect(fired[0].payload.text.split('\n')[0]).toBe('tsmom@7: LIVE → WATCH by T6: losses (cusum 31.2000, limit 30.7000)');
    expect(fired[0].model).toBe('tsmom@7');
  });

  it('count bars that do not come', () => {
    const service = serviceOf(createAlerts(resolveAlertRules([])));
    service.write({ type: 'history_loaded', model: null, payload: { market: BTC, sha256: '', bars: 1, firstOpenMs: START_MS, lastOpenMs: START_MS } }, START_MS + HOUR_MS);
    for (let hours = 2; hours <= 6; hours++) service.write({ type: 'close', model: null, payload: { timeframeMs: HOUR_MS, closeTimeMs: START_MS + hours * HOUR_MS } }, START_MS + hours * HOUR_MS);
    expect(service.ofType('alert_fired').map(({ payload }) => [payload.ruleId, payload.value, payload.asOfMs])).toEqual([['stale-data', 3, START_MS + 4 * HOUR_MS]]);
  });

  it('sum up a week at its end', () => {
    const service = serviceOf(createAlerts(resolveAlertRules([])));
    service.write(gradeAt(1, { traderGrade: 60 }), START_MS);
    service.write(gradeAt(2, { traderGrade: 85 }), START_MS);
    service.write(transition('LIVE', 'SHADOW'), START_MS);
    for (const hours of [2, 167, 168, 169]) service.write({ type: 'close', model: null, payload: { timeframeMs: HOUR_MS, closeTimeMs: START_MS + hours * HOUR_MS } }, START_MS);
    const digests = service.ofType('alert_fired').filter(({ payload }) => payload.ruleId === 'weekly-digest');
    expect(digests).toHaveLength(1);
    expect(digests[0].payload.text).toContain('markets: 1 surging\nhighest: binance:BTC/USDT@3600000 85.0\nmodels: tsmom@7 LIVE\nalerts: 1 info');
  });

  it('are the same after a restart by apply alone, at any entry', () => {
    const rules = resolveAlertRules([rule({ hysteresis: 2, confirm_bars: 2, cooldown: '3h', quiet_hours: { from: '05:00', to: '09:00' } })]);
    const grades = Array.from({ length: 60 }, (_, i) => gradeAt(i + 1, { traderGrade: 50 + 45 * Math.sin(i * 1.1) + (i % 3), signal: ([1, 0, -1] as const)[i % 3] }));
    const whole = serviceOf(createAlerts(rules));
    grades.forEach((draft, i) => whole.write(draft, START_MS + (i + 1) * HOUR_MS));
    expect(whole.ofType('alert_fired').length).toBeGreaterThan(10);
    for (let cut = 0; cut <= whole.journal.length; cut += 7) {
      const again = createAlerts(rules);
      const answers = whole.journal.flatMap((entry) => {
        again.apply(entry);
        return entry.seq > cut ? again.respond(entry) : [];
      });
      const expected = whole.journal.filter((entry, i) => entry.type === 'alert_fired' && parentOf(whole.journal, i) > cut).map(({ type, model, payload }) => ({ type, model, payload }));
      expect(JSON.stringify(answers)).toBe(JSON.stringify(expected));
    }
  });

  it('keep the state of rules that stay when others come', () => {
    const stays = createAlertRule(rule());
    const alerts = createAlerts([stays]);
    const service = serviceOf(alerts);
    service.write(gradeAt(1, { traderGrade: 70 }), START_MS);
    service.write(gradeAt(2, { traderGrade: 90 }), START_MS);
    alerts.setRules([stays, createAlertRule(rule({ id: 'new', when: 'trader_grade >= 95' }))]);
    service.write(gradeAt(3, { traderGrade: 96 }), START_MS);
    expect(service.ofType('alert_fired').map(({ payload }) => payload.ruleId)).toEqual(['mine', 'new']);
    expect(alerts.rules.map(({ id }) => id)).toEqual(['model-demoted', 'mine', 'new']);
  });
});

/** The entry that a fired alert follows from: the last one before it that is none. */
function parentOf(journal: readonly Entry[], i: number): number {
  return journal[journal.findLastIndex(({ type }, j) => j < i && type !== 'alert_fired')].seq;
}
