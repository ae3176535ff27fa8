/** JSON of an artefact: arrays of doubles travel as base64 of their little-endian bytes, so that they come back to the bit. */
export function encodeArtefact(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Float64Array ? { $float64: toBase64(inner) } : inner));
}

export function decodeArtefact(text: string): unknown {
  return JSON.parse(text, (_key, inner: unknown) => (isEncoded(inner) ? fromBase64(inner.$float64) : inner));
}

function isEncoded(value: unknown): value is { $float64: string } {
  return typeof value === 'object' && value !== null && typeof (value as { $float64?: unknown }).$float64 === 'string';
}

function toBase64(values: Float64Array): string {
  return Buffer.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).toString('base64');
}

function fromBase64(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float64Array(bytes.buffer);
}
