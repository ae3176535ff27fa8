import { contentId, DAY_MS, formatTime, quantile } from '../../engine/index.ts';
import { isWeeklyUpdate } from '../investor/index.ts';
import type { BarBook, Entry, EntryDraft, MoonshotOutcome, MoonshotPick, Processor } from '../types/index.ts';
import { candidatesAt } from './candidates.ts';
import { type MoonshotRule, moonshotRuleHash, moonshotRuleSchema } from './rule.ts';

export interface MoonshotOptions {
  readonly bars: BarBook;
  /** Markets of this timeframe. */
  readonly timeframeMs: number;
  readonly rule: MoonshotRule;
}

/** A market without a bar for so long at the end of a pick is taken for delisted. */
const STALE_MS = 3 * DAY_MS;

interface Followed {
  /** Open of the first bar after the pick; null before it. */
  entry: number | null;
  highest: number;
}

interface OpenPick {
  readonly pick: MoonshotPick;
  readonly followed: ReadonlyMap<string, Followed>;
}

/**
 * Picks by a frozen rule, and what became of every one of them.
 *
 * A pick is made at a close, bought at the next open and sold at the close at its end. What never traded again, or had stopped by then, is a
 * total loss. Every candidate of the day is followed likewise, so that the base rate is exact: every pick that could have been made is counted.
 *
 * throws  ZodError unless the rule holds to its schema
 */
export function createMoonshot({ bars, timeframeMs, rule }: MoonshotOptions): Processor {
  const { id, every, horizonDays, minScore, maxOpen, winRoi, roundTripCostBps } = moonshotRuleSchema.parse(rule);
  const ruleSha256 = moonshotRuleHash(rule);
  const last = new Map<string, { readonly closeTimeMs: number; readonly close: number }>();
  const open = new Map<string, OpenPick>();

  const follow = (symbol: string, openTimeMs: number, openPrice: number, high: number): void => {
    for (const { pick, followed } of open.values()) {
      const one = followed.get(symbol);
      if (one === undefined || openTimeMs < pick.atMs || openTimeMs >= pick.endMs) continue;
      one.entry ??= openPrice;
      one.highest = Math.max(one.highest, high);
    }
  };

  const roiOf = (symbol: string, { entry }: Followed, endMs: number): number => {
    const exit = exitOf(symbol, endMs);
    return entry === null || exit === null ? -1 : exit / entry - 1 - roundTripCostBps / 10_000;
  };

  const exitOf = (symbol: string, endMs: number): number | null => {
    const bar = last.get(symbol);
    return bar === undefined || bar.closeTimeMs <= endMs - STALE_MS ? null : bar.close;
  };

  const outcomeOf = ({ pick, followed }: OpenPick): MoonshotOutcome => {
    const rois = [...followed].map(([symbol, one]) => ({ symbol, roi: roiOf(symbol, one, pick.endMs) }));
    const own = followed.get(pick.symbol) as Followed;
    const roi = roiOf(pick.symbol, own, pick.endMs);
    const others = rois.filter(({ symbol }) => symbol !== pick.symbol);
    const halves = others.reduce((sum, other) => sum + (other.roi < roi ? 2 : other.roi === roi ? 1 : 0), 0);
    const exitPrice = exitOf(pick.symbol, pick.endMs);
    const hasTraded = own.entry !== null && exitPrice !== null;
    return {
      pickId: pick.pickId, endMs: pick.endMs, exitPrice, roi,
      maxRoi: own.entry === null ? -1 : own.highest / own.entry - 1 - roundTripCostBps / 10_000,
      isWin: roi >= winRoi,
      baseWinRate: rois.filter((one) => one.roi >= winRoi).length / rois.length,
      baseRoi: quantile(rois.map((one) => one.roi), 0.5) ?? 0,
      beats: others.length === 0 ? null : halves / (2 * others.length),
      reason: hasTraded ? `bought at the open after the pick for ${own.entry}, sold at the close for ${exitPrice}` : `no bar since ${lastBarOf(pick.symbol)}: taken for delisted`,
    };
  };

  const lastBarOf = (symbol: string): string => {
    const bar = last.get(symbol);
    return bar === undefined ? 'the pick' : formatTime(bar.closeTimeMs);
  };

  const due = (timeMs: number): OpenPick[] => [...open.values()].filter(({ pick }) => pick.endMs <= timeMs);

  const picksAt = (atMs: number): MoonshotPick[] => {
    if (every === 'week' && !isWeeklyUpdate(atMs)) return [];
    const held = new Set([...open.values()].filter(({ pick }) => pick.endMs > atMs).map(({ pick }) => pick.symbol));
    const candidates = candidatesAt(bars, timeframeMs, rule, atMs).filter(({ symbol }) => !held.has(symbol));
    const among = candidates.map(({ symbol }) => symbol).sort();
    return candidates.filter(({ score }) => score >= minScore).slice(0, Math.max(0, maxOpen - held.size)).map(({ symbol, price, score, why }) => ({
      pickId: contentId({ ruleSha256, symbol, atMs }), ruleId: id, ruleSha256, symbol, atMs, price, endMs: atMs + horizonDays * DAY_MS, score, candidates: among.length, among, why,
    }));
  };

  return {
    name: `moonshot:${id}`,
    apply(entry: Entry): void {
      if (entry.type === 'bar_received' && entry.payload.timeframeMs === timeframeMs && entry.payload.revision === 0) {
        const { venue, symbol, openTimeMs, open: openPrice, high, close } = entry.payload;
        last.set(`${venue}:${symbol}`, { closeTimeMs: openTimeMs + timeframeMs, close });
        follow(`${venue}:${symbol}`, openTimeMs, openPrice, high);
      } else if (entry.type === 'moonshot_picked' && entry.payload.ruleSha256 === ruleSha256) {
        open.set(entry.payload.pickId, { pick: entry.payload, followed: new Map(entry.payload.among.map((symbol) => [symbol, { entry: null, highest: 0 }])) });
      } else if (entry.type === 'moonshot_resolved') open.delete(entry.payload.pickId);
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'close' || entry.payload.timeframeMs !== timeframeMs || entry.payload.closeTimeMs % DAY_MS !== 0) return [];
      const atMs = entry.payload.closeTimeMs;
      const resolved = due(atMs).map((one): EntryDraft => ({ type: 'moonshot_resolved', model: null, payload: outcomeOf(one) }));
      return [...resolved, ...picksAt(atMs).map((payload): EntryDraft => ({ type: 'moonshot_picked', model: null, payload }))];
    },
  };
}
