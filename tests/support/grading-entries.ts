import { syntheticMarket } from '../../datasets/index.ts';
import { type Bars, HOUR_MS } from '../../engine/index.ts';
import {
  type BarBook, type ClosedBar, createBarBook, createGrader, createModelBook, createOutcomes, type Entry, type EntryDraft, type GradeMap, type HistoryColumns, type LoadedModel,
  type MappedScore, type Market, type ModelBook, type ModelState, type ModelVersion, modelKey, type MonotoneMap, type Processor,
} from '../../grading/index.ts';
import { BUILT_IN } from '../../strategies/index.ts';
import { createStory } from './grading-story.ts';
import { modelVersion } from './model-version.ts';

export interface GradingOptions {
  readonly seed?: number;
  /** Days that are graded, bar by bar. */
  readonly days?: number;
  readonly startMs?: number;
  readonly symbols?: readonly string[];
  /** Bars of history before the first graded one. */
  readonly historyBars?: number;
}

/** What a service would have written: real books, grader and outcomes over a seeded market, and a plausible story of everything else. */
export interface GradingStream {
  readonly entries: readonly Entry[];
  /** The same entries as they were committed: an event and what followed from it. */
  readonly batches: readonly (readonly Entry[])[];
  readonly bars: BarBook & Processor;
  readonly models: ModelBook & Processor;
  readonly markets: readonly Market[];
  readonly versions: readonly ModelVersion[];
  readonly endMs: number;
  /** Books that have heard nothing yet, for whoever hears the entries from the start. */
  freshBooks(): { readonly bars: BarBook & Processor; readonly models: ModelBook & Processor };
}

export const STREAM_START = Date.UTC(2026, 9, 1);
const VENUE = 'binance';
const CLOSE_DELAY_MS = 3_000;

