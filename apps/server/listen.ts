import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { requireInput } from '../../engine/index.ts';

export interface ListenOptions {
  readonly host?: string;
  readonly port: number;
  /** The server was made with TLS. */
  readonly isTls: boolean;
  /** Keys may cross the network in clear: behind a proxy that does TLS. */
  readonly insecureHttp?: boolean;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Listens, on this machine alone unless told otherwise, and gives the address.
 *
 * throws  InputError `tls-needed` for another host without TLS
 */
export async function listen(app: FastifyInstance, { host = '127.0.0.1', port, isTls, insecureHttp = false }: ListenOptions): Promise<string> {
  requireInput(isTls || insecureHttp || isLoopback(host), 'tls-needed', 'host', 'this machine (127.0.0.1, ::1, localhost) unless TLS, or --insecure-http, is given', host);
  return app.listen({ host, port });
}
