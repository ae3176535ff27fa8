import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../engine/index.ts';
import type { Clock, Entry, Feed, LiveSettings, LoadedModel, Registry } from '../../grading/index.ts';
import type { ServeArguments } from './commands/serve.ts';
import type { Context } from './context.ts';
import { registryOf } from './models.ts';
import { note, warning } from './output.ts';
import { calibrateOn, promoteUpload } from './server-parts.ts';

export interface Serving {
  readonly url: string;
  readonly feed: string;
  readonly models: readonly string[];
  /** Hears the feed to its end or the signal; returns the entries that were written. */
  run(signal: AbortSignal): Promise<number>;
  close(): Promise<void>;
}

const WALL: Clock = { nowMs: () => Date.now() };
/** A bar of a replay that nobody asked a speed of takes so long. */
const REPLAY_BAR_MS = 500;
const LAST_ENTRIES = 200;

/** Journal, feed, alerts and server of `assay serve`, ready to run. */
export async function openServing(args: ServeArguments, context: Context): Promise<Serving> {
  const { alertsIn, createAlerts, createChannels, createDelivery, historyBarsOf, liveParts, modelLoader, openLive, openRuleStore } = await grading();
  const registry = await registryOf(context);
  const loadModel = modelLoader(registry, context.cacheDir);
  const models = await Promise.all(registry.models().filter(({ state }) => state !== 'RETIRED').map(({ sha256 }) => loadModel(sha256)));
  const { feed, clock } = await feedOf(args, context, models);
  const onNotice = (text: string): void => note(warning(text));
  const { rules, channels } = alertsIn(context.home);
  const alerts = createAlerts(rules);
  const live = await openLive({ home: context.home, registry, loadModel, settings: settingsOf(args, feed), onNotice, assemble: (books, settings) => liveParts(books, settings, alerts) });
  const made = createChannels(channels, { env: process.env, folder: context.home, onMessage: ({ alerts: fired }) => fired.forEach(({ text }) => note(text)) });
  const delivery = createDelivery({ folder: join(context.home, 'alerts'), channels: made.channels, policyOf: made.policyOf, clock: WALL, onNotice: (text) => onNotice(made.redact(text)) });
  const app = await serverOf({ args, context, live, registry, clock, alertRules: openRuleStore(join(context.home, 'alerts', 'rules.json'), rules, alerts, clock) });
  const { listen } = await import('../server/index.ts');
  const url = await listen(app, { host: args.host, port: args.port, isTls: args.tlsCert !== undefined, insecureHttp: args.insecureHttp });
  let written = 0;
  live.subscribe((entries: readonly Entry[]) => {
    written += entries.length;
    delivery.offer(entries);
  });
  return {
    url, feed: feed.name, models: models.map(({ key }) => key),
    async run(signal) {
      await live.run(feed, args.history ?? historyBarsOf(models), signal);
      return written;
    },
    async close() {
      await app.close();
      await delivery.close();
      live.close();
    },
  };
}

async function grading() {
  const { readAlertsOf, ...rest } = await import('../../grading/index.ts');
  return { ...rest, alertsIn: readAlertsOf };
}

/** The feed that was asked for; without one the bars after those that the newest model was promoted on. */
async function feedOf({ feed: spec }: ServeArguments, { home }: Context, models: readonly LoadedModel[]): Promise<{ readonly feed: Feed; readonly clock: Clock }> {
  const { openFeed, replayClock } = await import('../../grading/index.ts');
  const address = spec ?? (await replayOf(models.at(-1), home));
  const replayed = replayClock();
  const isReplay = address.startsWith('replay:');
  const feed = await openFeed(address, { home, clock: WALL, ...(isReplay ? { replayClock: replayed } : {}) });
  return { feed, clock: isReplay ? replayed : WALL };
}

async function replayOf(model: LoadedModel | undefined, home: string): Promise<string> {
  if (model === undefined) throw new InputError('feed-missing', `--feed must name a feed where no model is promoted, such as binance:BTC/USDT@1h; from a report to a model: assay promote report.html`);
  const { datasetsWith } = await import('../../workbench/index.ts');
  const { timeframeMs, data: [{ dataHash, instrument: { symbol }, lastTimeMs }] } = model.version;
  const [dataset] = datasetsWith(home, dataHash);
  if (dataset === undefined) throw new InputError('feed-missing', `--feed must name a feed: no dataset of the lake holds the bars of ${symbol} that ${model.key} was promoted on`);
  return `replay:${dataset}?from=${new Date(lastTimeMs + timeframeMs).toISOString()}&speed=${timeframeMs / REPLAY_BAR_MS}`;
}

function settingsOf({ sandbox, index, moonshot, paperCash }: ServeArguments, { markets }: Feed): LiveSettings {
  const timeframeMs = Math.min(...markets.map((market) => market.timeframeMs));
  const traded = markets.filter((market) => market.timeframeMs === timeframeMs);
  return { sandbox, timeframeMs, indices: [...index], moonshot, paper: paperCash > 0 ? { cash: paperCash, markets: traded } : null };
}

interface ServerParts {
  readonly args: ServeArguments;
  readonly context: Context;
  readonly live: Awaited<ReturnType<typeof import('../../grading/index.ts').openLive>>;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly alertRules: ReturnType<typeof import('../../grading/index.ts').openRuleStore>;
}

async function serverOf({ args, context, live, registry, clock, alertRules }: ServerParts) {
  const { pagePlugin } = await import('../server/page/index.ts');
  const { createKeyRing, createServer, guestOf, isLoopback, openKeyJournal, openUsage } = await import('../server/index.ts');
  const { readJournal } = await import('../../workbench/index.ts');
  const { LIVE_JOURNAL } = await import('../../grading/index.ts');
  const folder = join(context.home, 'keys');
  const tls = args.tlsCert === undefined || args.tlsKey === undefined ? undefined : { cert: readFileSync(args.tlsCert), key: readFileSync(args.tlsKey) };
  const app = await createServer({
    view: live.view, clock, wallClock: WALL, registry, stream: live, head: () => live.head, sandbox: args.sandbox,
    keys: createKeyRing(openKeyJournal(folder, (text) => note(warning(text))), WALL), usage: openUsage(folder),
    timers: { every: (ms, call) => cancelled(setInterval(call, ms)), after: (ms, call) => cancelled(setTimeout(call, ms)) },
    ...(isLoopback(args.host) && !args.keysOnly ? { guest: guestOf(['grades:read', 'models:read']) } : {}),
    ...(tls === undefined ? {} : { tls }),
    ...(args.log === undefined ? {} : { log: { level: args.log, stream: process.stderr } }),
    alertRules: { list: () => alertRules.list() as never, get: (id) => alertRules.get(id) as never, put: (rule) => alertRules.put(rule as never) as never, remove: (id) => alertRules.remove(id) },
    audit: ({ fromSeq, count, type, model }) => taken(readJournal(join(context.home, 'grading'), LIVE_JOURNAL, { fromSeq }), count, type, model),
    calibrate: calibrateOn(),
    promote: promoteUpload(context, registry),
  });
  await app.register(pagePlugin);
  return app;
}

function taken(lines: Iterable<object>, count: number, type?: string, model?: string): never[] {
  const found: object[] = [];
  for (const line of lines) {
    const { type: its, model: of } = line as { type: string; model: string | null };
    if ((type === undefined || its === type) && (model === undefined || of === model)) found.push(line);
    if (found.length >= Math.min(count, LAST_ENTRIES)) break;
  }
  return found as never[];
}

function cancelled(timer: NodeJS.Timeout): () => void {
  timer.unref();
  return () => clearTimeout(timer);
}
