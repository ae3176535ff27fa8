import type { PartFigures } from './part-columns.ts';

/** Stores one part at a time. */
export type PartStore = (part: PartFigures) => Promise<void>;

/** Parts on their way to the disk, as many at once as there are stores. */
export interface PartLanes {
  /** Waits until a store is free, then begins; throws what an earlier one threw. */
  begin(part: PartFigures): Promise<void>;
  /** Waits for all that have begun. */
  finished(): Promise<void>;
}

export function partLanes(stores: readonly PartStore[]): PartLanes {
  const free = [...stores];
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const rethrow = (): void => {
    if (failure !== null) throw failure.error;
  };
  const run = async (store: PartStore, part: PartFigures): Promise<void> => {
    try {
      await store(part);
    } catch (error) {
      failure ??= { error };
    } finally {
      free.push(store);
    }
  };
  return {
    async begin(part) {
      while (free.length === 0) await Promise.race(running);
      rethrow();
      const stored: Promise<void> = run(free.pop() as PartStore, part).finally(() => running.delete(stored));
      running.add(stored);
    },
    async finished() {
      await Promise.all(running);
      rethrow();
    },
  };
}
