// Crossings of two averages. Averages are compared as 16-bit integers, scaled block by block alike for all windows, which keeps their
// order; what is equal there is decided on the averages themselves.
#include "compare.h"
#include "sweep.h"

typedef struct { double *prefix, *middle, *scale; int16_t *lines; size_t stride; int *events; } Averages;

static inline double average(const Averages *v, int i, int w) { return (v->prefix[i + 1] - v->prefix[i + 1 - w]) / w; }

static void scale_blocks(const Market *m, Averages *v, int least, int most) {
  for (int k = 0; k < m->padded / 64; k++) {
    double low = INFINITY, high = -INFINITY;
    for (int i = 64 * k; i < 64 * (k + 1) && i < m->n; i += 3)
      for (int w = least; w <= most && w <= i + 1; w += 2) { const double x = average(v, i, w); low = x < low ? x : low; high = x > high ? x : high; }
    const double half = 0.51 * (high - low);
    v->middle[k] = high >= low ? 0.5 * (low + high) : 0;
    v->scale[k] = half > 0 && high >= low ? 32767 / half : 0;
  }
}

static void quantise(const Market *m, Averages *v, int w) {
  int16_t *line = v->lines + (size_t)w * v->stride;
  const double divisor = w;
  for (int k = (w - 1) / 64; k < m->padded / 64; k++) {
    const double middle = v->middle[k], scale = v->scale[k];
    const int from = 64 * k < w - 1 ? w - 1 : 64 * k, to = 64 * (k + 1) < m->n ? 64 * (k + 1) : m->n;
    for (int i = from; i < to; i++) {
      const double x = ((v->prefix[i + 1] - v->prefix[i + 1 - w]) / divisor - middle) * scale, cut = x < -32767 ? -32767 : x > 32767 ? 32767 : x;
      line[i] = (int16_t)(int32_t)cut;
    }
  }
}

// Where equal after scaling: the averages themselves; a true tie keeps the side of the bar before.
static uint64_t decide(const Averages *v, int base, int f, int s, uint64_t word, uint64_t equal, uint64_t before) {
  for (; equal; equal &= equal - 1) {
    const int j = __builtin_ctzll(equal);
    const double x = average(v, base + j, f), y = average(v, base + j, s);
    const uint64_t bit = (uint64_t)1 << j, held = j ? word >> (j - 1) & 1 : before;
    word = x > y || (x == y && held) ? word | bit : word & ~bit;
  }
  return word;
}

// Bars where the side changes: a fall first (the side before all is "above", without a position), then rise and fall in turns.
static int events(const Market *m, const Averages *v, int f, int s) {
  const int16_t *a = v->lines + (size_t)f * v->stride, *b = v->lines + (size_t)s * v->stride;
  const int first = s - 1, blocks = m->padded / 64;
  int *out = v->events;
  uint64_t before = 1;
  for (int k = first / 64; k < blocks; k++) {
    uint64_t word, equal, valid = ~(uint64_t)0;
    compare64(a + 64 * k, b + 64 * k, &word, &equal);
    if (k == first / 64) { const uint64_t known = ~(uint64_t)0 << (first & 63); word |= ~known; equal &= known; }
    if (k == blocks - 1 && (m->n & 63)) { valid = ~(~(uint64_t)0 << (m->n & 63)); equal &= valid; }
    if (equal) word = decide(v, 64 * k, f, s, word, equal, before);
    uint64_t change = (word ^ (word << 1 | before)) & valid;
    before = word >> 63;
    for (; change; change &= change - 1) *out++ = 64 * k + __builtin_ctzll(change);
  }
  return (int)(out - v->events);
}

static Figures trade(const Market *m, const Tables *t, const int *at, int count) {
  Account s = START;
  for (int j = 1; j < count; j += 2) {
    const int isOpen = j + 1 == count, e = isOpen ? m->n : at[j + 1];
    const double k = hold(&s, m, t, at[j], e - 1);
    if (isOpen) settle(&s, k * m->close[m->n - 1]);
    else sell(&s, m, t, k, e, m->close[e]);
  }
  return figures(&s, m);
}

int sweep_cross(const Market *m, Tables *t, int f0, int f1, int s0, int s1, Figures *out) {
  static Averages v;
  const int most = f1 > s1 ? f1 : s1;
  if (!v.prefix) {
    v.stride = (size_t)m->padded;
    v.prefix = zeroed(sizeof(double) * (size_t)(m->n + 1));
    v.middle = zeroed(sizeof(double) * (size_t)m->padded / 64);
    v.scale = zeroed(sizeof(double) * (size_t)m->padded / 64);
    v.lines = zeroed(sizeof(int16_t) * v.stride * (size_t)(most + 1));
    v.events = zeroed(sizeof(int) * (size_t)(m->padded + 64));
  }
  make_tables(m, t);
  for (int i = 0; i < m->n; i++) v.prefix[i + 1] = v.prefix[i] + m->close[i];
  scale_blocks(m, &v, f0 < s0 ? f0 : s0, most);
  for (int w = f0 < s0 ? f0 : s0; w <= most; w++) if ((w >= f0 && w <= f1) || (w >= s0 && w <= s1)) quantise(m, &v, w);
  int row = 0;
  for (int f = f0; f <= f1; f++)
    for (int s = s0 > f ? s0 : f + 1; s <= s1; s++) out[row++] = trade(m, t, v.events, events(m, &v, f, s));
  return row;
}
