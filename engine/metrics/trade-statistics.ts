/** Sums over closed trades, in trade order. */
export interface TradeSums {
  readonly count: number;
  readonly winners: number;
  readonly losers: number;
  readonly won: number;
  /** Positive. */
  readonly lost: number;
  readonly mean: number;
  /** Sample deviation of net profit; NaN below two trades, 0 where it is only the rounding of equal profits. */
  readonly std: number;
}

export function tradeSums(pnl: ArrayLike<number>): TradeSums {
  let winners = 0;
  let losers = 0;
  let won = 0;
  let lost = 0;
  for (let i = 0; i < pnl.length; i++) {
    if (pnl[i] > 0) {
      winners++;
      won += pnl[i];
    } else if (pnl[i] < 0) {
      losers++;
      lost -= pnl[i];
    }
  }
  const count = pnl.length;
  const mean = (won - lost) / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (pnl[i] - mean) ** 2;
  const std = count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN;
  return { count, winners, losers, won, lost, mean, std: std <= 1e-12 * Math.abs(mean) ? 0 : std };
}

/** Net money won over net money lost; null without a losing trade. */
export function profitFactor({ won, lost }: TradeSums): number | null {
  return lost > 0 ? won / lost : null;
}

/** Winners over all trades, break-even ones included; null without a trade. */
export function winRate({ winners, count }: TradeSums): number | null {
  return count > 0 ? winners / count : null;
}

/** √N · mean ÷ sample deviation of net profit, uncapped; null below two trades or without spread. */
export function systemQuality({ count, mean, std }: TradeSums): number | null {
  return count > 1 && std > 0 ? (Math.sqrt(count) * mean) / std : null;
}

/** Binary Kelly fraction p − (1 − p) ÷ (average win ÷ average loss); null without a winner or a loser. */
export function kellyOfTrades({ winners, losers, count, won, lost }: TradeSums): number | null {
  if (winners === 0 || losers === 0) return null;
  const p = winners / count;
  return p - (1 - p) / (won / winners / (lost / losers));
}

/** √N · mean ÷ deviation of a list of profits, with the stated degrees of freedom. */
export function sqn(pnl: ArrayLike<number>, ddof: 0 | 1 = 1): number | null {
  const { count, mean, std } = tradeSums(pnl);
  const spread = std * Math.sqrt((count - 1) / (count - ddof));
  return count > ddof && spread > 0 ? (Math.sqrt(count) * mean) / spread : null;
}

/** (1 + average win ÷ average loss) · win rate − 1: expectancy in units of the average loss. null without a winner or a loser. */
export function expectancyRatio(pnl: ArrayLike<number>): number | null {
  const { winners, losers, count, won, lost } = tradeSums(pnl);
  return winners === 0 || losers === 0 ? null : (1 + won / winners / (lost / losers)) * (winners / count) - 1;
}

/** p − (1 − p) ÷ payoff ratio. null unless the payoff is positive. */
export function kellyBinary(winRateFrac: number, payoffRatio: number): number | null {
  return payoffRatio > 0 ? winRateFrac - (1 - winRateFrac) / payoffRatio : null;
}

/** Mean excess return ÷ variance. null without spread. */
export function kellyContinuous(meanExcess: number, std: number): number | null {
  return std > 0 ? meanExcess / (std * std) : null;
}
