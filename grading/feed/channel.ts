/** Values from whoever has them to the one who iterates, in order; it ends or fails behind the last value. */
export interface Channel<T> extends AsyncIterable<T> {
  send(values: readonly T[]): void;
  end(): void;
  fail(error: unknown): void;
  /** Resolves when fewer than `limit` values wait, or the channel is over. */
  room(limit: number): Promise<void>;
}

export function channel<T>(): Channel<T> {
  let waiting: T[] = [];
  let ready: T[] = [];
  let at = 0;
  let over: { readonly error: unknown } | 'ended' | null = null;
  let wake: (() => void) | null = null;
  let onRoom: (() => void)[] = [];

  const rouse = (): void => {
    wake?.();
    wake = null;
  };
  const finish = (how: typeof over): void => {
    over ??= how;
    rouse();
    for (const resolve of onRoom.splice(0)) resolve();
  };
  const room = async (limit: number): Promise<void> => {
    const isFull = (): boolean => over === null && waiting.length + ready.length - at >= limit;
    while (isFull()) await new Promise<void>((resolve) => onRoom.push(resolve));
  };
  async function* read(): AsyncGenerator<T> {
    for (;;) {
      for (at = 0; at < ready.length; at++) yield ready[at];
      [ready, waiting, at] = [waiting, [], 0];
      const asked = onRoom;
      onRoom = [];
      for (const resolve of asked) resolve();
      if (ready.length > 0) continue;
      if (over !== null && over !== 'ended') throw over.error;
      if (over === 'ended') return;
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  }
  return {
    send: (values) => {
      if (over !== null || values.length === 0) return;
      for (const value of values) waiting.push(value);
      rouse();
    },
    end: () => finish('ended'),
    fail: (error) => finish({ error }),
    room,
    [Symbol.asyncIterator]: () => read(),
  };
}
