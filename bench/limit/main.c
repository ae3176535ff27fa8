// limit cross  <bars.f64> n fee yearly repeats <figures.f64>  f0 f1 s0 s1
// limit levels <bars.f64> n fee yearly repeats <figures.f64>  w0 w1 lower0 lower1 step upper0 upper1 step stop target
// bars.f64: open, high, low and close, one after the other. Prints JSON: processor seconds of each repeat.
#include "compare.h"
#include "sweep.h"

int sweep_cross(const Market *m, Tables *t, int f0, int f1, int s0, int s1, Figures *out);
int sweep_levels(const Market *m, Tables *t, const int w[2], const int lower[3], const int upper[3], double stop, double target, Figures *out);

static double *column(FILE *file, const Market *m) {
  double *x = zeroed(sizeof(double) * (size_t)m->padded);
  if (fread(x, sizeof(double), (size_t)m->n, file) != (size_t)m->n) { fprintf(stderr, "the file of bars is too short\n"); exit(1); }
  return x;
}

static Market read_market(const char *path, int n, double fee, double yearly) {
  Market m = {n, (n + 63) & ~63, NULL, NULL, NULL, NULL, fee, yearly};
  FILE *file = fopen(path, "rb");
  if (!file) { fprintf(stderr, "cannot open %s\n", path); exit(1); }
  m.open = column(file, &m); m.high = column(file, &m); m.low = column(file, &m); m.close = column(file, &m);
  fclose(file);
  return m;
}

int main(int argc, char **argv) {
  const int is_cross = argc > 1 && strcmp(argv[1], "cross") == 0;
  if (argc != (is_cross ? 12 : 18)) { fprintf(stderr, "arguments as in main.c, were %d\n", argc - 1); return 2; }
  const Market m = read_market(argv[2], atoi(argv[3]), atof(argv[4]), atof(argv[5]));
  const int repeats = atoi(argv[6]);
  int a[8];
  for (int i = 0; i < 8 && 8 + i < argc; i++) a[i] = atoi(argv[8 + i]);
  Tables t = {1, NULL, NULL, NULL};
  while (1 << t.levels < m.n) t.levels++;
  t.entry = zeroed(sizeof(Entry) * (size_t)m.padded);
  t.range = zeroed(sizeof(Range) * (size_t)m.padded * (size_t)t.levels);
  t.worst = zeroed(sizeof(double) * (size_t)m.padded * (size_t)t.levels);
  const size_t most = is_cross ? (size_t)(a[1] - a[0] + 1) * (size_t)(a[3] - a[2] + 1) : (size_t)(a[1] - a[0] + 1) * 64 * 64;
  Figures *out = zeroed(sizeof(Figures) * most);
  int rows = 0;
  printf("{\"isa\":\"%s\",\"seconds\":[", ISA);
  for (int i = -1; i < repeats; i++) { // the first warms up
    const double start = seconds();
    rows = is_cross ? sweep_cross(&m, &t, a[0], a[1], a[2], a[3], out) : sweep_levels(&m, &t, (int[]){a[0], a[1]}, (int[]){a[2], a[3], a[4]}, (int[]){a[5], a[6], a[7]}, atof(argv[16]), atof(argv[17]), out);
    if (i >= 0) printf("%s%.9f", i ? "," : "", seconds() - start);
  }
  FILE *file = fopen(argv[7], "wb");
  if (!file || fwrite(out, sizeof(Figures), (size_t)rows, file) != (size_t)rows) { fprintf(stderr, "cannot write %s\n", argv[7]); return 1; }
  fclose(file);
  printf("],\"rows\":%d}\n", rows);
  return 0;
}
