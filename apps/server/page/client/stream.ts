import { key } from './api.ts';

export interface StreamOptions {
  readonly onDelta: (channel: string, row: object, seq: number) => void;
  /** Everything must be read anew: what was missed is not held any more. */
  readonly onResync: () => void;
  readonly onState: (isOpen: boolean) => void;
  /** Newest entry that the page has heard. */
  readonly seq: () => number;
}

interface Message {
  readonly type: string;
  readonly channel?: string;
  readonly seq?: number;
  readonly data?: object;
  readonly channels?: readonly string[];
  readonly heartbeat_seconds?: number;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Closed so by the server: the key does not do, trying again does not help. */
const REFUSED = new Set([4401, 4403]);

/** Follows every channel that the key may read, from the entry that the page has, and comes back after a break. */
export function follow({ onDelta, onResync, onState, seq }: StreamOptions): () => void {
  let socket: WebSocket | null = null;
  let wait = FIRST_WAIT_MS;
  let again: number | undefined;
  let silence: number | undefined;
  let silenceMs = 45_000;
  let isStopped = false;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => socket?.close(), silenceMs);
  };
  const receive = (message: Message): void => {
    if (message.type === 'welcome') {
      silenceMs = 2_500 * (message.heartbeat_seconds ?? 15);
      wait = FIRST_WAIT_MS;
      socket?.send(JSON.stringify({ type: 'subscribe', channels: message.channels, resume_from: seq() }));
      onState(true);
    } else if (message.type === 'resync') onResync();
    else if (message.type === 'delta' && message.channel !== undefined) onDelta(message.channel, message.data ?? {}, message.seq ?? 0);
  };
  const connect = (): void => {
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/stream`);
    const token = key();
    socket.addEventListener('open', () => { if (token !== null) socket?.send(JSON.stringify({ type: 'auth', token })); heard(); });
    socket.addEventListener('message', ({ data }) => { heard(); receive(JSON.parse(String(data)) as Message); });
    socket.addEventListener('close', ({ code }) => {
      clearTimeout(silence);
      onState(false);
      if (isStopped || REFUSED.has(code)) return;
      again = setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    });
  };
  connect();
  return () => {
    isStopped = true;
    clearTimeout(again);
    clearTimeout(silence);
    socket?.close();
  };
}
