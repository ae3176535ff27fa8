import { type ChildProcess, execFile, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createKeyRing, createServer, listen, openKeyJournal, openUsage } from '../../../apps/server/index.ts';
import { quantile } from '../../../engine/index.ts';
import type { ClientsMessage, ClientsOptions } from './clients.ts';
import { gradedMarket, type GradedMarket } from './graded-market.ts';

const CLOCK = { nowMs: () => Date.now() };
const SECONDS = 5;
const CLOSES = 24;

export interface Served extends GradedMarket {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** The API over a live service, its limits out of the way. */
export async function served(home: string, symbols: number, streamClients: number): Promise<Served> {
  const market = await gradedMarket({ home, symbols, bars: 400, pace: 'steps' });
  const keys = createKeyRing(openKeyJournal(join(home, 'keys')), CLOCK);
  const timers = { every: (ms: number, call: () => void) => cancelled(setInterval(call, ms)), after: (ms: number, call: () => void) => cancelled(setTimeout(call, ms)) };
  const app = await createServer({
    view: market.live.view, stream: market.live, registry: market.registry, keys, usage: openUsage(join(home, 'keys')), timers, clock: CLOCK, sandbox: true, head: () => market.live.head,
    limits: { perKey: { requests: 1e9, windowMs: 1_000 }, perAddress: { requests: 1e9, windowMs: 1_000 }, streamClients: streamClients + 10 },
  });
  const url = await listen(app, { port: 0, isTls: false });
  const { token } = keys.create({ name: 'load', scopes: ['grades:read'], lifeMs: null, actor: 'bench' });
  const running = market.run();
  for (let i = 0; i < CLOSES; i++) await market.step();
  return {
    ...market, url, token,
    async close() {
      market.stop();
      await running;
      await app.close();
      market.live.close();
    },
  };
}

function cancelled(timer: NodeJS.Timeout): () => void {
  timer.unref();
  return () => clearTimeout(timer);
}

export interface Reads {
  readonly clients: number;
  readonly askedPerSecond: number | null;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p97Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** Reads of the newest grades by a load generator in a process of its own; nothing changes meanwhile, so that answers come from the cache. */
export async function reads({ url, token }: Served, clients: number, askedPerSecond: number | null): Promise<Reads> {
  const program = createRequire(import.meta.url).resolve('autocannon');
  const rate = askedPerSecond === null ? [] : ['-R', String(askedPerSecond)];
  const args = [program, '--json', '-c', String(clients), '-d', String(SECONDS), ...rate, '-H', `x-api-key=${token}`, `${url}/v1/trader-grades?limit=20`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  const { requests, latency, non2xx, errors } = JSON.parse(stdout) as { readonly requests: { readonly average: number }; readonly latency: Record<string, number>; readonly non2xx: number; readonly errors: number };
  return { clients, askedPerSecond, perSecond: requests.average, p50Ms: latency.p50, p97Ms: latency.p97_5, p99Ms: latency.p99, failed: non2xx + errors };
}

export interface Stream {
  readonly clients: number;
  readonly messages: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

/** From the commit of a close to the last client that has heard all its grades. */
export async function stream(server: Served, clients: number, deltas: number): Promise<Stream> {
  const options: ClientsOptions = { url: `${server.url.replace('http', 'ws')}/v1/stream`, token: server.token, clients, deltas };
  const child = fork(process.argv[1], ['--role', 'clients', '--options', JSON.stringify(options)]);
  const ended = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`the clients ended with ${code}`))));
  ended.catch(() => undefined);
  try {
    await Promise.race([told(child, 'following'), ended]);
    const ms: number[] = [];
    for (let i = 0; i < CLOSES; i++) {
      const heard = told(child, 'heard');
      const { committedAtMs } = await server.step();
      ms.push((await Promise.race([heard, ended])).atMs - committedAtMs);
    }
    return { clients, messages: clients * deltas, medianMs: quantile(ms, 0.5) ?? 0, worstMs: Math.max(...ms) };
  } finally {
    child.kill();
  }
}

function told(child: ChildProcess, type: ClientsMessage['type']): Promise<{ readonly atMs: number }> {
  return new Promise((resolve) => {
    const listen = (message: ClientsMessage): void => {
      if (message.type !== type) return;
      child.off('message', listen as never);
      resolve(message as never);
    };
    child.on('message', listen as never);
  });
}

export interface Closes {
  readonly symbols: number;
  readonly graded: number;
  readonly entries: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

/** From the moment at which the bars of a close are there to the commit of all that follows from them, a day of closes. */
export async function closes(home: string, symbols: number): Promise<Closes> {
  const market = await gradedMarket({ home, symbols, bars: CLOSES + 5, pace: 'steps' });
  const running = market.run();
  await market.step();
  await market.step();
  const ms: number[] = [];
  let [graded, entries] = [0, 0];
  for (let i = 0; i < CLOSES; i++) {
    const step = await market.step();
    ms.push(step.ms);
    entries += step.entries.length;
    graded += step.entries.filter((entry) => entry.type === 'grade_published' && entry.payload.traderGrade !== null).length;
  }
  market.stop();
  await running;
  market.live.close();
  return { symbols, graded: graded / CLOSES, entries, medianMs: quantile(ms, 0.5) ?? 0, worstMs: Math.max(...ms) };
}
