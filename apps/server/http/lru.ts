/** The values used last, at most so many. */
export interface Lru<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
}

export function createLru<V>(most: number): Lru<V> {
  const kept = new Map<string, V>();
  return {
    get(key): V | undefined {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value): void {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > most) for (const oldest of kept.keys()) { kept.delete(oldest); break; }
    },
    delete: (key) => void kept.delete(key),
  };
}
