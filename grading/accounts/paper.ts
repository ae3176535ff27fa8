import { type AccountState, createRollingAccount, DAY_MS, type Fill, formatTime, type Instrument, requireInput, type SimulationConfig } from '../../engine/index.ts';
import {
  type BarBook, type ClosedBar, closeTimeMs, type Entry, type EntryDraft, type Market, marketKey, type ModelKey, type PaperFill, type Processor, type SignalSide, type TraderGrade,
} from '../types/index.ts';
import { type PaperSizing, sizedExposure } from './paper-sizing.ts';

/** What an account makes of signals. */
export interface PaperRule {
  readonly sizing: PaperSizing;
  /** What a grade without a signal means for what is held. */
  readonly missing: 'hold' | 'flat';
  /** Follows one model instead of the token's own signal. */
  readonly model: ModelKey | null;
}

export interface PaperAccountOptions {
  readonly id: string;
  readonly bars: BarBook;
  /** Of one timeframe; each has an equal part of the account. */
  readonly markets: readonly Market[];
  /** Cash, costs, venue rules, caps and rebalancing, as of a backtest. */
  readonly config: SimulationConfig;
  readonly rule: PaperRule;
  /** What a market is; a spot market that trades around the clock unless said otherwise. */
  readonly instrumentOf?: (market: Market) => Instrument;
}

export const PAPER_RULE: PaperRule = { sizing: { kind: 'equal' }, missing: 'hold', model: null };

/**
 * An account that trades published signals by the event engine's own rules: what a grade says at a close is filled at the next open.
 *
 * A fill is written when its bar has closed; `slippageQuote` holds spread, slippage and tick rounding. A market whose bars stop keeps its last price.
 *
 * throws  InputError `paper-invalid`, `rolling-account-unsupported`
 */
export function createPaperAccount({ id, bars, markets, config, rule, instrumentOf = spotMarket }: PaperAccountOptions): Processor {
  requireInput(markets.length > 0, 'paper-invalid', `markets of ${id}`, 'at least one', markets.length);
  const [{ timeframeMs }] = markets;
  requireInput(markets.every((market) => market.timeframeMs === timeframeMs), 'paper-invalid', `markets of ${id}`, 'of one timeframe', markets.map(marketKey).join(', '));
  const seatOf = new Map(markets.map((market, m) => [marketKey(market), m]));
  const instruments = markets.map(instrumentOf);
  const account = createRollingAccount({ instruments, timeframeMs, config });
  const hold = createRollingAccount({ instruments, timeframeMs, config: plain(config) });
  const rows: (ClosedBar | null)[] = markets.map(() => null);
  const signals: SignalSide[] = markets.map(() => 0);
  const exposures: number[] = markets.map(() => 0);
  const why: string[] = markets.map(() => '');
  /** As they stood when the orders that fill next were decided. */
  let decidedWhy: readonly string[] = why;
  let written: PaperFill[] = [];
  let state: AccountState | null = null;
  let held: AccountState | null = null;

  const follow = (grade: TraderGrade, m: number): void => {
    const model = grade.models.find(({ model: key }) => key === rule.model);
    const signal = (rule.model === null ? grade.signal : model?.signal) ?? (rule.missing === 'hold' ? signals[m] : 0);
    if (signal === signals[m]) return;
    signals[m] = signal;
    exposures[m] = sizedExposure(rule.sizing, signal, markets[m], bars) / markets.length;
    why[m] = `signal ${signal} at ${formatTime(grade.closeTimeMs)}`;
  };

  const walk = (timeMs: number): void => {
    const here = rows.map((row) => (row !== null && closeTimeMs(row) === timeMs ? { ...row, volume: row.volume ?? Number.NaN } : null));
    rows.fill(null);
    written = [];
    if (here.every((row) => row === null)) return;
    state = account.walk(here);
    written = state.fills.map((fill) => fillOf(fill, timeMs - timeframeMs));
    account.decide(exposures);
    decidedWhy = [...why];
    held = hold.walk(here);
    hold.decide(markets.map(() => 1 / markets.length));
  };

  const fillOf = ({ market, qtyBase, price, referencePrice, feeQuote, kind }: Fill, atMs: number): PaperFill => ({
    accountId: id, symbol: `${markets[market].venue}:${markets[market].symbol}`, atMs, side: qtyBase > 0 ? 'buy' : 'sell', qtyBase: Math.abs(qtyBase), price, feeQuote,
    slippageQuote: Math.abs(qtyBase) * Math.abs(price - referencePrice), model: rule.model, reason: kind === 'market' ? decidedWhy[market] : kind,
  });

  return {
    name: `paper:${id}`,
    apply(entry: Entry): void {
      if (entry.type === 'bar_received' && entry.payload.revision === 0) {
        const m = seatOf.get(marketKey(entry.payload));
        if (m !== undefined) rows[m] = entry.payload;
      } else if (entry.type === 'grade_published') {
        const m = seatOf.get(marketKey(entry.payload));
        if (m !== undefined) follow(entry.payload, m);
      } else if (entry.type === 'close' && entry.payload.timeframeMs === timeframeMs) {
        walk(entry.payload.closeTimeMs);
      }
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'close' || entry.payload.timeframeMs !== timeframeMs) return [];
      const drafts: EntryDraft[] = written.map((payload) => ({ type: 'paper_filled', model: rule.model, payload }));
      if (entry.payload.closeTimeMs % DAY_MS !== 0 || state === null || held === null) return drafts;
      const positions = Object.fromEntries(markets.map(({ venue, symbol }, m) => [`${venue}:${symbol}`, state?.qtyBase[m] ?? 0] as const).filter(([, qty]) => qty !== 0));
      const payload = { accountId: id, atMs: entry.payload.closeTimeMs, equityQuote: state.equity, cashQuote: state.cash, positions, holdEquityQuote: held.equity };
      return [...drafts, { type: 'paper_valued', model: rule.model, payload }];
    },
  };
}

function spotMarket({ venue, symbol }: Market): Instrument {
  return { venue, symbol, kind: 'spot', calendar: '24/7', market: 'continuous' };
}

/** Capital and costs without caps and rebalancing, for the holder beside it. */
function plain(config: SimulationConfig): SimulationConfig {
  return { ...config, sizing: { kind: 'exposure' }, rebalance: { kind: 'on-change' }, caps: { perInstrument: null, gross: null } };
}
