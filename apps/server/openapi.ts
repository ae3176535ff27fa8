import { z } from 'zod';
import { ENGINE_VERSION } from '../../engine/index.ts';
import type { Endpoint } from './endpoints/index.ts';
import { envelopeSchema } from './http/envelope.ts';
import { PROBLEM_TYPE, PROBLEMS } from './http/problem.ts';

type Json = Record<string, unknown>;

/** JSON Schema of what is sent (`input`) or read (`output`). */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any', override: ({ jsonSchema: written }) => {
    const stated = written as Json;
    if (typeof stated.override !== 'object') return;
    const { override } = stated;
    for (const key of Object.keys(stated)) delete stated[key];
    Object.assign(stated, override);
  } }) as Json;
  return rest;
}

const problem = { type: 'object', required: ['type', 'title', 'status', 'detail', 'instance', 'request_id'], properties: {
  type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, instance: { type: 'string' }, request_id: { type: 'string' },
  errors: { type: 'array', items: { type: 'object', properties: { in: { type: 'string' }, field: { type: 'string' }, detail: { type: 'string' } }, required: ['in', 'field', 'detail'] } },
} };

/** Statuses that every operation may answer with, beside those of its own. */
const COMMON = [400, 401, 403, 422, 429, 500, 503];

function statusesOf({ method, path, body, isIdempotent, id }: Endpoint): number[] {
  const own = [...(path.includes('{') || id.startsWith('getIndices') ? [404] : []), ...(body === null ? [] : [413, 415]), ...(isIdempotent || method === 'PUT' || method === 'DELETE' ? [409] : []), 501];
  return [...new Set([...COMMON, ...own])].sort((a, b) => a - b);
}

const made = new Map<Endpoint, Json>();

/** What @fastify/swagger makes the document of one operation from; a copy, as fastify writes into it. */
export function routeSchema(endpoint: Endpoint): Json {
  const schema = made.get(endpoint) ?? schemaOf(endpoint);
  made.set(endpoint, schema);
  return structuredClone(schema);
}

function schemaOf(endpoint: Endpoint): Json {
  const { id, tag, summary, description, query, params, body, bodyType, row, status, method, isIdempotent, scope } = endpoint;
  const problems = Object.fromEntries(statusesOf(endpoint).map((code) => [code, {
    description: Object.values(PROBLEMS).filter(([one]) => one === code).map(([, title]) => title).join('; '), content: { [PROBLEM_TYPE]: { schema: problem } },
  }]));
  const has = (schema: z.ZodObject): boolean => Object.keys(schema.shape).length > 0;
  return {
    operationId: id, tags: [tag], summary, description: `${description === undefined ? '' : `${description}\n\n`}Needs the scope \`${scope}\`.`, security: [{ apiKey: [] }, { bearer: [] }],
    ...(has(query) ? { querystring: jsonSchema(query, 'input') } : {}), ...(has(params) ? { params: jsonSchema(params, 'input') } : {}),
    ...(body === null ? {} : { body: { content: { [bodyType]: { schema: jsonSchema(body, 'input') } } } }),
    ...(isIdempotent ? { headers: { type: 'object', required: ['idempotency-key'], properties: { 'idempotency-key': { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' } } } } : {}),
    response: {
      [status]: { description: 'Rows, and what is true of all of them', content: { 'application/json': { schema: jsonSchema(envelopeSchema(row), 'output') } } },
      ...(method === 'GET' ? { 304: { description: 'The client has this body', type: 'null' } } : {}),
      ...problems,
    },
  };
}

/** The document apart from its operations. */
export const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Assay grades', version: ENGINE_VERSION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description: 'Grades of markets by models that are graded themselves. Every row says when it became known; a missing figure is null, never 0. Errors are RFC 9457 problems. WS /v1/stream sends snapshots and deltas.',
  },
  servers: [{ url: '/' }],
  tags: ['prices', 'grades', 'signals', 'analytics', 'portfolios', 'models', 'alerts', 'service'].map((name) => ({ name })),
  components: { securitySchemes: { apiKey: { type: 'apiKey' as const, in: 'header' as const, name: 'x-api-key' }, bearer: { type: 'http' as const, scheme: 'bearer' } } },
};

interface Operation {
  responses?: Record<string, { content?: Json; $ref?: string }>;
}

/** Each problem is described once, by its status. */
export function sharedProblems({ openapiObject }: { openapiObject: { paths?: object; components?: object } }): Json {
  const responses: Json = {};
  for (const operation of Object.values(openapiObject.paths ?? {}).flatMap((path) => Object.values(path as Record<string, Operation>))) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      if (response.content?.[PROBLEM_TYPE] === undefined || operation.responses === undefined) continue;
      responses[`Problem${status}`] = { ...response, content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } };
      operation.responses[status] = { $ref: `#/components/responses/Problem${status}` };
    }
  }
  const { components } = openapiObject;
  const sorted = Object.fromEntries(Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...openapiObject, components: { ...components, schemas: { Problem: problem }, responses: sorted } };
}
