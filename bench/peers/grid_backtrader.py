"""Combinations of a grid one by one in backtrader: total return, closed trades and processor seconds."""
import json
import sys
import time

import backtrader as bt
import numpy as np
import pandas as pd

from grid_signals import signals_of, with_one_more

order = json.load(open(sys.argv[1]))


class Signals(bt.Strategy):
    params = (("point", ()),)

    def __init__(self):
        self.enters, self.exits = signals_of(order, self.p.point, np.array(self.data.close.array))
        self.closed = 0

    def next(self):
        t = len(self) - 1
        if self.position and self.exits[t]:
            self.close()
        elif not self.position and self.enters[t]:
            self.buy(size=self.broker.getcash() / (self.data.close[0] * (1 + order["fee"])) * (1 - 1e-12))

    def notify_trade(self, trade):
        self.closed += trade.isclosed


def run(frame, point):
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.broker.setcash(100.0)
    cerebro.broker.set_coc(True)
    cerebro.broker.setcommission(order["fee"])
    cerebro.adddata(bt.feeds.PandasData(dataname=frame, volume=None, openinterest=None))
    cerebro.addstrategy(Signals, point=tuple(point))
    (strategy,) = cerebro.run()
    return cerebro.broker.getvalue() / 100 - 1, float(strategy.closed)


seconds = np.zeros(order["repeats"])
rows = []
for market in order["markets"]:
    columns = with_one_more(np.fromfile(market["bars"]).reshape(4, -1))
    frame = pd.DataFrame(dict(zip(("open", "high", "low", "close"), columns)), index=pd.date_range("2020-01-01", periods=columns.shape[1], freq=order["freq"]))
    for k in range(order["repeats"]):
        start = time.process_time()
        results = [run(frame, point) for point in order["points"]]
        seconds[k] += time.process_time() - start
    rows += results
np.array(rows, dtype=float).tofile(order["out"])
print(json.dumps({"version": bt.__version__, "seconds": seconds.tolist()}))
