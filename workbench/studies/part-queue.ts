/**
 * Writes parts one after another beside the running sweep, so that no worker waits for a file; a part that waits lies on disk as blocks.
 *
 * throws  what writing a part threw, at the next `add` or at `finished`
 */
export function partQueue() {
  let failure: { readonly error: unknown } | null = null;
  let isStopped = false;
  let last = Promise.resolve();
  const next = async (write: () => Promise<void>): Promise<void> => {
    if (isStopped || failure !== null) return;
    try {
      await write();
    } catch (error) {
      failure = { error };
    }
  };
  const rethrow = (): void => {
    if (failure !== null) throw failure.error;
  };
  return {
    add(write: () => Promise<void>): void {
      rethrow();
      last = last.then(() => next(write));
    },
    async finished(): Promise<void> {
      await last;
      rethrow();
    },
    /** Ends after the part that is being written. */
    async stop(): Promise<void> {
      isStopped = true;
      await last;
    },
  };
}
