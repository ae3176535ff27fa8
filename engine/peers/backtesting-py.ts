import { requireInput, unknownName } from '../core/index.ts';
import { PyBroker } from './backtesting-py-broker.ts';
import { backtestingPyRules } from './backtesting-py-options.ts';
import type { PyOrderRequest, PyTrade } from './backtesting-py-orders.ts';
import type { PeerBars } from './peer-bars.ts';
import type { PeerOptions } from './peer-options.ts';

export const BACKTESTING_PY_ACTIONS = ['buy', 'sell', 'close'] as const;

/** A call made in `next()` of a bar: `buy`, `sell`, or `position.close`. */
export interface BacktestingPyAction extends PyOrderRequest {
  readonly bar: number;
  readonly do: (typeof BACKTESTING_PY_ACTIONS)[number];
  /** Of `close`: the part of each trade that is closed; 1 = all. */
  readonly portion?: number;
}

export interface BacktestingPyTrade {
  /** Signed whole units. */
  readonly size: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Net of the commissions of entry and exit. */
  readonly pnl: number;
  readonly commission: number;
  readonly exit: PyTrade['exit'];
}

export interface BacktestingPyResult {
  /** Closed ones, in the order of closing. */
  readonly trades: readonly BacktestingPyTrade[];
  readonly openTrades: readonly Pick<BacktestingPyTrade, 'size' | 'entryBar' | 'entryPrice'>[];
  /** At each close; 0 from where the equity was gone. */
  readonly equity: Float64Array;
  /** Units held at each close. */
  readonly position: Float64Array;
  readonly finalEquity: number;
  /** Bar at which the equity was gone; −1 if never. */
  readonly ruinedAtBar: number;
  readonly feesPaid: number;
  readonly spreadPaid: number;
  readonly tradedNotional: number;
  readonly cancelled: number;
}

const ACTION_KEYS = ['bar', 'do', 'size', 'limit', 'stop', 'sl', 'tp', 'portion'];

/**
 * Actions filled by the rules of backtesting.py's broker; the first `next()` is that of bar 1, so an action of bar 0 is never called.
 *
 * shape   bars[n] → equity[n], trades
 * causal  an action of bar t is filled at the open of bar t+1, or at the close of bar t with `trade_on_close`
 * throws  InputError `peer-option-unknown`, `peer-option-invalid`, `peer-action-unknown`, `peer-action-invalid`, `peer-order-invalid`
 * source  backtesting.py 0.6.6
 */
export function simulateBacktestingPy(bars: PeerBars, actions: readonly BacktestingPyAction[], options: PeerOptions = {}): BacktestingPyResult {
  const byBar = new Map<number, BacktestingPyAction[]>();
  for (const action of actions) {
    checkAction(action, bars.close.length);
    byBar.set(action.bar, [...(byBar.get(action.bar) ?? []), action]);
  }
  return runBacktestingPy(bars, (t, broker) => {
    for (const action of byBar.get(t) ?? []) {
      if (action.do === 'close') broker.closeAll(action.portion ?? 1);
      else broker.order(action.do === 'buy' ? 1 : -1, action);
    }
  }, options);
}

/** The same rules driven by a function that is called at the end of every bar from bar 1 on, as `next()` is. */
export function runBacktestingPy(bars: PeerBars, next: (t: number, broker: PyBroker) => void, options: PeerOptions): BacktestingPyResult {
  const rules = backtestingPyRules(options);
  const length = bars.close.length;
  const broker = new PyBroker(bars, rules);
  const equity = new Float64Array(length).fill(rules.cash);
  const position = new Float64Array(length);
  let ruinedAtBar = -1;
  const walk = (t: number): boolean => {
    const survives = broker.walkBar(t);
    if (!survives) ruinedAtBar = t;
    equity[t] = survives ? broker.equity : 0;
    position[t] = survives ? broker.trades.reduce((sum, { size }) => sum + size, 0) : 0;
    return survives;
  };
  for (let t = 1; t < length && walk(t); t++) next(t, broker);
  if (rules.finalizeTrades && ruinedAtBar < 0 && length > 1) {
    broker.finalize();
    walk(length - 1);
  }
  if (ruinedAtBar >= 0) equity.fill(0, ruinedAtBar);
  const { feesPaid, spreadPaid, tradedNotional, cancelled } = broker;
  return {
    trades: broker.closed.map(({ size, entryBar, exitBar, entryPrice, exitPrice, pnl, commission, exit }) => ({ size, entryBar, exitBar, entryPrice, exitPrice, pnl, commission, exit })),
    openTrades: ruinedAtBar < 0 ? broker.trades.map(({ size, entryBar, entryPrice }) => ({ size, entryBar, entryPrice })) : [],
    equity, position, finalEquity: equity.at(-1) ?? rules.cash, ruinedAtBar, feesPaid, spreadPaid, tradedNotional, cancelled,
  };
}

function checkAction(action: BacktestingPyAction, bars: number): void {
  if (!BACKTESTING_PY_ACTIONS.includes(action.do)) throw unknownName('peer-action-unknown', 'action', action.do, BACKTESTING_PY_ACTIONS);
  for (const key of Object.keys(action)) if (!ACTION_KEYS.includes(key)) throw unknownName('peer-action-invalid', 'a part of an action', key, ACTION_KEYS);
  requireInput(Number.isInteger(action.bar) && action.bar >= 0 && action.bar < bars, 'peer-action-invalid', 'bar', `a bar in 0 … ${bars - 1}`, action.bar);
  const portion = action.portion ?? 1;
  requireInput(portion > 0 && portion <= 1, 'peer-action-invalid', 'portion', 'above 0 and at most 1', portion);
}
