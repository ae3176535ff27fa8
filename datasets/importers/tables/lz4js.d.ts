declare module 'lz4js' {
  /** Compresses to one LZ4 frame. */
  export function compress(bytes: Uint8Array): Uint8Array;
  /** Decompresses one LZ4 frame. */
  export function decompress(frame: Uint8Array): Uint8Array;
}
