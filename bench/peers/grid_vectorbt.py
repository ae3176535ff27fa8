"""A grid of signals in vectorbt (numba): figures and processor seconds. Called with the order that Assay wrote."""
import json
import sys
import time

import numpy as np
import pandas as pd
import vectorbt as vbt
from numba import njit

CHUNK = 500  # combinations at once: all of them at once need gigabytes and are slower

order = json.load(open(sys.argv[1]))
points = np.array(order["points"])


def read(market):
    columns = np.fromfile(market["bars"]).reshape(4, -1)
    index = pd.date_range("2020-01-01", periods=columns.shape[1], freq=order["freq"])
    return {name: pd.Series(column, index=index) for name, column in zip(("open", "high", "low", "close"), columns)}


def lines(close):
    """One column a window, by its number."""
    if order["kind"] in ("turns", "own"):
        return {}, np.empty((len(close), 0))
    windows = np.unique(points[:, :2] if order["kind"] == "cross" else points[:, 0])
    if order["kind"] == "cross":
        made = vbt.MA.run(close, window=windows.tolist(), short_name="ma").ma
    else:
        made = vbt.RSI.run(close, window=windows.tolist(), ewm=False, short_name="rsi").rsi
    return {int(w): k for k, w in enumerate(windows)}, np.asarray(made).reshape(len(close), -1)


@njit
def own_exposures(close, windows, depths):
    """The state machine of Assay's case `own`."""
    out = np.zeros((len(close), len(windows)), dtype=np.bool_)
    for k in range(len(windows)):
        decay = 2 / (windows[k] + 1)
        mean, deviation, held = close[0], 0.0, False
        for t in range(1, len(close)):
            gap = close[t] - mean
            mean += decay * gap
            deviation += decay * (abs(gap) - deviation)
            if gap < -depths[k] * deviation:
                held = True
            elif gap > 0:
                held = False
            out[t, k] = held and t >= windows[k] - 1
    return out


def signals(close, at, table, chunk):
    if order["kind"] == "turns":
        t = np.arange(len(close))[:, None]
        held = ((t + chunk[:, 1].astype(int)) // chunk[:, 0].astype(int) & 1 == 1) & (t > 0)
        return held, ~held
    if order["kind"] == "own":
        held = own_exposures(close.to_numpy(), chunk[:, 0].astype(float), chunk[:, 1].astype(float))
        return held, ~held
    if order["kind"] == "cross":
        fast, slow = (np.ascontiguousarray(table[:, [at[w] for w in chunk[:, k]]]) for k in (0, 1))
        return vbt.nb.crossed_above_nb(fast, slow), vbt.nb.crossed_above_nb(slow, fast)
    strength = np.ascontiguousarray(table[:, [at[int(w)] for w in chunk[:, 0]]])
    level = [np.broadcast_to(chunk[:, k].astype(float), strength.shape) for k in (1, 2)]
    return vbt.nb.crossed_above_nb(level[0].copy(), strength), vbt.nb.crossed_above_nb(strength, level[1].copy())


def run(bars):
    at, table = lines(bars["close"])
    rows = []
    for start in range(0, len(points), CHUNK):
        entries, exits = signals(bars["close"], at, table, points[start:start + CHUNK])
        stops = {} if order["stop"] == 0 else dict(open=bars["open"], high=bars["high"], low=bars["low"], sl_stop=order["stop"], tp_stop=order["target"])
        pf = vbt.Portfolio.from_signals(bars["close"], entries, exits, fees=order["fee"], init_cash=100.0, freq=order["freq"], **stops)
        trades = pf.trades
        rows.append(np.column_stack([np.asarray(x, dtype=float).reshape(-1) for x in (pf.total_return(), pf.sharpe_ratio(), pf.max_drawdown(), trades.count(), trades.win_rate())]))
    return np.concatenate(rows)


markets = [read(market) for market in order["markets"]]
results = [run(bars) for bars in markets]  # warms up: numba compiles here
seconds = []
for _ in range(order["repeats"]):
    start = time.process_time()
    results = [run(bars) for bars in markets]
    seconds.append(time.process_time() - start)
np.concatenate(results).tofile(order["out"])
print(json.dumps({"version": vbt.__version__, "seconds": seconds}))
