import { describe, expect, it } from 'vitest';
import { type BacktestingPyAction, type PeerOptions, simulateBacktestingPy, simulateVectorbt, type VectorbtSignal } from '../../../engine/index.ts';
import { floorDivide } from '../../../engine/peers/tolerance.ts';

const bars = { open: [100, 101, 102, 103], high: [101, 102, 103, 104], low: [99, 100, 101, 102], close: [101, 102, 103, 104] };
const vectorbt = (options: PeerOptions, signals: unknown[] = [{ bar: 1, signal: 'long-entry' }]) => () => simulateVectorbt(bars, signals as VectorbtSignal[], options);
const backtesting = (options: PeerOptions, actions: unknown[] = [{ bar: 1, do: 'buy' }]) => () => simulateBacktestingPy(bars, actions as BacktestingPyAction[], options);

describe('what a peer is told', () => {
  it.each([
    ['an unknown option of vectorbt', vectorbt({ fee: 0.001 }), 'did you mean "fees"'],
    ['an unknown option of backtesting.py', backtesting({ comission: 0.001 }), 'did you mean "commission"'],
    ['an unknown word', vectorbt({ upon_opposite_entry: 'closed' }), 'did you mean "close"'],
    ['an unknown signal', vectorbt({}, [{ bar: 1, signal: 'long-entrance' }]), 'signal must be a known name'],
    ['a signal beyond the bars', vectorbt({}, [{ bar: 4, signal: 'long-entry' }]), 'a bar in 0 … 3'],
    ['an unknown action', backtesting({}, [{ bar: 1, do: 'purchase' }]), 'action must be a known name'],
    ['an unknown part of an action', backtesting({}, [{ bar: 1, do: 'buy', stoploss: 90 }]), 'a part of an action'],
    ['part of a unit and more', backtesting({}, [{ bar: 1, do: 'buy', size: 1.5 }]), 'whole number of units'],
    ['a stop above the price of a long', backtesting({}, [{ bar: 1, do: 'buy', sl: 120 }]), 'between its sl and tp'],
    ['a commission above a tenth', backtesting({ commission: 0.2 }), 'commission must be a rate'],
    ['a margin of 0', backtesting({ margin: 0 }), 'margin must be above 0'],
    ['a negative stop', vectorbt({ sl_stop: -0.1 }), 'sl_stop must be at least 0'],
    ['a percentage that would reverse', vectorbt({ size_type: 'percent', size: 0.5, direction: 'both' }, [{ bar: 0, signal: 'long-entry' }, { bar: 1, signal: 'opposite' }]), 'reverses the position'],
  ])('%s is refused', (_what, run, message) => expect(run).toThrow(message));

  it('may spell the peer’s words as the peer does', () => {
    expect(vectorbt({ stop_entry_price: 'FillPrice', size_type: 'Amount', accumulate: true, size: 'inf', price: '-inf' })().orders).toMatchObject([{ bar: 1, price: 101 }]);
  });

  it('names exits by the direction: opposite is an exit, and a short entry only where both directions trade', () => {
    const signals = [{ bar: 0, signal: 'entry' }, { bar: 2, signal: 'opposite' }];
    expect(vectorbt({ direction: 'longonly', size: 2, init_cash: 1000 }, signals)().position).toEqual(Float64Array.of(2, 2, 0, 0));
    expect(vectorbt({ direction: 'shortonly', size: 2, init_cash: 1000 }, signals)().position).toEqual(Float64Array.of(-2, -2, 0, 0));
    expect(vectorbt({ direction: 'both', size: 2, init_cash: 1000 }, signals)().position).toEqual(Float64Array.of(2, 2, -2, -2));
  });

  it('an action of bar 0 is never called: the first next() of backtesting.py is that of bar 1', () => {
    expect(backtesting({}, [{ bar: 0, do: 'buy' }])().openTrades).toEqual([]);
  });

  it('a target size orders to the target, as from_orders does', () => {
    const { orders } = vectorbt({ size_type: 'targetpercent', size: 0.5, init_cash: 1010 }, [{ bar: 0, signal: 'long-entry' }])();
    expect(orders).toMatchObject([{ side: 'buy', size: 5, price: 101 }]);
  });
});

describe('a floor as Python takes it', () => {
  it.each([[1, 0.1, 9], [7, 2, 3], [-7, 2, -4], [0.3, 0.1, 2], [5, 5, 1]])('%d // %d is %d', (a, b, floor) => expect(floorDivide(a, b)).toBe(floor));
  it('has no multiple in an infinite size', () => expect(floorDivide(Number.POSITIVE_INFINITY, 1)).toBeNaN());
});