/** Two models and a few hourly markets over some days; the same options give the same entries. */
export function gradingEntries({ seed = 1, days = 12, startMs = STREAM_START, symbols = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'], historyBars = 24 * 60 }: GradingOptions = {}): GradingStream {
  const versions = versionsOf();
  const bars = candles(seed, symbols, historyBars + days * 24, startMs - historyBars * HOUR_MS);
  const history = (hash: string): HistoryColumns => columnsOf(bars[symbols.indexOf(hash.slice('history:'.length))], 0, historyBars);
  const freshBooks = () => ({ bars: createBarBook({ keepBars: historyBars + days * 24, history }), models: createModelBook(loaderOf(versions)) });
  const books = freshBooks();
  const markets = symbols.map((symbol) => ({ venue: VENUE, symbol, timeframeMs: HOUR_MS }));
  const writer = createWriter([books.bars, books.models, graderOf(books), createOutcomes(books), createStory({ seed, markets, versions })]);

  symbols.forEach((symbol, i) => writer.write(historyDraft(symbol, bars[i], markets[i], historyBars), startMs));
  versions.forEach((version, i) => moveTo(writer, version, i === 0 ? ['CANDIDATE', 'SHADOW', 'LIVE'] : ['CANDIDATE', 'SHADOW'], startMs));
  writer.write(draft('feed_status', { isConnected: true, detail: 'connected' }), startMs);
  for (let t = 0; t < days * 24; t++) {
    const closeMs = startMs + (t + 1) * HOUR_MS;
    const atMs = closeMs + CLOSE_DELAY_MS;
    if (t === days * 12) moveTo(writer, versions[1], ['LIVE'], atMs);
    markets.forEach((market, i) => {
      if (i === 1 && t === GAP_AT) writer.write(draft('gap', { market, fromMs: closeMs - HOUR_MS, toMs: closeMs, reason: 'the venue has no such bar' }), atMs);
      else writer.write(draft('bar_received', barAt(bars[i], market, historyBars + t, 0)), atMs);
    });
    if (t === REVISED_AT) writer.write(draft('bar_received', barAt(bars[0], markets[0], historyBars + t, 1)), atMs + 1_000);
    writer.write(draft('close', { timeframeMs: HOUR_MS, closeTimeMs: closeMs }), atMs + 2_000);
  }
  return { entries: writer.batches.flat(), batches: writer.batches, ...books, markets, versions, endMs: startMs + days * 24 * HOUR_MS + CLOSE_DELAY_MS + 2_000, freshBooks };
}

/** Hours at which the second market lacks a bar, and the first one gets a corrected one. */
const GAP_AT = 31;
const REVISED_AT = 40;

interface Writer {
  readonly batches: Entry[][];
  /** Changes of the registry so far. */
  changes: number;
  write(first: EntryDraft, tsMs: number): void;
}

/** The order of a service: all apply, then all respond, and what they say is heard in turn. */
function createWriter(processors: readonly Processor[]): Writer {
  const batches: Entry[][] = [];
  let seq = 0;
  return {
    batches,
    changes: 0,
    write(first, tsMs): void {
      const batch: Entry[] = [{ ...first, seq: ++seq, tsMs }];
      for (let i = 0; i < batch.length; i++) {
        for (const processor of processors) processor.apply(batch[i]);
        for (const processor of processors) for (const next of processor.respond(batch[i])) batch.push({ ...next, seq: ++seq, tsMs });
      }
      batches.push(batch);
    },
  };
}

function draft(type: EntryDraft['type'], payload: EntryDraft['payload']): EntryDraft {
  return { type, model: null, payload } as EntryDraft;
}

function historyDraft(symbol: string, bars: Bars, market: Market, count: number): EntryDraft {
  return draft('history_loaded', { market, sha256: `history:${symbol}`, bars: count, firstOpenMs: bars.openTimeMs[0], lastOpenMs: bars.openTimeMs[count - 1] });
}

function moveTo(writer: Writer, version: ModelVersion, states: readonly ModelState[], tsMs: number): void {
  const model = modelKey(version);
  let from: ModelState | null = states.includes('CANDIDATE') ? null : 'SHADOW';
  for (const to of states) {
    const why = from === null ? { reason: 'promoted from its report', actor: 'promotion' } : { reason: `moved to ${to}`, actor: 'operator' };
    const transition = { model, from, to, ...why, statistic: null, value: null, threshold: null, evidenceSha256: model };
    writer.write({ type: 'model_changed', model, payload: { transition, sha256: model, registrySeq: ++writer.changes } }, tsMs);
    from = to;
  }
}

function candles(seed: number, symbols: readonly string[], bars: number, startMs: number): readonly Bars[] {
  return syntheticMarket({ kind: 'correlated', seed, bars, startMs, timeframeMs: HOUR_MS, coins: Math.max(2, symbols.length), correlation: 0.6 }).markets;
}

function columnsOf(bars: Bars, from: number, to: number): HistoryColumns {
  const { openTimeMs, open, high, low, close, volume } = bars;
  const [times, opens, highs, lows, closes, volumes] = [openTimeMs, open, high, low, close, volume].map((column) => Array.from(column.subarray(from, to)));
  return { openTimeMs: times, open: opens, high: highs, low: lows, close: closes, volume: volumes };
}

function barAt({ openTimeMs, open, high, low, close, volume }: Bars, market: Market, t: number, revision: number): ClosedBar {
  return { ...market, openTimeMs: openTimeMs[t], open: open[t], high: high[t], low: low[t], close: revision === 0 ? close[t] : low[t], volume: volume[t], revision };
}

function versionsOf(): readonly ModelVersion[] {
  const plain = modelVersion({ universe: 'any' });
  // Intervals that a strong score clears, so that there are signals to follow.
  const grade: GradeMap = {
    ...plain.grade,
    mean: { x: [-2, -0.5, 0, 0.5, 2], y: [-0.0069, -0.0051, 0.0002, 0.0048, 0.0075] },
    meanLow: { x: [-2, -0.5, 0, 0.5, 2], y: [-0.0098, -0.0069, -0.0018, 0.0033, 0.0052] },
    meanHigh: { x: [-2, -0.5, 0, 0.5, 2], y: [-0.004, -0.0033, 0.0022, 0.0063, 0.0098] },
  };
  const slower: ModelVersion = { ...plain, modelId: 'donchian', strategy: { ...plain.strategy, id: 'donchian-breakout', params: {} }, memoryBars: 480, grade: { ...grade, horizonBars: 48 } };
  return [{ ...plain, grade }, slower];
}

function loaderOf(versions: readonly ModelVersion[]): (sha256: string) => LoadedModel {
  return (sha256) => {
    const version = versions.find((one) => modelKey(one) === sha256);
    const strategy = BUILT_IN.find((one) => one.strategy.id === version?.strategy.id)?.strategy;
    if (version === undefined || strategy === undefined) throw new Error(`no version ${sha256}`);
    return { key: sha256, version, strategy };
  };
}

function graderOf(books: { readonly bars: BarBook; readonly models: ModelBook }): Processor {
  return createGrader({
    ...books,
    scorerOf: ({ version: { memoryBars } }) => (window) => standardisedMomentum(window, Math.round(memoryBars / 5)),
    mapScore,
    taGrade: (window) => percentileOfLast(window, 100),
    quantGrade: (window) => percentileOfLast(window, 400),
    subscoreBars: 400,
  });
}

/** Log return over a lookback in its own standard deviations, squeezed into −2 … 2. */
function standardisedMomentum({ close, length }: Bars, lookback: number): number | null {
  let squares = 0;
  for (let t = length - lookback; t < length; t++) squares += Math.log(close[t] / close[t - 1]) ** 2;
  return squares === 0 ? null : 2 * Math.tanh(Math.log(close[length - 1] / close[length - 1 - lookback]) / Math.sqrt(squares));
}

function percentileOfLast({ close, length }: Bars, count: number): number | null {
  if (length < count) return null;
  const window = close.subarray(length - count);
  return (100 * window.filter((price) => price <= close[length - 1]).length) / count;
}

function mapScore(map: GradeMap, score: number): MappedScore {
  const share = score >= map.s0 ? at(map.above, score - map.s0) : -at(map.below, map.s0 - score);
  return {
    grade: 50 + 50 * share, pUp: at(map.pUp, score), expReturn: at(map.mean, score), meanLow: at(map.meanLow, score), meanHigh: at(map.meanHigh, score),
    outcomeLow: at(map.outcomeLow, score), outcomeHigh: at(map.outcomeHigh, score),
  };
}

function at({ x, y }: MonotoneMap, value: number): number {
  const right = x.findIndex((knot) => knot >= value);
  if (right === 0) return y[0];
  if (right < 0) return y[y.length - 1];
  const share = (value - x[right - 1]) / (x[right] - x[right - 1]);
  return y[right - 1] + share * (y[right] - y[right - 1]);
}
