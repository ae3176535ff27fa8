/** The newest values, at most so many; older ones fall out and are counted. */
export interface Ring<T> {
  readonly length: number;
  /** Values that have fallen out. */
  readonly dropped: number;
  push(value: T): void;
  /** Oldest first. */
  values(): Generator<T, undefined>;
  first(): T | null;
  last(): T | null;
  /** The newest, the newest first, at most `count`. */
  newest(count: number): T[];
}

export function createRing<T>(capacity: number): Ring<T> {
  const kept: T[] = [];
  let start = 0;
  let dropped = 0;
  const at = (i: number): T => kept[(start + i) % capacity];
  return {
    get length() {
      return kept.length;
    },
    get dropped() {
      return dropped;
    },
    push(value): void {
      if (kept.length < capacity) {
        kept.push(value);
        return;
      }
      kept[start] = value;
      start = (start + 1) % capacity;
      dropped++;
    },
    *values() {
      for (let i = 0; i < kept.length; i++) yield at(i);
      return undefined;
    },
    first: () => (kept.length === 0 ? null : at(0)),
    last: () => (kept.length === 0 ? null : at(kept.length - 1)),
    newest: (count) => Array.from({ length: Math.min(count, kept.length) }, (_, i) => at(kept.length - 1 - i)),
  };
}
