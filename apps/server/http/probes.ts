import type { FastifyInstance } from 'fastify';
import { freshness } from '../../../grading/index.ts';
import { freshOf } from '../endpoints/service.ts';
import type { ServerOptions } from '../options.ts';
import type { Figures } from './figures.ts';

/** `/healthz` says that the process lives, `/healthz/ready` that every market is fresh and the feed is connected; `/metrics` is for Prometheus. */
export function addProbes(app: FastifyInstance, { view, clock }: ServerOptions, { registry }: Figures): void {
  const readiness = () => {
    const markets = freshness(view, clock);
    const isConnected = view.state.feed?.value.isConnected ?? false;
    return { isReady: isConnected && markets.length > 0 && markets.every(({ isStale }) => !isStale), body: { seq: view.state.seq, feed_connected: isConnected, markets: markets.map(freshOf) } };
  };
  app.get('/healthz', { config: { access: 'probe', operation: 'healthz' }, schema: { hide: true } }, async (_request, reply) => {
    const { isReady, body } = readiness();
    return reply.send({ status: 'alive', ready: isReady, ...body });
  });
  app.get('/healthz/ready', { config: { access: 'probe', operation: 'ready' }, schema: { hide: true } }, async (_request, reply) => {
    const { isReady, body } = readiness();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', ready: isReady, ...body });
  });
  app.get('/metrics', { config: { access: 'admin', operation: 'metrics' }, schema: { hide: true } }, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
