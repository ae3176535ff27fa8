import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson, DataError, errorMessage, InputError, sha256 } from '../../engine/index.ts';
import type { ModelManifest, ReportContext } from '../../reports/index.ts';
import { pageManifestSchema } from './manifest-schema.ts';

/** A report as it was given: nothing in it is trusted yet but its own hash. */
export interface ReadReport {
  /** What errors call it. */
  readonly name: string;
  readonly html: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The whole data block of the page. */
  readonly page: Readonly<Record<string, unknown>>;
  readonly context: ReportContext;
  readonly manifest: ModelManifest;
}

const MOST_BYTES = 64 * 1024 * 1024;
const BLOCK = /<script type="application\/json" id="assay-manifest">(.*?)<\/script>/gs;
const ANY_BLOCK = /\bid\s*=\s*["']?assay-manifest\b/gi;

/**
 * The manifest of a validation report, from its path or its text.
 *
 * throws  InputError `report-missing`, `report-too-large`, `report-not-a-validation`; DataError `report-unreadable` naming the field, `manifest-edited`
 */
export function readReport(pathOrHtml: string): ReadReport {
  const isText = /^\s*</.test(pathOrHtml);
  const name = isText ? 'the report' : pathOrHtml;
  const html = isText ? pathOrHtml : fileText(pathOrHtml);
  const bytes = Buffer.byteLength(html);
  requireSize(bytes, name);
  const parsed = parsePage(blockOf(html, name), name);
  const { title, context: { createdAtMs, command, dataNotes, notes } } = parsed;
  const manifest = parsed.model as unknown as ModelManifest;
  requireOwnHash(manifest, name);
  return {
    name, html, bytes, sha256: sha256(html), page: parsed, manifest,
    context: { title, createdAtMs: createdAtMs ?? undefined, command: command ?? undefined, dataNotes, notes },
  };
}

function fileText(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) throw new InputError('report-missing', `report must be a file, was ${path}`);
  requireSize(found.size, path);
  return readFileSync(path, 'utf8');
}

function requireSize(bytes: number, name: string): void {
  if (bytes > MOST_BYTES) throw new InputError('report-too-large', `${name} must have at most ${MOST_BYTES} bytes, has ${bytes}`);
}

function blockOf(html: string, name: string): string {
  const blocks = [...html.matchAll(BLOCK)];
  const marks = html.match(ANY_BLOCK)?.length ?? 0;
  if (blocks.length === 1 && marks === 1) return blocks[0][1];
  throw new DataError('report-unreadable', `${name} must have exactly one data block with id assay-manifest, has ${Math.max(blocks.length, marks)}`);
}

function parsePage(block: string, name: string): z.infer<typeof pageManifestSchema> {
  let value: unknown;
  try {
    value = JSON.parse(block, (key, inner: unknown) => {
      if (key === '__proto__') throw new SyntaxError('a field is called __proto__');
      return inner;
    });
  } catch (error) {
    throw new DataError('report-unreadable', `the manifest of ${name} must be JSON: ${errorMessage(error)}`, { cause: error });
  }
  const { kind, model } = (value ?? {}) as { readonly kind?: unknown; readonly model?: unknown };
  if (kind !== 'validation') throw new InputError('report-not-a-validation', `${name} must be the report of a validation (assay validate … --report), is of kind ${JSON.stringify(kind)}`);
  if (model === undefined) throw new InputError('report-not-a-validation', `${name} must state what a model is promoted by (field model); write it again: assay report`);
  const result = pageManifestSchema.safeParse(value);
  if (result.success) return result.data;
  throw new DataError('report-unreadable', `the manifest of ${name} must follow its schema: ${z.prettifyError(result.error).replaceAll(/\s*\n\s*/g, ' ')}`);
}

function requireOwnHash({ manifestSha256, ...rest }: ModelManifest, name: string): void {
  const found = sha256(canonicalJson(rest));
  if (found !== manifestSha256) throw new DataError('manifest-edited', `section model of ${name} must have the hash that it states, ${manifestSha256}, has ${found}: it was edited`);
}
