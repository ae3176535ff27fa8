const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of an array's little-endian bytes. */
export function base64(values: Float32Array | Float64Array | Uint32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    parts.push(
      ALPHABET[word >> 18], ALPHABET[(word >> 12) & 63],
      left > 1 ? ALPHABET[(word >> 6) & 63] : '=', left > 2 ? ALPHABET[word & 63] : '=',
    );
  }
  return parts.join('');
}
