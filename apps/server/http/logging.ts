import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import { TOKEN_IN_TEXT } from '../keys/index.ts';
import type { ServerOptions } from '../options.ts';

/** One JSON line a request, without headers, and without a key wherever a client has put it. */
export function loggerOf(log: ServerOptions['log']): FastifyServerOptions['logger'] {
  if (log === undefined) return false;
  return {
    level: log.level,
    stream: { write: (line: string): void => log.stream.write(withoutTokens(line)) },
    serializers: { req: ({ method, url, ip, id }: FastifyRequest) => ({ method, url, ip, id }) },
    redact: ['req.headers', 'headers.authorization', 'headers["x-api-key"]', 'headers.api_key', 'token'],
  };
}

export function withoutTokens(text: string): string {
  return text.replaceAll(TOKEN_IN_TEXT, 'assay_…');
}
