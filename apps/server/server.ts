import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import { ENDPOINTS } from './endpoints/index.ts';
import { guard, guardOf, tokenOf } from './http/access.ts';
import { createAnswering } from './http/answering.ts';
import { createFigures, type Figures } from './http/figures.ts';
import { loggerOf } from './http/logging.ts';
import { addProbes } from './http/probes.ts';
import { Problem, problemBody, PROBLEM_TYPE } from './http/problem.ts';
import { toProblem } from './http/to-problem.ts';
import { DOCUMENT, routeSchema, sharedProblems } from './openapi.ts';
import { type Limits, LIMITS, type ServerOptions } from './options.ts';
import { createStreamHub } from './stream/hub.ts';

const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-store',
} as const;
const REQUEST_ID = /^[\w.:-]{1,64}$/;
const LARGEST_MESSAGE = 16 * 1024;
const USAGE_FLUSH_MS = 10_000;

/** The HTTP API, the document of it, probes, figures and the stream; nothing listens yet, see `listen`. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const limits: Limits = { ...LIMITS, ...options.limits };
  const figures = createFigures(options);
  const app = fastify(serverOptions(options, limits)) as unknown as FastifyInstance;
  addHooks(app, options, limits, figures);
  addParsers(app);
  await app.register(swagger, { openapi: DOCUMENT, transformObject: sharedProblems as never });
  await app.register(websocket, { options: { maxPayload: LARGEST_MESSAGE } });
  addStream(app, options, limits, figures);
  addEndpoints(app, options, limits, figures);
  addProbes(app, options, figures);
  app.get('/openapi.json', { config: { access: 'open', operation: 'openapi' }, schema: { hide: true } }, async (_request, reply) => reply.send(app.swagger()));
  return app;
}

function serverOptions({ log, tls }: ServerOptions, limits: Limits): FastifyServerOptions {
  return {
    logger: loggerOf(log), bodyLimit: limits.bodyBytes, requestTimeout: limits.requestMs, handlerTimeout: limits.requestMs, forceCloseConnections: true, requestIdHeader: false,
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: (error, socket) => {
      if (!socket.writable) return;
      const body = JSON.stringify(problemBody(new Problem('bad-request', error.code ?? 'not HTTP'), '', randomUUID()));
      socket.end(`HTTP/1.1 400 ${STATUS_CODES[400]}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
    },
    ...(tls === undefined ? {} : { https: tls }),
  };
}

function addHooks(app: FastifyInstance, options: ServerOptions, limits: Limits, figures: Figures): void {
  const guarded = guardOf(options, limits);
  app.decorateRequest('apiKey', null);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, ...(options.tls === undefined ? {} : { 'strict-transport-security': 'max-age=31536000' }), 'x-request-id': request.id });
    guard(guarded, request, reply);
    if (request.is404) throw unknownRoute(request);
  });
  app.addHook('onResponse', async (request, reply) => figures.answered(request.routeOptions.config.operation ?? 'none', reply.statusCode, reply.elapsedTime / 1_000));
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(unknownRoute(request), request, reply));
  const stopFlushing = options.timers.every(USAGE_FLUSH_MS, () => options.usage.flush());
  app.addHook('onClose', async () => {
    stopFlushing();
    options.usage.flush();
  });
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500 && problem.code !== 'not-configured') request.log.error({ err: problem.cause ?? error }, problem.message);
  return reply.code(problem.status).headers({ ...problem.headers, 'x-request-id': request.id, 'cache-control': 'no-store' }).type(PROBLEM_TYPE).send(Buffer.from(JSON.stringify(problemBody(problem, pathOf(request), request.id))));
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0];
}

/** 405 with what is allowed where only the method is wrong. */
function unknownRoute(request: FastifyRequest): Problem {
  const path = pathOf(request);
  const allowed = ENDPOINTS.filter((one) => new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)).map(({ method }) => method);
  if (path === '/openapi.json' || path === '/metrics' || path === '/v1/stream' || path === '/healthz' || path === '/healthz/ready') allowed.push('GET');
  if (allowed.length === 0) return new Problem('not-found', 'see /openapi.json for what there is');
  const methods = [...new Set(allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(', ');
  return new Problem('method-not-allowed', `allowed: ${methods}`, { headers: { allow: methods } });
}

/** JSON by fastify's own parser, reports as text; what an endpoint does not read is refused by the parsers' list. */
function addParsers(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('text/html', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

function addEndpoints(app: FastifyInstance, options: ServerOptions, limits: Limits, figures: Figures): void {
  const handlerOf = createAnswering(options, limits, figures);
  for (const endpoint of ENDPOINTS) {
    const isUpload = endpoint.bodyType === 'text/html';
    app.route({
      method: endpoint.method, url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'), schema: routeSchema(endpoint), config: { access: endpoint.scope, operation: endpoint.id },
      ...(isUpload ? { bodyLimit: limits.reportBytes, handlerTimeout: limits.promotionMs } : {}),
      preParsing: async (request) => requireType(request, endpoint.body === null ? null : endpoint.bodyType),
      handler: handlerOf(endpoint),
    });
  }
}

function requireType({ headers }: FastifyRequest, expected: string | null): void {
  const given = headers['content-type']?.split(';', 1)[0].trim().toLowerCase();
  if (expected === null ? given === undefined : given === expected) return;
  if (expected === null && headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  throw new Problem('unsupported-media-type', expected === null ? 'this operation reads no body' : `the body must be ${expected}, was ${given ?? 'of no type'}`);
}

function addStream(app: FastifyInstance, options: ServerOptions, limits: Limits, figures: Figures): void {
  const hub = createStreamHub(options, limits, figures);
  app.route({
    method: 'GET', url: '/v1/stream', config: { access: 'stream', operation: 'stream' }, schema: { hide: true },
    handler: async () => { throw new Problem('bad-request', 'this resource is a WebSocket: send Upgrade: websocket'); },
    wsHandler: (socket, request) => hub.connect(socket, tokenOf(request)),
  });
  app.addHook('preClose', async () => hub.close());
}
