#include "sweep.h"

void *zeroed(size_t bytes) {
  void *p = NULL;
  const size_t whole = (bytes + 63) & ~(size_t)63;
  if (posix_memalign(&p, 64, whole) != 0) { fprintf(stderr, "no memory for %zu bytes\n", whole); exit(1); }
  return memset(p, 0, whole);
}

double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void side(const Market *m, Tables *t, size_t level, int from, int to, int step) {
  double most = -INFINITY, least = INFINITY, worst = 1;
  for (int i = from; i != to; i += step) {
    const double c = m->close[i];
    if (step > 0) { most = c > most ? c : most; worst = lesser(worst, c / most); least = lesser(least, c); }
    else { worst = lesser(worst, least / c); most = c > most ? c : most; least = lesser(least, c); }
    t->range[level + i] = (Range){most, least};
    t->worst[level + i] = worst;
  }
}

void make_tables(const Market *m, Tables *t) {
  double sum = 0, squares = 0;
  for (int i = 0; i < m->n; i++) {
    const double c = m->close[i], before = m->close[i ? i - 1 : 0], r = c / before - 1;
    sum += r; squares += r * r;
    t->entry[i] = (Entry){c, sum, squares, 1 / c};
    t->range[i] = (Range){c, c};
    t->worst[i] = 1;
  }
  for (int level = 1; level < t->levels; level++) {
    const int half = 1 << level;
    for (int middle = half; middle - half < m->n; middle += 2 * half) {
      const int mid = middle < m->n ? middle : m->n, end = middle + half < m->n ? middle + half : m->n;
      side(m, t, (size_t)level * m->padded, mid - 1, middle - half - 1, -1);
      if (mid < end) side(m, t, (size_t)level * m->padded, mid, end, 1);
    }
  }
}
