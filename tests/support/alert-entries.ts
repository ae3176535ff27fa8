import { HOUR_MS } from '../../engine/index.ts';
import type { Entry, EntryDraft, EntryType, FiredAlert, Processor, TraderGrade } from '../../grading/index.ts';

export const BTC = { venue: 'binance', symbol: 'BTC/USDT', timeframeMs: HOUR_MS } as const;
export const START_MS = Date.UTC(2026, 10, 16); // a Monday

/** A published grade of the bar that closes `hours` after the start. */
export function gradeAt(hours: number, stated: Partial<TraderGrade> = {}): EntryDraft<'grade_published'> {
  const closeTimeMs = START_MS + hours * HOUR_MS;
  const payload: TraderGrade = {
    ...BTC, closeTimeMs, close: 100, traderGrade: 50, taGrade: 50, quantGrade: 50, signal: 0, tokenTrend: 0, pUp: 0.5176, expReturn: 0.000_41, meanLow: -0.0003, meanHigh: 0.0011,
    outcomeLow: -0.031, outcomeHigh: 0.0402, horizonBars: 24, nModels: 1, dispersion: null, coverage: 1, change24h: null,
    models: [{
      model: 'tsmom@7', state: 'LIVE', score: 0.1, grade: 50, pUp: 0.5176, expReturn: 0.000_41, meanLow: -0.0003, meanHigh: 0.0011, outcomeLow: -0.031, outcomeHigh: 0.0402,
      signal: 0, horizonBars: 24, weight: 1, reason: null,
    }],
    reason: null, publishedAtMs: closeTimeMs, revision: 0, ...stated,
  };
  return { type: 'grade_published', model: null, payload };
}

/** The loop of the service around one processor: each draft is written behind what it follows from, and heard. */
export function serviceOf(processor: Processor) {
  const journal: Entry[] = [];
  const write = (draft: EntryDraft, tsMs: number): void => {
    const entry = { ...draft, seq: journal.length + 1, tsMs } as Entry;
    journal.push(entry);
    processor.apply(entry);
    for (const answer of processor.respond(entry)) write(answer, tsMs);
  };
  return { journal, write, ofType: <T extends EntryType>(type: T) => journal.filter((entry) => entry.type === type) as unknown as Entry<T>[] };
}

/** A committed alert as the journal has it. */
export function alertEntry(seq: number, stated: Partial<FiredAlert> = {}, tsMs = START_MS): Entry<'alert_fired'> & Entry {
  const payload: FiredAlert = {
    key: `mine|${seq}`, ruleId: 'mine', subject: 'grade', severity: 'warning', scope: 'binance:BTC/USDT@3600000', asOfMs: tsMs, value: 82.1, threshold: 80,
    text: `BTC/USDT 1h: grade ${seq} < "80" & <b>more</b>`, channels: ['*'], facts: { grade: 82.1 }, ...stated,
  };
  return { type: 'alert_fired', model: null, seq, tsMs, payload };
}
