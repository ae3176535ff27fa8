import { open, stat } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 16;
const NEWLINE = 10;

/** What a look at the file brought: whole lines, or what happened to it. */
export type TailRead =
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly atEnd: boolean }
  | { readonly kind: 'lost'; readonly reason: string };

/** Whole lines of a growing file, each once; it begins again where the file was cut or replaced. */
export class FileTail {
  readonly #file: string;
  #offset = 0;
  #inode: number | bigint | null = null;
  #rest = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
  }

  /** Of the next chunk. After `lost` the next read begins at the start of what is there then. */
  async read(): Promise<TailRead> {
    const now = await stat(this.#file).catch((error: NodeJS.ErrnoException) => error);
    if (now instanceof Error) return this.#lose(now.code === 'ENOENT' ? `${this.#file} is not there` : `${this.#file} cannot be read: ${now.message}`);
    if (this.#inode !== null && now.ino !== this.#inode) return this.#lose(`${this.#file} was replaced by another file; it is read from its start`);
    if (now.size < this.#offset) return this.#lose(`${this.#file} was cut from ${this.#offset} to ${now.size} bytes; it is read again from its start`);
    this.#inode = now.ino;
    if (now.size === this.#offset) return { kind: 'lines', lines: [], atEnd: true };
    const chunk = await this.#chunk();
    this.#offset += chunk.length;
    return { kind: 'lines', lines: this.#lines(chunk), atEnd: this.#offset >= now.size };
  }

  async #chunk(): Promise<Buffer> {
    const handle = await open(this.#file, 'r');
    try {
      const buffer = Buffer.alloc(CHUNK_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, this.#offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  #lines(chunk: Buffer): string[] {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE);
    this.#rest = Buffer.from(bytes.subarray(end + 1));
    return end < 0 ? [] : bytes.subarray(0, end).toString('utf8').split('\n');
  }

  #lose(reason: string): TailRead {
    this.#offset = 0;
    this.#inode = null;
    this.#rest = Buffer.alloc(0);
    return { kind: 'lost', reason };
  }
}
