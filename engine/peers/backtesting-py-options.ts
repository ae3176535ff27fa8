import { requireInput } from '../core/index.ts';
import { OptionReader, type PeerOptions } from './peer-options.ts';

/** Every option of `Backtest(…)`, with backtesting.py's defaults filled in. */
export interface BacktestingPyRules {
  readonly cash: number;
  /** Whole spread as a fraction, on entries only. */
  readonly spread: number;
  readonly commissionFixed: number;
  readonly commissionRate: number;
  readonly leverage: number;
  readonly tradeOnClose: boolean;
  readonly hedging: boolean;
  readonly exclusiveOrders: boolean;
  readonly finalizeTrades: boolean;
}

const NAMES = ['cash', 'spread', 'commission', 'margin', 'trade_on_close', 'hedging', 'exclusive_orders', 'finalize_trades'] as const;

/**
 * Options under backtesting.py's names, checked; a commission is a rate, or [fixed, rate].
 *
 * throws  InputError `peer-option-unknown`, `peer-option-invalid`
 */
export function backtestingPyRules(given: PeerOptions): BacktestingPyRules {
  const read = new OptionReader('backtesting.py', given, NAMES);
  const [commissionFixed, commissionRate] = commissionOf(read.raw('commission') ?? 0);
  return {
    cash: read.number('cash', 10_000, (value) => value > 0 && Number.isFinite(value), 'above 0'),
    spread: read.number('spread', 0),
    commissionFixed,
    commissionRate,
    leverage: 1 / read.number('margin', 1, (value) => value > 0 && value <= 1, 'above 0 and at most 1'),
    tradeOnClose: read.flag('trade_on_close', false),
    hedging: read.flag('hedging', false),
    exclusiveOrders: read.flag('exclusive_orders', false),
    finalizeTrades: read.flag('finalize_trades', false),
  };
}

function commissionOf(given: unknown): readonly [number, number] {
  const parts: readonly unknown[] = Array.isArray(given) ? given : [0, given];
  const [fixed, rate] = parts;
  const isPair = parts.length === 2 && typeof fixed === 'number' && typeof rate === 'number';
  requireInput(isPair && fixed >= 0 && rate >= -0.1 && rate < 0.1, 'peer-option-invalid', 'commission', 'a rate in -0.1 … 0.1, or [fixed ≥ 0, rate]', given);
  return [fixed, rate];
}
