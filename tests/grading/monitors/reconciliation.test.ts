import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../engine/index.ts';
import { compareStretch, type Incident, MONITOR_POLICY, readReconciliation, type Replayed, type SignalSide } from '../../../grading/index.ts';

const MARKET = { venue: 'binance', symbol: 'BTC/USDT', timeframeMs: HOUR_MS };
const DAYS = 10;
const rows = Array.from({ length: DAYS * 24 }, (_, i) => ({ closeTimeMs: (i + 1) * HOUR_MS, score: Math.sin(i), signal: (Math.sin(i) > 0 ? 1 : -1) as SignalSide }));
const days = Array.from({ length: DAYS }, (_, i) => ({ dayMs: i * DAY_MS, netReturn: 0.01 * Math.cos(i) }));
const SAME: Replayed = {
  closeTimeMs: rows.map((row) => row.closeTimeMs), score: rows.map((row) => row.score), signal: rows.map((row) => row.signal), dayMs: days.map((day) => day.dayMs), dayReturns: days.map((day) => day.netReturn),
};

function compare(replayed: Replayed, incidents: readonly Incident[] = []) {
  return compareStretch([{ published: { market: MARKET, rows, days }, replayed }], { toMs: DAYS * DAY_MS, memoryMs: 10 * HOUR_MS, scoreTolerance: 1e-9, incidents: () => incidents });
}

describe('reconciliation', () => {
  it('finds nothing between equal stretches', () => {
    const same = compare(SAME);
    expect(same).toMatchObject({ rows: 240, agreement: 1, days: DAYS, warpingAnn: 0, gap: { data: 0, code: 0, fill: 0 }, unexplainedToday: 0 });
    expect(same.scoreCorrelation).toBeCloseTo(1, 12);
    expect(same.returnCorrelation).toBeCloseTo(1, 12);
    expect(readReconciliation(same, false, MONITOR_POLICY).state).toBe('ok');
  });

  it('attributes a gap to execution where decisions agree', () => {
    const dearer = compare({ ...SAME, dayReturns: SAME.dayReturns.map((r) => r + 0.001) });
    expect(dearer.agreement).toBe(1);
    expect(dearer.gap.fill).toBeCloseTo(-0.01, 12);
    expect(dearer.gap.code).toBe(0);
    expect(readReconciliation(dearer, false, MONITOR_POLICY)).toMatchObject({ state: 'watch' });
    expect(readReconciliation(dearer, true, MONITOR_POLICY)).toMatchObject({ state: 'suspend' });
  });

  it('attributes it to code where decisions differ on whole bars, and to data where bars changed', () => {
    const last = (DAYS - 1) * DAY_MS;
    const other: Replayed = {
      ...SAME, signal: SAME.signal.map((side, i) => (SAME.closeTimeMs[i] > last + 12 * HOUR_MS ? 0 : side)), score: SAME.score.map((score, i) => (SAME.closeTimeMs[i] > last + 12 * HOUR_MS ? 0 : score)),
      dayReturns: SAME.dayReturns.map((r, i) => (i === DAYS - 1 ? r - 0.02 : r)),
    };
    expect(compare(other).gap).toEqual({ data: 0, code: expect.closeTo(0.02, 12) as number, fill: 0 });
    expect(compare(other).unexplainedToday).toBe(12);
    const late: Incident = { kind: 'late', fromMs: last + 10 * HOUR_MS, toMs: last + 11 * HOUR_MS, seenMs: last + 20 * HOUR_MS };
    const revised: Incident = { kind: 'revised', fromMs: last + 18 * HOUR_MS, toMs: last + 19 * HOUR_MS, seenMs: last + 22 * HOUR_MS };
    const explained = compare(other, [late, revised]);
    expect(explained.gap.data).toBeCloseTo(0.02, 12);
    expect(explained.unexplainedToday).toBe(0);
    expect(readReconciliation(explained, true, MONITOR_POLICY).state).toBe('watch');
  });

  it('counts a row that the replay does not have as a disagreement', () => {
    const short = compare({ ...SAME, closeTimeMs: SAME.closeTimeMs.slice(12), score: SAME.score.slice(12), signal: SAME.signal.slice(12) });
    expect(short.agreement).toBeCloseTo(228 / 240, 12);
  });

  it('says nothing of a few rows', () => {
    expect(readReconciliation({ ...compare(SAME), rows: 5 }, false, MONITOR_POLICY)).toMatchObject({ state: 'n/a', n: 5 });
  });
});
