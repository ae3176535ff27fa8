// What all workloads share: candles in, tables over the price, one long-only all-in trade at a time, figures out.
#ifndef SWEEP_H
#define SWEEP_H
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  int n, padded;                 // bars; rounded up to a multiple of 64
  double *open, *high, *low, *close;
  double fee, yearly;            // fraction a side; square root of the bars in a year
} Market;

typedef struct { double total_return, sharpe, drawdown, trades, wins; } Figures;

// Sums of returns and of their squares up to each bar; and a disjoint sparse table: at level L, blocks of 2^(L+1) bars are cut in the middle, and each bar has the greatest and least close, and the worst later ÷ earlier,
// between it and the middle. Two look-ups answer any stretch of bars.
typedef struct { double close, sum, squares, inverse; } Entry;
typedef struct { double most, least; } Range;
typedef struct { int levels; Entry *entry; Range *range; double *worst; } Tables;

void *zeroed(size_t bytes);
double seconds(void);
void make_tables(const Market *m, Tables *t);

// An account while it trades: equity, its peak, the least since, the worst ratio, moments of the bar returns.
typedef struct { double equity, peak, least, worst, sum, squares, trades, wins; } Account;

static inline double lesser(double a, double b) { return a < b ? a : b; }

static const Account START = {1, 1, 1, 1, 0, 0, 0, 0};

// Bars a … b are held from the close of a, bought for all cash; the closes in between, peaks and falls.
static inline double hold(Account *s, const Market *m, const Tables *t, int a, int b) {
  const Entry *ea = t->entry + a, *eb = t->entry + b;
  const double bought = 1 / (1 + m->fee), k = s->equity * bought * ea->inverse, first = bought - 1;
  const size_t level = (size_t)(31 - __builtin_clz((unsigned)(a ^ b) | 1u)) * (size_t)m->padded;
  const Range ra = t->range[level + a], rb = t->range[level + b];
  const double top = (ra.most > rb.most ? ra.most : rb.most) * k;
  s->least = lesser(s->least, lesser(ra.least, rb.least) * k);
  if (top > s->peak) { // only a new peak makes the falls inside count
    double inside = lesser(t->worst[level + a], t->worst[level + b]);
    if (b > a) inside = lesser(inside, rb.least / ra.most);
    s->worst = lesser(lesser(s->worst, inside), s->least / s->peak);
    s->peak = s->least = top;
  }
  s->sum += first + eb->sum - ea->sum;
  s->squares += first * first + eb->squares - ea->squares;
  s->trades++;
  return k;
}

static inline void settle(Account *s, double equity) {
  s->wins += equity > s->equity ? 1 : 0; // against the cash that bought
  s->equity = equity;
  s->least = lesser(s->least, equity);
  if (equity > s->peak) { s->worst = lesser(s->worst, s->least / s->peak); s->peak = s->least = equity; }
}

// Sold at a price inside bar e after holding to bar e - 1; k as hold() gave it.
static inline void sell(Account *s, const Market *m, const Tables *t, double k, int e, double price) {
  const double net = price * (1 - m->fee), r = net * t->entry[e - 1].inverse - 1;
  s->sum += r;
  s->squares += r * r;
  settle(s, k * net);
}

static inline Figures figures(const Account *s, const Market *m) {
  const double n = m->n, mean = s->sum / n, variance = (s->squares - n * mean * mean) / (n - 1);
  return (Figures){s->equity - 1, mean / sqrt(variance) * m->yearly, lesser(s->worst, s->least / s->peak) - 1, s->trades, s->wins};
}
#endif
