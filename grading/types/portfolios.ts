/** One holding of an index; `symbol` is `venue:symbol`. */
export interface Holding {
  readonly symbol: string;
  readonly weight: number;
  readonly price: number;
  readonly traderGrade: number | null;
  readonly investorGrade: number | null;
}

export interface IndexRebalance {
  readonly indexId: string;
  readonly atMs: number;
  /** Weights sum to at most 1; the rest is cash. */
  readonly holdings: readonly Holding[];
  /** Σ |change of weight| ÷ 2 */
  readonly turnover: number;
  /** Fraction of the index's value. */
  readonly cost: number;
  readonly reason: string;
  /** Candidates that a rule left out, and which rule. */
  readonly excluded: Readonly<Record<string, string>>;
  /** What the rule admits at the time, `venue:symbol`: the baseline holds it in equal parts. */
  readonly universe: readonly string[];
}

export interface IndexValue {
  readonly indexId: string;
  readonly atMs: number;
  /** 100 at the start; net of costs. */
  readonly value: number;
  readonly grossValue: number;
  /** Equal-weighted holding of the universe, beside it. */
  readonly baselineValue: number;
}

export interface MoonshotPick {
  readonly pickId: string;
  readonly ruleId: string;
  readonly ruleSha256: string;
  readonly symbol: string;
  readonly atMs: number;
  readonly price: number;
  readonly endMs: number;
  readonly score: number;
  /** Symbols that the rule could have picked: their number, and which. */
  readonly candidates: number;
  readonly among: readonly string[];
  readonly why: string;
}

export interface MoonshotOutcome {
  readonly pickId: string;
  readonly endMs: number;
  readonly exitPrice: number | null;
  /** Simple net return; −1 for a delisting without a price. */
  readonly roi: number;
  readonly maxRoi: number;
  /** The return reached what the rule calls a win; and the share of the candidates that did. */
  readonly isWin: boolean;
  readonly baseWinRate: number;
  /** Of random picks among the same candidates on the same day: median, and the share of the others that the pick beat; null without another. */
  readonly baseRoi: number;
  readonly beats: number | null;
  readonly reason: string;
}

export interface PaperFill {
  readonly accountId: string;
  readonly symbol: string;
  readonly atMs: number;
  readonly side: 'buy' | 'sell';
  readonly qtyBase: number;
  readonly price: number;
  readonly feeQuote: number;
  readonly slippageQuote: number;
  readonly model: string | null;
  readonly reason: string;
}

export interface PaperValue {
  readonly accountId: string;
  readonly atMs: number;
  readonly equityQuote: number;
  readonly cashQuote: number;
  readonly positions: Readonly<Record<string, number>>;
  /** Holding the same markets in equal parts from the start. */
  readonly holdEquityQuote: number;
}
