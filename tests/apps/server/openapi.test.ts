import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openApiText } from '../../../apps/server/document.ts';
import { ENDPOINTS } from '../../../apps/server/index.ts';
import { testServer } from '../../support/grading-server.ts';

interface Schema { readonly type?: string; readonly enum?: readonly unknown[]; readonly minimum?: number; readonly maximum?: number; readonly examples?: readonly string[] }
interface Parameter { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema; readonly example?: string; readonly examples?: Readonly<Record<string, { readonly value: string }>> }
interface Operation { readonly operationId: string; readonly parameters?: readonly Parameter[]; readonly responses: Readonly<Record<string, unknown>> }
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const kept = readFileSync(new URL('../../../apps/server/openapi.json', import.meta.url), 'utf8');

describe('the document of the API', () => {
  it('is the one that is kept in the tree; scripts/openapi.mjs writes it anew', async () => {
    expect(await openApiText()).toBe(kept);
  });

  it('is what the server gives, without a key', async () => {
    const { app } = await testServer();
    const response = await app.inject({ url: '/openapi.json' });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual(JSON.parse(kept));
  });

  it('names every operation once', () => {
    const { paths } = JSON.parse(kept) as Document;
    const ids = Object.values(paths).flatMap((path) => Object.values(path)).map(({ operationId }) => operationId);
    expect(ids.toSorted()).toEqual(ENDPOINTS.map(({ id }) => id).toSorted());
  });
});

describe('a random client', () => {
  const { paths } = JSON.parse(kept) as Document;
  const reads = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).filter(([method]) => method === 'get').map(([, operation]) => ({ path, operation })));

  it('gets rows that the schema describes, or a problem that the document names, and never a fault', async () => {
    const server = await testServer();
    const headers = { 'x-api-key': server.token('admin') };
    const request = fc.constantFrom(...reads).chain(({ path, operation }) => {
      const parameters = operation.parameters ?? [];
      return fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.required === true ? valueOf(parameter) : fc.option(valueOf(parameter), { nil: undefined })])))
        .map((values) => ({ operation, url: urlOf(path, parameters, values as Record<string, string | undefined>) }));
    });
    await fc.assert(fc.asyncProperty(request, async ({ operation, url }) => {
      const response = await server.app.inject({ url, headers });
      const { statusCode } = response;
      expect(Object.keys(operation.responses), `${url} ${response.body.slice(0, 200)}`).toContain(String(statusCode));
      expect(statusCode === 501 || statusCode < 500, `${url} ${response.body.slice(0, 200)}`).toBe(true);
      const body = response.json<Record<string, unknown>>();
      if (statusCode === 200) expect(body.length).toBe((body.data as unknown[]).length);
      else expect([body.status, response.headers['content-type']]).toEqual([statusCode, 'application/problem+json']);
    }), { numRuns: 400, seed: 7 });
  });
});

/** Mostly what the document asks for, sometimes anything. */
function valueOf({ schema, example, examples }: Parameter): fc.Arbitrary<string> {
  const shown = [...(schema.examples ?? []), ...(example === undefined ? [] : [example]), ...Object.values(examples ?? {}).map(({ value }) => value)];
  const good: fc.Arbitrary<string>[] = [
    ...(schema.enum === undefined ? [] : [fc.constantFrom(...schema.enum.map(String))]),
    ...(schema.type === 'integer' ? [fc.integer({ min: schema.minimum, max: schema.maximum }).map(String)] : []),
    ...(shown.length === 0 ? [] : [fc.constantFrom(...shown)]),
  ];
  const bad = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('', '-1', '0', '1e9', '9'.repeat(30), 'NaN', '../..', '2026-10-05', '2026-13-45', '1999', '__proto__', 'blue-chip', 'paper-1', '%00', '1.5', '0.5s', '999999999w'));
  return good.length === 0 ? bad : fc.oneof({ weight: 4, arbitrary: fc.oneof(...good) }, { weight: 1, arbitrary: bad });
}

function urlOf(path: string, parameters: readonly Parameter[], values: Readonly<Record<string, string | undefined>>): string {
  const place = parameters.filter((one) => one.in === 'path').reduce((text, { name }) => text.replace(`{${name}}`, encodeURIComponent(well(values[name] ?? 'x')) || 'x'), path);
  const query = parameters.filter((one) => one.in === 'query' && values[one.name] !== undefined).map(({ name }) => `${name}=${encodeURIComponent(well(values[name] ?? ''))}`);
  return query.length === 0 ? place : `${place}?${query.join('&')}`;
}

/** A URL cannot hold half a surrogate pair. */
function well(text: string): string {
  return Buffer.from(text).toString();
}
