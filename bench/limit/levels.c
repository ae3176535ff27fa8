// Relative strength crossing levels, with a stop and a target. When a trade would meet its stop or target depends on its entry bar alone,
// so that it is looked for once and kept for all combinations.
#include "compare.h"
#include "sweep.h"

enum { MOST_LEVELS = 64 };
typedef struct { int bar; double price; } Touch;
typedef struct { double *gains, *losses, *strength; uint64_t *enter[MOST_LEVELS], *leave[MOST_LEVELS]; Touch *touch; } Signals;

static void strengths(const Market *m, Signals *g, int w) {
  for (int i = 0; i < m->padded; i++) g->strength[i] = NAN;
  for (int i = w; i < m->n; i++) {
    const double up = (g->gains[i] - g->gains[i - w]) / w, down = (g->losses[i] - g->losses[i - w]) / w;
    g->strength[i] = 100 - 100 / (1 + up / down);
  }
}

// Bits of the first bar beyond a level after one strictly on its other side; side 1 above, -1 below.
static void crossings_one_by_one(const Market *m, const double *x, double level, double side, uint64_t *out) {
  int was_other = 0, is_beyond = 0;
  for (int i = 0; i < m->padded; i++) {
    const double gap = side * (x[i] - level);
    const int now = gap > 0;
    if (!(i & 63)) out[i >> 6] = 0;
    out[i >> 6] |= (uint64_t)(now && !is_beyond && was_other) << (i & 63);
    if (gap != gap) was_other = 0;
    else if (gap < 0) was_other = 1;
    is_beyond = now || (is_beyond && gap == 0);
  }
}

// The same by words where no value equals the level and none is undefined after the first.
static void crossings(const Market *m, const double *x, int first, double level, double side, uint64_t *out) {
  uint64_t before = 0, was_other = 0, exact = 0;
  for (int k = first / 64; k < m->padded / 64; k++) {
    const uint64_t beyond = beyond64(x + 64 * k, level, side > 0), other = beyond64(x + 64 * k, level, side < 0);
    uint64_t valid = k == first / 64 ? ~(uint64_t)0 << (first & 63) : ~(uint64_t)0;
    if (64 * (k + 1) > m->n) valid &= m->n > 64 * k ? ~(~(uint64_t)0 << (m->n & 63)) : 0;
    exact |= ~(beyond | other) & valid;
    uint64_t starts = beyond & ~(beyond << 1 | before);
    if (!was_other) { starts &= other ? ~(uint64_t)0 << __builtin_ctzll(other) : 0; was_other = other; }
    out[k] = starts;
    before = beyond >> 63;
  }
  for (int k = 0; k < first / 64; k++) out[k] = 0;
  if (exact) crossings_one_by_one(m, x, level, side, out);
}

static inline int next_bit(const uint64_t *bits, int from, int n, int words) {
  int k = from >> 6;
  if (from >= n) return n;
  uint64_t w = bits[k] & ~(uint64_t)0 << (from & 63);
  while (!w) { if (++k >= words) return n; w = bits[k]; }
  const int i = 64 * k + __builtin_ctzll(w);
  return i < n ? i : n;
}

static Touch first_touch(const Market *m, int a, double stop, double target) {
  const double s = m->close[a] * (1 - stop), t = m->close[a] * (1 + target);
  for (int j = a + 1; j < m->n; j++) {
    if (m->low[j] <= s) return (Touch){j, m->open[j] < s ? m->open[j] : s};
    if (m->high[j] >= t) return (Touch){j, m->open[j] > t ? m->open[j] : t};
  }
  return (Touch){m->n, 0};
}

static Figures trade(const Market *m, const Tables *t, Signals *g, const uint64_t *enter, const uint64_t *leave, double stop, double target) {
  Account s = START;
  const int words = m->padded / 64;
  for (int a = next_bit(enter, 0, m->n, words); a < m->n;) {
    if (!g->touch[a].bar) g->touch[a] = first_touch(m, a, stop, target);
    const Touch touch = g->touch[a];
    const int x = next_bit(leave, a + 1, m->n, words), e = touch.bar <= x ? touch.bar : x;
    const double k = hold(&s, m, t, a, e - 1);
    if (e == m->n) { settle(&s, k * m->close[e - 1]); break; }
    sell(&s, m, t, k, e, touch.bar <= x ? touch.price : m->close[e]);
    a = next_bit(enter, e + 1, m->n, words);
  }
  return figures(&s, m);
}

int sweep_levels(const Market *m, Tables *t, const int w[2], const int lower[3], const int upper[3], double stop, double target, Figures *out) {
  static Signals g;
  const size_t bars = (size_t)m->padded, words = bars / 64;
  if (!g.gains) {
    g.gains = zeroed(sizeof(double) * bars); g.losses = zeroed(sizeof(double) * bars); g.strength = zeroed(sizeof(double) * bars); g.touch = zeroed(sizeof(Touch) * bars);
    for (int i = 0; i < MOST_LEVELS; i++) { g.enter[i] = zeroed(8 * words); g.leave[i] = zeroed(8 * words); }
  }
  memset(g.touch, 0, sizeof(Touch) * bars);
  make_tables(m, t);
  for (int i = 1; i < m->n; i++) {
    const double move = m->close[i] - m->close[i - 1];
    g.gains[i] = g.gains[i - 1] + (move > 0 ? move : 0); g.losses[i] = g.losses[i - 1] + (move < 0 ? -move : 0);
  }
  int row = 0;
  for (int window = w[0]; window <= w[1]; window++) {
    strengths(m, &g, window);
    int lows = 0, highs = 0;
    for (int x = lower[0]; x <= lower[1] && lows < MOST_LEVELS; x += lower[2]) crossings(m, g.strength, window, x, -1, g.enter[lows++]);
    for (int x = upper[0]; x <= upper[1] && highs < MOST_LEVELS; x += upper[2]) crossings(m, g.strength, window, x, 1, g.leave[highs++]);
    for (int i = 0; i < lows; i++) for (int j = 0; j < highs; j++) out[row++] = trade(m, t, &g, g.enter[i], g.leave[j], stop, target);
  }
  return row;
}
