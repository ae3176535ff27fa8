import type { Random } from '../../core/index.ts';

/**
 * The same values in a random order, each order as likely as any other.
 *
 * source  Fisher & Yates; Knuth (1997), The Art of Computer Programming 2, algorithm P
 */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
