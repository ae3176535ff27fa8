import { EXIT_REASONS, type ExitReason } from './types.ts';

/** A round trip from flat to flat (or to the reverse), as one row of every artefact. */
export interface Trade {
  /** Which of the run's markets was traded; 0 where there is one. */
  readonly market: number;
  readonly side: 'long' | 'short';
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryTimeMs: number;
  readonly exitTimeMs: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Largest quantity held, positive. */
  readonly qtyBase: number;
  /** Net of every cost. */
  readonly pnlQuote: number;
  /** pnl over the notional bought (sold, for a short) to enter. */
  readonly returnFrac: number;
  readonly feesQuote: number;
  readonly spreadQuote: number;
  readonly slippageQuote: number;
  /** Funding and borrow received (positive) or paid. */
  readonly fundingQuote: number;
  /** Worst and best price excursion against the entry while held, as fractions: −0.03, 0.12. */
  readonly maeFrac: number;
  readonly mfeFrac: number;
  readonly exitReason: ExitReason;
}

export const TRADE_NUMBERS = [
  'side', 'entryBar', 'exitBar', 'entryPrice', 'exitPrice', 'qtyBase', 'pnlQuote', 'returnFrac', 'feesQuote', 'spreadQuote', 'slippageQuote',
  'fundingQuote', 'maeFrac', 'mfeFrac', 'exitReason', 'market',
] as const;
export type TradeNumber = (typeof TRADE_NUMBERS)[number];

/** Trades as columns that grow and are reused between runs: no object a trade. Side is ±1, the reason an index of EXIT_REASONS. */
export class TradeLog {
  length = 0;
  private columns = new Map<TradeNumber, Float64Array>(TRADE_NUMBERS.map((name) => [name, new Float64Array(64)]));

  /** The columns of trades that exist as rows. */
  static from(trades: readonly Trade[]): TradeLog {
    const log = new TradeLog();
    for (const trade of trades) {
      log.append(TRADE_NUMBERS.map((name) => {
        if (name === 'side') return trade.side === 'long' ? 1 : -1;
        return name === 'exitReason' ? EXIT_REASONS.indexOf(trade.exitReason) : trade[name];
      }));
    }
    return log;
  }

  /** The first `length` values of a column; a view, valid until the next run. */
  column(name: TradeNumber): Float64Array {
    return this.whole(name).subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Appends a trade; values in the order of TRADE_NUMBERS. */
  append(values: readonly number[] | Float64Array): void {
    if (this.length === this.whole('side').length) this.grow();
    for (let c = 0; c < TRADE_NUMBERS.length; c++) this.whole(TRADE_NUMBERS[c])[this.length] = values[c];
    this.length++;
  }

  /** Row objects with bar times, for artefacts and people. */
  toTrades(openTimeMs: Float64Array): Trade[] {
    return Array.from({ length: this.length }, (_, i) => {
      const at = (name: TradeNumber): number => this.whole(name)[i];
      return {
        market: at('market'),
        side: at('side') > 0 ? 'long' : 'short',
        entryBar: at('entryBar'),
        exitBar: at('exitBar'),
        entryTimeMs: openTimeMs[at('entryBar')],
        exitTimeMs: openTimeMs[at('exitBar')],
        entryPrice: at('entryPrice'),
        exitPrice: at('exitPrice'),
        qtyBase: at('qtyBase'),
        pnlQuote: at('pnlQuote'),
        returnFrac: at('returnFrac'),
        feesQuote: at('feesQuote'),
        spreadQuote: at('spreadQuote'),
        slippageQuote: at('slippageQuote'),
        fundingQuote: at('fundingQuote'),
        maeFrac: at('maeFrac'),
        mfeFrac: at('mfeFrac'),
        exitReason: EXIT_REASONS[at('exitReason')],
      };
    });
  }

  private whole(name: TradeNumber): Float64Array {
    return this.columns.get(name) as Float64Array;
  }

  private grow(): void {
    for (const [name, old] of this.columns) {
      const wider = new Float64Array(old.length * 2);
      wider.set(old);
      this.columns.set(name, wider);
    }
  }
}
