"""Entries and exits of one point: averages that cross, for peers that are given signals bar by bar."""
import numpy as np
import pandas as pd


def crossed(a, b):
    """True on the first bar above after one strictly below; a tie keeps the side."""
    gap = np.sign(a - b)
    held = pd.Series(gap).replace(0, np.nan).ffill().to_numpy()
    before = np.concatenate([[np.nan], held[:-1]])
    return (gap > 0) & (before < 0)


def signals_of(order, point, close):
    fast, slow = (pd.Series(close).rolling(int(w)).mean().to_numpy() for w in point[:2])
    fast = np.where(np.isnan(slow), np.nan, fast)
    return crossed(fast, slow), crossed(slow, fast)


def with_one_more(columns):
    """A bar behind the last at its close: an order of the last bar is filled there, at that close, and nothing else changes."""
    return np.concatenate([columns, np.repeat(columns[3:4, -1:], len(columns), axis=0)], axis=1)
