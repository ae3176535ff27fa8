import type { RawData, WebSocket } from 'ws';
import { formatTime } from '../../../engine/index.ts';
import type { Entry } from '../../../grading/index.ts';
import type { Call } from '../endpoints/index.ts';
import type { Figures } from '../http/figures.ts';
import { createTokenBuckets } from '../http/token-bucket.ts';
import { allows, type KeyInfo } from '../keys/index.ts';
import type { Limits, ServerOptions } from '../options.ts';
import { CHANNEL_NAMES, CHANNELS } from './channels.ts';
import { createStreamClient } from './client.ts';
import { clientMessage, type ClientMessage, CLOSE, type ServerMessage } from './messages.ts';

export interface StreamHub {
  /** A client that has connected, with the token that it showed, if any. */
  connect(socket: WebSocket, token: string | null): void;
  close(): void;
}

interface Connected {
  readonly hear: (batch: readonly Entry[]) => void;
  readonly beat: () => void;
  readonly drop: (code: number, reason: string) => void;
}

/** Messages of one client: a burst, filled up again over ten seconds. */
const CHATTER = { requests: 30, windowMs: 10_000 } as const;
/** Until a client that has been told to go is cut off. */
const FAREWELL_MS = 5_000;

/** Everybody who follows the stream. */
export function createStreamHub(server: ServerOptions, limits: Limits, figures: Figures): StreamHub {
  const { timers, keys, clock, wallClock = clock, guest = null } = server;
  const clients = new Set<Connected>();
  const chatter = createTokenBuckets(CHATTER, wallClock);
  let opened = 0;
  const stop = [
    server.stream.subscribe((batch) => { for (const client of clients) client.hear(batch); }),
    timers.every(limits.heartbeatMs, () => { for (const client of clients) client.beat(); }),
  ];

  const connect = (socket: WebSocket, shown: string | null): void => {
    const name = `client:${++opened}`;
    let token = shown;
    let key: KeyInfo | null = token === null ? guest : keys.verify(token);
    let isAlive = true;
    let isGone = false;

    const drop = (code: number, reason: string): void => {
      if (isGone) return;
      isGone = true;
      figures.stream.dropped(reason);
      socket.close(code, reason);
      timers.after(FAREWELL_MS, () => socket.terminate());
    };
    const send = (message: ServerMessage): void => {
      if (isGone || socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(message));
      figures.stream.sent(1);
      if (socket.bufferedAmount > limits.streamBytes) drop(CLOSE.slow, 'slow');
    };
    const client = createStreamClient({ send, call: (): Call => ({ server, key: key as KeyInfo, nowMs: clock.nowMs(), idempotencyKey: null }) });
    const welcome = (): void => {
      const scopes = key?.scopes ?? [];
      send({ type: 'welcome', seq: server.view.state.seq, channels: CHANNEL_NAMES.filter((one) => allows(scopes, CHANNELS[one].scope)), heartbeat_seconds: limits.heartbeatMs / 1_000 });
    };
    const authenticate = (message: ClientMessage): void => {
      if (message.type !== 'auth') return drop(CLOSE.unauthorized, 'unauthorized');
      key = keys.verify(message.token);
      if (key === null) return drop(CLOSE.unauthorized, 'unauthorized');
      token = message.token;
      return welcome();
    };
    const receive = (message: ClientMessage, scopes: KeyInfo['scopes']): void => {
      if (message.type === 'ping') return send({ type: 'pong', seq: server.view.state.seq });
      if (message.type === 'auth') return token === null ? authenticate(message) : send({ type: 'error', code: 'conflict', detail: 'the client has shown its key' });
      if (message.type === 'unsubscribe') return client.leave(message.channels);
      const refused = message.channels.find((one) => !allows(scopes, CHANNELS[one].scope));
      if (refused !== undefined) return drop(CLOSE.forbidden, `forbidden: ${refused}`);
      return client.follow([...new Set(message.channels)], message.symbols ?? null, message.resume_from ?? null);
    };
    const onMessage = (data: RawData, isBinary: boolean): void => {
      if (isGone) return;
      if (!chatter.take(name).isAllowed) return drop(CLOSE.chatty, 'too many messages');
      const message = isBinary ? null : read(textOf(data));
      if (message === null) return send({ type: 'error', code: 'bad-request', detail: 'a message must be JSON of type auth, subscribe, unsubscribe or ping, with fields that the type has' });
      return key === null ? authenticate(message) : receive(message, key.scopes);
    };
    const connected: Connected = {
      drop,
      hear: (batch) => { if (key !== null && !isGone) client.hear(batch); },
      beat(): void {
        if (!isAlive) return socket.terminate();
        if (token !== null && keys.verify(token) === null) return drop(CLOSE.unauthorized, 'unauthorized');
        isAlive = false;
        socket.ping();
        if (key !== null) send({ type: 'heartbeat', seq: server.view.state.seq, ts: formatTime(clock.nowMs()) });
        return undefined;
      },
    };

    if (clients.size >= limits.streamClients) return drop(CLOSE.tooMany, 'too many clients');
    clients.add(connected);
    figures.stream.clients(1);
    const tooLate = timers.after(limits.streamAuthMs, () => { if (key === null) drop(CLOSE.authTimeout, 'no key'); });
    socket.on('pong', () => { isAlive = true; });
    socket.on('message', onMessage);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      isGone = true;
      tooLate();
      clients.delete(connected);
      figures.stream.clients(-1);
    });
    if (key !== null) welcome();
    else if (token !== null) drop(CLOSE.unauthorized, 'unauthorized');
    return undefined;
  };

  return {
    connect,
    close(): void {
      stop.forEach((call) => call());
      for (const client of clients) client.drop(CLOSE.goingAway, 'going away');
    },
  };
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as ArrayBuffer).toString();
}

function read(text: string): ClientMessage | null {
  try {
    const result = clientMessage.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
