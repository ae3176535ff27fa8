import { describe, expect, it } from 'vitest';
import { nextSignal } from '../../../grading/index.ts';

const sure = { meanLow: 0.01, meanHigh: 0.03, roundTripCost: 0.002 };
const sureDown = { meanLow: -0.03, meanHigh: -0.01, roundTripCost: 0.002 };

describe('the signal of a grade', () => {
  it('is entered at 80 only where the interval of the mean is positive after costs', () => {
    expect(nextSignal(0, { grade: 80, ...sure })).toBe(1);
    expect(nextSignal(0, { grade: 79.9, ...sure })).toBe(0);
    expect(nextSignal(0, { grade: 95, ...sure, meanLow: 0.002 })).toBe(0);
    expect(nextSignal(0, { grade: 20, ...sureDown })).toBe(-1);
    expect(nextSignal(0, { grade: 5, ...sureDown, meanHigh: -0.002 })).toBe(0);
  });

  it('is held until the grade is neutral again', () => {
    expect(nextSignal(1, { grade: 60, ...sure })).toBe(1);
    expect(nextSignal(1, { grade: 59.9, ...sure })).toBe(0);
    expect(nextSignal(-1, { grade: 40, ...sureDown })).toBe(-1);
    expect(nextSignal(-1, { grade: 40.1, ...sureDown })).toBe(0);
  });

  it('turns at once where the other side is entered', () => {
    expect(nextSignal(1, { grade: 10, ...sureDown })).toBe(-1);
    expect(nextSignal(-1, { grade: 90, ...sure })).toBe(1);
  });
});
