import swagger from '@fastify/swagger';
import fastify from 'fastify';
import { ENDPOINTS } from './endpoints/index.ts';
import { DOCUMENT, routeSchema, sharedProblems } from './openapi.ts';

/** The OpenAPI document of all operations, made without a service behind it; the same bytes for the same operations. */
export async function openApiText(): Promise<string> {
  const app = fastify();
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, { openapi: DOCUMENT, transformObject: sharedProblems as never });
  for (const endpoint of ENDPOINTS) {
    app.route({ method: endpoint.method, url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'), schema: routeSchema(endpoint), handler: async () => null });
  }
  await app.ready();
  const text = `${JSON.stringify(app.swagger(), null, 1)}\n`;
  await app.close();
  return text;
}
