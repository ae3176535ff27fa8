"""SMA cross in backtesting.py: bars in, timings, final equity and trades out."""
import json
import sys
import time
import warnings

import backtesting
import numpy as np
import pandas as pd
from backtesting import Backtest, Strategy

warnings.filterwarnings("ignore")
bars_file, count, fast_bars, slow_bars, cash, repeats, trades_file = sys.argv[1:8]
count, repeats = int(count), int(repeats)
columns = np.fromfile(bars_file).reshape(4, -1)[:, :count]
frame = pd.DataFrame(dict(zip(("Open", "High", "Low", "Close"), columns)), index=pd.date_range("2020-01-01", periods=count, freq="min"))


def average(values, window):
    return pd.Series(values).rolling(window).mean()


class Cross(Strategy):
    def init(self):
        self.fast = self.I(average, self.data.Close, int(fast_bars))
        self.slow = self.I(average, self.data.Close, int(slow_bars))

    def next(self):
        above = self.fast[-1] > self.slow[-1]
        if above and not self.position:
            self.buy()
        elif not above and self.position:
            self.position.close()


seconds = []
for _ in range(repeats):
    test = Backtest(frame, Cross, cash=float(cash))
    start = time.process_time()
    stats = test.run()
    seconds.append(time.process_time() - start)
trades = stats["_trades"]
trades[["EntryBar", "ExitBar", "Size", "EntryPrice", "ExitPrice"]].to_numpy(dtype=float).tofile(trades_file)
print(json.dumps({"version": backtesting.__version__, "seconds": seconds, "finalEquity": float(stats["Equity Final [$]"]), "trades": len(trades)}))
