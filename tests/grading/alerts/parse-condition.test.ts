import { describe, expect, it } from 'vitest';
import { createAlertRule, parseCondition } from '../../../grading/index.ts';

const failure = (when: string): string => {
  try {
    parseCondition(when);
  } catch (error) {
    return (error as Error).message;
  }
  return 'parsed';
};

describe('the language of conditions', () => {
  it('reads fields, comparators and values', () => {
    expect(parseCondition('trader_grade crosses_above 80')).toEqual({ field: 'trader_grade', monitor: null, kind: 'crosses', direction: 'above', level: 80 });
    expect(parseCondition('  exp_return_bps<=-2.5 ')).toEqual({ field: 'exp_return_bps', monitor: null, kind: 'level', operator: '<=', level: -2.5 });
    expect(parseCondition('trader_grade moves_by 20 in 24h')).toEqual({ field: 'trader_grade', monitor: null, kind: 'moves', by: 20, windowMs: 86_400_000 });
    expect(parseCondition('monitor.T5 changes_to watch|suspend')).toEqual({ field: 'monitor', monitor: 'T5', kind: 'changes', to: ['watch', 'suspend'] });
    expect(parseCondition('signal changes_to -1')).toEqual({ field: 'signal', monitor: null, kind: 'changes', to: ['sell'] });
    expect(parseCondition('index_rebalance happens')).toEqual({ field: 'index_rebalance', monitor: null, kind: 'happens' });
    expect(parseCondition('moonshot_resolve >= 0.5')).toMatchObject({ kind: 'level', level: 0.5 });
  });

  it('says where it went wrong, and what was meant', () => {
    expect(failure('trader_grad crosses_above 80')).toBe('when must have at column 1 a field; did you mean "trader_grade"?, was "trader_grad" in "trader_grad crosses_above 80"');
    expect(failure('trader_grade crosses_abov 80')).toMatch(/at column 14 a comparator of trader_grade \(.*\); did you mean "crosses_above"\?, was "crosses_abov"/);
    expect(failure('trader_grade crosses_above eighty')).toMatch(/at column 28 a number, was "eighty"/);
    expect(failure('trader_grade crosses_above')).toMatch(/at column 27 a number, was nothing/);
    expect(failure('trader_grade crosses_above 80 81')).toMatch(/at column 31 nothing more, was "81"/);
    expect(failure('trader_grade moves_by 20 within 24h')).toMatch(/at column 26 "in" and a duration/);
    expect(failure('trader_grade moves_by 20 in 24')).toMatch(/at column 29 a duration such as 24h, was "24"/);
    expect(failure('trader_grade moves_by 20 in 40d')).toMatch(/at most 31d/);
    expect(failure('monitor.T99 changes')).toMatch(/at column 9 a monitor \(T0,/);
    expect(failure('model_state changes_to LIVE|WACH')).toMatch(/at column 29 a value of model_state .*did you mean "WATCH"/);
    expect(failure('signal >= 1')).toMatch(/at column 8 a comparator of signal \(changes, changes_to, flips\)/);
    expect(failure('')).toMatch(/at column 1 a field, was nothing/);
    expect(failure('constructor changes')).toMatch(/at column 1 a field/);
  });
});

describe('a rule', () => {
  const rule = { id: 'mine', when: 'trader_grade crosses_above 80' };

  it('is refused where its parts do not belong together', () => {
    expect(() => createAlertRule({ ...rule, on: 'price' })).toThrow(/on must be grade, the subject of trader_grade, was "price"/);
    expect(() => createAlertRule({ ...rule, when: 'signal flips', hysteresis: 5 })).toThrow(/hysteresis must be 0/);
    expect(() => createAlertRule({ ...rule, when: 'model_state changes', confirm_bars: 2 })).toThrow(/confirm_bars must be 1/);
    expect(() => createAlertRule({ ...rule, cooldown: 'long' })).toThrow(/cooldown must be a number and a unit/);
    expect(() => createAlertRule({ ...rule, template: 'now {grad}' })).toThrow(/"\{grad\}" at column 5; did you mean "\{grade\}"/);
    expect(() => createAlertRule({ ...rule, quiet_hours: { from: '22:00', to: '07:00', tz: 'Mars/Base' } })).toThrow(/quiet_hours.tz must be a time zone/);
    expect(() => createAlertRule({ id: 'mine' })).toThrow(/when must be stated/);
  });
});
