"""Combinations of a grid one by one in backtesting.py: total return, closed trades and processor seconds."""
import json
import sys
import time
import warnings

import backtesting
import numpy as np
import pandas as pd
from backtesting import Backtest, Strategy

from grid_signals import signals_of, with_one_more

warnings.filterwarnings("ignore")
backtesting.backtesting._tqdm = lambda it, **_: it
order = json.load(open(sys.argv[1]))


class Signals(Strategy):
    point = ()

    def init(self):
        self.enters, self.exits = signals_of(order, self.point, np.asarray(self.data.Close))
        self.entry = 0.0

    def next(self):
        t = len(self.data) - 1
        if self.position and self.exits[t]:
            self.position.close()
        elif not self.position and self.enters[t]:
            self.buy()


def run(frame, point):
    # units are whole: so much cash that their rounding is below the tolerance
    stats = Backtest(frame, Signals, cash=1e13, commission=order["fee"], trade_on_close=True).run(point=tuple(point))
    return stats["Equity Final [$]"] / 1e13 - 1, float(stats["# Trades"])


seconds = np.zeros(order["repeats"])
rows = []
for market in order["markets"]:
    columns = with_one_more(np.fromfile(market["bars"]).reshape(4, -1))
    frame = pd.DataFrame(dict(zip(("Open", "High", "Low", "Close"), columns)), index=pd.date_range("2020-01-01", periods=columns.shape[1], freq=order["freq"]))
    for k in range(order["repeats"]):
        start = time.process_time()
        results = [run(frame, point) for point in order["points"]]
        seconds[k] += time.process_time() - start
    rows += results
np.array(rows, dtype=float).tofile(order["out"])
print(json.dumps({"version": backtesting.__version__, "seconds": seconds.tolist()}))
