import type { Evaluate } from './evaluate.ts';
import { START_BARS } from './plan.ts';
import { Stretch } from './stretch.ts';
import type { Track } from './track.ts';
import type { CausalityProof } from './types.ts';

/** A decision that a longer history moves by less than this share of the decisions' scale has not changed: recursive averages never forget. */
const TOLERANCE = 1e-3;

type WarmupProof = CausalityProof['warmup'];

/** Decisions after the warm-up of histories that begin at several bars, against those of one that begins earlier. */
export class WarmupTest {
  private compared = 0;
  private changed = 0;
  private maxDifference = 0;
  private readonly evaluate: Evaluate;
  private readonly warmup: number;

  constructor(evaluate: Evaluate, warmup: number) {
    this.evaluate = evaluate;
    this.warmup = warmup;
  }

  get result(): WarmupProof {
    const { compared, changed, maxDifference } = this;
    return { compared, changed, maxDifference };
  }

  /** `long` are the decisions of the whole stretch; null where they depend on the account, which must then start at the same bar. */
  tryStart(stretch: Stretch, start: number, long: Track | null): void {
    const to = Math.min(stretch.length, start + this.warmup + START_BARS);
    const first = start + this.warmup - 1;
    if (start === 0 || first >= to) return;
    const { markets, clock } = stretch;
    const short = this.decisionsOf(new Stretch(markets, clock, start, to, this.warmup - 1));
    const earlier = long ?? this.decisionsOf(new Stretch(markets, clock, 0, to, first));
    if (short !== null && earlier !== null) this.compare(earlier, short, start, long !== null);
  }

  private decisionsOf(stretch: Stretch): Track | null {
    try {
      return this.evaluate(stretch.whole())[0];
    } catch {
      return null; // too short for the strategy's own windows: nothing to compare
    }
  }

  private compare(long: Track, short: Track, start: number, isSeries: boolean): void {
    const first = this.warmup - 1;
    const limit = TOLERANCE * Math.max(long.scale(start), short.scale(first));
    let s = first;
    if (isSeries && isStanding(long, short, start, first)) while (s < short.length && short.distance(s, long, start + s) > 0) s++;
    for (; s < short.length; s++) {
      const distance = short.distance(s, long, start + s);
      this.compared++;
      if (distance > limit) this.changed++;
      if (distance > this.maxDifference) this.maxDifference = distance;
    }
  }
}

/** A position that one history has taken before the other could: it is compared once both agree, as what it was taken on has been forgotten. */
function isStanding(long: Track, short: Track, start: number, first: number): boolean {
  if (first === 0 || short.distance(first, long, start + first) === 0) return false;
  const isHeldInLong = !long.isFlat(start + first) && long.distance(start + first, long, start + first - 1) === 0;
  const isHeldInShort = !short.isFlat(first) && short.distance(first, short, first - 1) === 0;
  return isHeldInLong || isHeldInShort;
}
