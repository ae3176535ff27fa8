// 64 bars at once: which have a > b, and which a == b.
#ifndef COMPARE_H
#define COMPARE_H
#include <stdint.h>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

#if defined(__AVX512BW__) && defined(__AVX512F__)
#define ISA "AVX-512"
static inline void compare64(const int16_t *a, const int16_t *b, uint64_t *above, uint64_t *equal) {
  const __m512i a0 = _mm512_loadu_si512(a), a1 = _mm512_loadu_si512(a + 32), b0 = _mm512_loadu_si512(b), b1 = _mm512_loadu_si512(b + 32);
  *above = (uint64_t)_mm512_cmpgt_epi16_mask(a0, b0) | (uint64_t)_mm512_cmpgt_epi16_mask(a1, b1) << 32;
  *equal = (uint64_t)_mm512_cmpeq_epi16_mask(a0, b0) | (uint64_t)_mm512_cmpeq_epi16_mask(a1, b1) << 32;
}
#elif defined(__AVX2__)
#define ISA "AVX2"
static inline uint32_t bits32(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xd8));
}
static inline void compare64(const int16_t *a, const int16_t *b, uint64_t *above, uint64_t *equal) {
  __m256i x[4], y[4];
  for (int i = 0; i < 4; i++) { x[i] = _mm256_loadu_si256((const __m256i *)(a + 16 * i)); y[i] = _mm256_loadu_si256((const __m256i *)(b + 16 * i)); }
  const uint64_t g0 = bits32(_mm256_cmpgt_epi16(x[0], y[0]), _mm256_cmpgt_epi16(x[1], y[1])), g1 = bits32(_mm256_cmpgt_epi16(x[2], y[2]), _mm256_cmpgt_epi16(x[3], y[3]));
  const uint64_t e0 = bits32(_mm256_cmpeq_epi16(x[0], y[0]), _mm256_cmpeq_epi16(x[1], y[1])), e1 = bits32(_mm256_cmpeq_epi16(x[2], y[2]), _mm256_cmpeq_epi16(x[3], y[3]));
  *above = g0 | g1 << 32;
  *equal = e0 | e1 << 32;
}
#else
#define ISA "scalar"
static inline void compare64(const int16_t *a, const int16_t *b, uint64_t *above, uint64_t *equal) {
  uint64_t g = 0, e = 0;
  for (int i = 0; i < 64; i++) { g |= (uint64_t)(a[i] > b[i]) << i; e |= (uint64_t)(a[i] == b[i]) << i; }
  *above = g;
  *equal = e;
}
#endif

// 64 values at once: which are above the level, or below it. Not of NaN.
static inline uint64_t beyond64(const double *x, double level, int above) {
  uint64_t word = 0;
#if defined(__AVX512F__)
  const __m512d y = _mm512_set1_pd(level);
  for (int i = 0; i < 8; i++) {
    const __m512d v = _mm512_loadu_pd(x + 8 * i);
    word |= (uint64_t)(above ? _mm512_cmp_pd_mask(v, y, _CMP_GT_OQ) : _mm512_cmp_pd_mask(v, y, _CMP_LT_OQ)) << (8 * i);
  }
#else
  for (int i = 0; i < 64; i++) word |= (uint64_t)(above ? x[i] > level : x[i] < level) << i;
#endif
  return word;
}
#endif
