import { type ClosedBar, type Entry, type EntryDraft, marketKey, type ModelBook, type ModelScore, type Outcome, type Processor, type TraderGrade } from '../types/index.ts';

/** A published grade whose end has not come; `index` counts the market's bars. */
interface Pending {
  readonly index: number;
  readonly grade: TraderGrade;
  readonly scores: readonly ModelScore[];
}

interface MarketOutcomes {
  /** Bars received; the last one has index `bars − 1`. */
  bars: number;
  /** Opens of the newest bars, as many as the longest horizon needs. */
  readonly opens: { readonly index: number; readonly timeMs: number; readonly open: number }[];
  pending: Pending[];
}

/**
 * What followed every published score: entered at the next open, left `horizonBars` opens later, and the same one bar later.
 *
 * A score is resolved once; one with a gap inside its horizon never.
 */
export function createOutcomes({ models }: { readonly models: ModelBook }): Processor {
  const markets = new Map<string, MarketOutcomes>();

  const of = (key: string): MarketOutcomes => {
    const known = markets.get(key) ?? { bars: 0, opens: [], pending: [] };
    markets.set(key, known);
    return known;
  };

  return {
    name: 'outcomes',
    apply(entry: Entry): void {
      if (entry.type === 'bar_received' && entry.payload.revision === 0) receive(of(marketKey(entry.payload)), entry.payload);
      else if (entry.type === 'gap') of(marketKey(entry.payload.market)).pending = [];
      else if (entry.type === 'grade_published') awaitOutcomes(of(marketKey(entry.payload)), entry.payload);
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'bar_received' || entry.payload.revision !== 0) return [];
      const market = of(marketKey(entry.payload));
      return market.pending.flatMap((pending) => pending.scores
        .filter(({ horizonBars }) => pending.index + horizonBars + 2 === market.bars - 1)
        .map((score) => ({ type: 'outcome_resolved' as const, model: score.model, payload: outcomeOf(pending, score, market, costOf(models, score)) })));
    },
  };
}

function receive(market: MarketOutcomes, { openTimeMs, open }: ClosedBar): void {
  // What was due at the bar before has been resolved by now.
  market.pending = market.pending
    .map((pending) => ({ ...pending, scores: pending.scores.filter(({ horizonBars }) => pending.index + horizonBars + 2 > market.bars - 1) }))
    .filter(({ scores }) => scores.length > 0);
  market.opens.push({ index: market.bars++, timeMs: openTimeMs, open });
  const oldest = market.pending[0]?.index ?? market.bars - 1;
  while (market.opens.length > 0 && market.opens[0].index < oldest) market.opens.shift();
}

function awaitOutcomes(market: MarketOutcomes, grade: TraderGrade): void {
  const scores = grade.models.filter(({ score }) => score !== null);
  if (scores.length > 0) market.pending.push({ index: market.bars - 1, grade, scores });
}

function outcomeOf({ index, grade }: Pending, score: ModelScore, { opens }: MarketOutcomes, roundTripCost: number): Outcome {
  const at = (i: number): MarketOutcomes['opens'][number] => opens[i - opens[0].index];
  const { venue, symbol, timeframeMs, closeTimeMs } = grade;
  const { model, state, horizonBars } = score;
  const [entry, exit] = [at(index + 1), at(index + 1 + horizonBars)];
  const grossReturn = Math.log(exit.open / entry.open);
  const signal = score.signal ?? 0;
  return {
    venue, symbol, timeframeMs, model, state, closeTimeMs, horizonBars, signal,
    score: score.score ?? 0, grade: score.grade ?? 0, pUp: score.pUp ?? 0, expReturn: score.expReturn ?? 0, outcomeLow: score.outcomeLow ?? 0, outcomeHigh: score.outcomeHigh ?? 0,
    entryTimeMs: entry.timeMs, exitTimeMs: exit.timeMs, grossReturn,
    laggedReturn: Math.log(at(index + 2 + horizonBars).open / at(index + 2).open),
    netReturn: signal === 0 ? 0 : signal * grossReturn - roundTripCost,
  };
}

function costOf(models: ModelBook, { model }: ModelScore): number {
  return models.get(model)?.version.grade.roundTripCost ?? 0;
}
