"""SMA cross in backtrader: bars in, timings, final equity and trades out."""
import json
import sys
import time

import backtrader as bt
import numpy as np
import pandas as pd

bars_file, count, fast_bars, slow_bars, cash, repeats, trades_file = sys.argv[1:8]
count, repeats = int(count), int(repeats)
columns = np.fromfile(bars_file).reshape(4, -1)[:, :count]
frame = pd.DataFrame(dict(zip(("open", "high", "low", "close"), columns)), index=pd.date_range("2020-01-01", periods=count, freq="min"))


class WholeUnitsAtOpen(bt.Sizer):
    """As many units as the cash buys at the open that fills the order."""

    def _getsizing(self, comminfo, cash, data, isbuy):
        return int(cash // data.open[0]) if isbuy else self.broker.getposition(data).size


class Cross(bt.Strategy):
    def __init__(self):
        self.fast = bt.ind.SMA(self.data.close, period=int(fast_bars))
        self.slow = bt.ind.SMA(self.data.close, period=int(slow_bars))
        self.isAbove = False
        self.log = []
        self.entry = None

    # Cheat on open: the order is sized and sent at the open that fills it, by what was known at the close before.
    def next_open(self):
        if self.isAbove and not self.position:
            self.buy(coc=False)
        elif not self.isAbove and self.position:
            self.close(coc=False)

    def next(self):
        if len(self) > int(slow_bars):  # as backtesting.py: one bar after the first average
            self.isAbove = self.fast[0] > self.slow[0]

    def notify_order(self, order):
        if order.status != order.Completed:
            return
        fill = (len(self) - 1, order.executed.price, order.executed.size)
        if order.isbuy():
            self.entry = fill
        else:
            self.log.append((self.entry[0], fill[0], self.entry[2], self.entry[1], fill[1]))


seconds = []
for _ in range(repeats):
    cerebro = bt.Cerebro(stdstats=False, cheat_on_open=True)
    cerebro.broker.setcash(float(cash))
    cerebro.adddata(bt.feeds.PandasData(dataname=frame, volume=None, openinterest=None))
    cerebro.addsizer(WholeUnitsAtOpen)
    cerebro.addstrategy(Cross)
    start = time.process_time()
    (strategy,) = cerebro.run()
    seconds.append(time.process_time() - start)
np.array(strategy.log, dtype=float).tofile(trades_file)
print(json.dumps({"version": bt.__version__, "seconds": seconds, "finalEquity": cerebro.broker.getvalue(), "trades": len(strategy.log)}))
