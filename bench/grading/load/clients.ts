import { WebSocket } from 'ws';

/** Told to the parent: all clients follow; or all have heard the deltas of a close. */
export type ClientsMessage = { readonly type: 'following' } | { readonly type: 'heard'; readonly atMs: number; readonly messages: number };

export interface ClientsOptions {
  readonly url: string;
  readonly token: string;
  readonly clients: number;
  /** Deltas of one close. */
  readonly deltas: number;
}

/** So many clients of the stream in a process of their own; tells when the last of them has heard a close. */
export async function followAll({ url, token, clients, deltas }: ClientsOptions): Promise<void> {
  const tell = (message: ClientsMessage): void => void process.send?.(message);
  const left = Array.from({ length: clients }, () => deltas);
  let waitingFor = clients;
  const follow = (i: number): Promise<void> => new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers: { 'x-api-key': token } });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`client ${i} was dropped`)));
    socket.once('open', () => socket.send(JSON.stringify({ type: 'subscribe', channels: ['trader_grades'] })));
    socket.on('message', (data) => {
      const { type } = JSON.parse((data as Buffer).toString('utf8')) as { readonly type: string };
      if (type === 'subscribed') resolve();
      if (type !== 'delta' || --left[i] > 0) return;
      left[i] = deltas;
      if (--waitingFor > 0) return;
      waitingFor = clients;
      tell({ type: 'heard', atMs: performance.timeOrigin + performance.now(), messages: clients * deltas });
    });
  });
  const WAVE = 100;
  for (let from = 0; from < clients; from += WAVE) await Promise.all(Array.from({ length: Math.min(WAVE, clients - from) }, (_, i) => follow(from + i)));
  tell({ type: 'following' });
}
