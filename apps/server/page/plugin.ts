import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { PAGE_HTML } from './document.ts';
import { PAGE_STYLE } from './style.ts';

/** One file of the page as it is sent. */
export interface PageAsset {
  readonly path: '/' | '/page/style.css' | '/page/app.js';
  readonly type: string;
  readonly body: string;
}

export interface PageOptions {
  /** Text of the client's script; the one that the build bundled unless given. */
  readonly script?: string;
}

const BUNDLE = new URL('./app.js', import.meta.url);
/** Nothing inline, nothing from elsewhere; the empty icon is a data address. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The page, its style and its script. */
export function pageAssets({ script = readFileSync(BUNDLE, 'utf8') }: PageOptions = {}): readonly PageAsset[] {
  return [
    { path: '/', type: 'text/html; charset=utf-8', body: PAGE_HTML },
    { path: '/page/style.css', type: 'text/css; charset=utf-8', body: PAGE_STYLE },
    { path: '/page/app.js', type: 'text/javascript; charset=utf-8', body: script },
  ];
}

/** Serves the page at `/`; it holds no figures itself, so that everyone may have it. */
export async function pagePlugin(app: FastifyInstance, options: PageOptions = {}): Promise<void> {
  for (const { path, type, body } of pageAssets(options)) {
    app.route({
      method: 'GET', url: path, schema: { hide: true }, config: { access: 'open', operation: 'page' },
      handler: async (_request, reply) => reply.header('content-security-policy', POLICY).type(type).send(body),
    });
  }
}
