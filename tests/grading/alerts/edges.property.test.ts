import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import { createAlerts, resolveAlertRules } from '../../../grading/index.ts';
import { gradeAt, serviceOf, START_MS } from '../../support/alert-entries.ts';

interface Case {
  readonly grades: readonly (number | null)[];
  readonly level: number;
  readonly hysteresis: number;
  readonly confirm: number;
  readonly cooldown: number;
  readonly isAbove: boolean;
  readonly isCrossing: boolean;
}

const cases = fc.record<Case>({
  grades: fc.array(fc.option(fc.integer({ min: 70, max: 90 }), { nil: null, freq: 6 }), { minLength: 1, maxLength: 40 }),
  level: fc.integer({ min: 76, max: 84 }), hysteresis: fc.integer({ min: 0, max: 4 }), confirm: fc.integer({ min: 1, max: 3 }), cooldown: fc.integer({ min: 0, max: 6 }),
  isAbove: fc.boolean(), isCrossing: fc.boolean(),
});

/** Bars on which the processor fires. */
function fired({ grades, level, hysteresis, confirm, cooldown, isAbove, isCrossing }: Case): number[] {
  const comparator = isCrossing ? (isAbove ? 'crosses_above' : 'crosses_below') : isAbove ? '>=' : '<=';
  const rule = { id: 'mine', when: `trader_grade ${comparator} ${level}`, hysteresis, confirm_bars: confirm, ...(cooldown === 0 ? {} : { cooldown: `${cooldown}h` }) };
  const service = serviceOf(createAlerts(resolveAlertRules([rule], { preset: 'none' })));
  grades.forEach((traderGrade, bar) => service.write(gradeAt(bar, { traderGrade }), START_MS + bar * HOUR_MS));
  return service.ofType('alert_fired').map(({ payload }) => (payload.asOfMs - START_MS) / HOUR_MS);
}

/**
 * The same in words, looking over the whole past at every bar: an edge is where the condition has held for `confirm` values, and before them, but after the
 * last edge, there is a value from which it can be met (the first value of all: any on the other side; for a level, the start itself).
 */
function expected({ grades, level, hysteresis, confirm, cooldown, isAbove, isCrossing }: Case): number[] {
  const values = grades.flatMap((value, bar) => (value === null ? [] : [{ bar, distance: isAbove ? value - level : level - value }]));
  const edges: number[] = [];
  const told: number[] = [];
  for (let k = 0; k < values.length; k++) {
    const run = values.slice(Math.max(0, k - confirm + 1), k + 1);
    if (run.length < confirm || run.some(({ distance }) => distance < 0)) continue;
    const start = k - confirm;
    const since = edges.at(-1) ?? -1;
    const isArmed = values.some(({ distance }, i) => i > since && i <= start && distance < 0 && (distance <= -hysteresis || (i === 0 && isCrossing)))
      || (since === -1 && !isCrossing);
    if (!isArmed) continue;
    edges.push(k);
    const last = told.at(-1);
    if (last === undefined || values[k].bar - last >= cooldown) told.push(values[k].bar);
  }
  return told;
}

describe('edges', () => {
  it('are told exactly once each, as a slow look over the whole past says', () => {
    fc.assert(fc.property(cases, (one) => {
      expect(fired(one)).toEqual(expected(one));
    }), { numRuns: 200, seed: 7 });
  });

  it('do not depend on missing grades in between', () => {
    fc.assert(fc.property(cases, (one) => {
      const present = one.grades.flatMap((value, bar) => (value === null ? [] : [bar]));
      const without = fired({ ...one, cooldown: 0, grades: present.map((bar) => one.grades[bar]) }).map((i) => present[i]);
      expect(fired({ ...one, cooldown: 0 })).toEqual(without);
    }), { numRuns: 60, seed: 8 });
  });

  it('are never on a bar before what they follow from: later bars change no earlier alert', () => {
    fc.assert(fc.property(cases, fc.nat(40), (one, cut) => {
      const early = fired({ ...one, grades: one.grades.slice(0, cut) });
      expect(fired(one).filter((bar) => bar < cut)).toEqual(early);
    }), { numRuns: 60, seed: 9 });
  });
});
