import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../engine/index.ts';
import { createModelBook, createOutcomes, type Entry, type EntryDraft, type ModelScore, modelKey, type Outcome, type Processor, type TraderGrade } from '../../../grading/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { modelVersion } from '../../support/model-version.ts';

const version = modelVersion();
const KEY = modelKey(version);
const START = Date.UTC(2026, 0, 1);
const market = { venue: 'binance', symbol: 'BTC/USDT', timeframeMs: HOUR_MS };

/** A service of outcomes alone, to which grades are given. */
function outcomesOf(opens: readonly number[], { horizonBars = 2, signal = 1, gapBefore = -1 }: { horizonBars?: number; signal?: ModelScore['signal']; gapBefore?: number } = {}): Outcome[] {
  const models = createModelBook(() => ({ key: KEY, version, strategy: emaCross }));
  const processors: Processor[] = [models, createOutcomes({ models })];
  const resolved: Outcome[] = [];
  let seq = 0;
  const hear = (draft: EntryDraft): void => {
    const entry = { ...draft, seq: ++seq, tsMs: START } as Entry;
    for (const processor of processors) processor.apply(entry);
    for (const answer of processors.flatMap((processor) => [...processor.respond(entry)])) {
      if (answer.type === 'outcome_resolved') resolved.push(answer.payload);
      hear(answer);
    }
  };
  hear({ type: 'model_changed', model: KEY, payload: { transition: { model: KEY, from: null, to: 'LIVE', reason: '', actor: 'promotion', statistic: null, value: null, threshold: null, evidenceSha256: null }, sha256: 'x', registrySeq: 1 } });
  opens.forEach((open, t) => {
    const openTimeMs = START + t * HOUR_MS;
    if (t === gapBefore) hear({ type: 'gap', model: null, payload: { market, fromMs: openTimeMs - HOUR_MS, toMs: openTimeMs, reason: 'lost' } });
    hear({ type: 'bar_received', model: null, payload: { ...market, openTimeMs, open, high: open, low: open, close: open, volume: 1, revision: 0 } });
    hear({ type: 'grade_published', model: null, payload: gradeAt(openTimeMs + HOUR_MS, horizonBars, signal) });
  });
  return resolved;
}

function gradeAt(closeTimeMs: number, horizonBars: number, signal: ModelScore['signal']): TraderGrade {
  const figures = { pUp: 0.52, expReturn: 0.001, meanLow: 0, meanHigh: 0.002, outcomeLow: -0.02, outcomeHigh: 0.02 };
  const model: ModelScore = { model: KEY, state: 'LIVE', score: 0.4, grade: 70, ...figures, signal, horizonBars, weight: 1, reason: null };
  return {
    ...market, closeTimeMs, close: 100, traderGrade: 70, taGrade: null, quantGrade: null, signal, tokenTrend: 0, ...figures, horizonBars, nModels: 1, dispersion: null, coverage: 1, change24h: null,
    models: [model], reason: null, publishedAtMs: closeTimeMs, revision: 0,
  };
}

describe('outcomes of published grades', () => {
  it('enter at the next open and leave horizon bars later, once, and one bar later beside it', () => {
    const outcomes = outcomesOf([100, 110, 121, 133.1, 146.41, 200]);
    expect(outcomes.map(({ closeTimeMs }) => (closeTimeMs - START) / HOUR_MS)).toEqual([1, 2]);
    const [first] = outcomes;
    expect((first.entryTimeMs - START) / HOUR_MS).toBe(1);
    expect((first.exitTimeMs - START) / HOUR_MS).toBe(3);
    expect(first.grossReturn).toBeCloseTo(Math.log(1.21), 12);
    expect(first.laggedReturn).toBeCloseTo(Math.log(1.21), 12);
    expect(first.netReturn).toBeCloseTo(Math.log(1.21) - version.grade.roundTripCost, 12);
    expect(outcomes[1].laggedReturn).toBeCloseTo(Math.log(200 / 133.1), 12);
  });

  it('cost a signal of short what the price gained, and nothing without a signal', () => {
    expect(outcomesOf([100, 110, 121, 133.1, 146.41], { signal: -1 })[0].netReturn).toBeCloseTo(-Math.log(1.21) - version.grade.roundTripCost, 12);
    expect(outcomesOf([100, 110, 121, 133.1, 146.41], { signal: 0 })[0].netReturn).toBe(0);
  });

  it('are never given across a gap', () => {
    const outcomes = outcomesOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { gapBefore: 4 });
    expect(outcomes.map(({ closeTimeMs }) => (closeTimeMs - START) / HOUR_MS)).toEqual([5, 6]);
  });
});
