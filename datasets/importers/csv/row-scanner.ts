const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Walks delimited text row by row; fields are byte ranges, quotes stripped, so that nothing is copied.
 *
 * A row ends where its line ends, inside quotes too: no candle file breaks a field over lines, and a stray quote costs one row.
 */
export class RowScanner {
  readonly starts = new Int32Array(4096);
  readonly ends = new Int32Array(4096);
  /** Fields of the current row; 0 for a blank line. */
  count = 0;
  /** Line on which the current row starts, from 1. */
  line = 0;
  rowStart = 0;
  rowEnd = 0;
  #bytes: Uint8Array;
  #delimiter: number;
  #at = 0;
  #nextLine = 1;

  constructor(bytes: Uint8Array, delimiter: number) {
    this.#bytes = bytes;
    this.#delimiter = delimiter;
  }

  /** Moves to the next row, blank lines included; false at the end. */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    this.line = this.#nextLine;
    this.rowStart = this.#at;
    this.count = 0;
    while (!this.#field());
    if (this.count === 1 && this.ends[0] === this.starts[0] && this.rowEnd === this.rowStart) this.count = 0;
    return true;
  }

  /** Reads one field; true when it was the row's last. */
  #field(): boolean {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const length = bytes.length;
    let at = this.#at;
    if (bytes[at] === QUOTE) return this.#quotedField();
    const start = at;
    while (at < length && bytes[at] !== delimiter && bytes[at] !== LF) at++;
    return this.#close(start, at, at);
  }

  #quotedField(): boolean {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let at = start;
    for (; at < bytes.length && bytes[at] !== LF; at++) {
      if (bytes[at] !== QUOTE) continue;
      if (bytes[at + 1] !== QUOTE) break;
      at++;
    }
    let after = at;
    while (after < bytes.length && bytes[after] !== this.#delimiter && bytes[after] !== LF) after++;
    return this.#close(start, at, after);
  }

  #close(start: number, end: number, at: number): boolean {
    const bytes = this.#bytes;
    const last = at >= bytes.length || bytes[at] === LF;
    if (last) this.rowEnd = at > this.rowStart && bytes[at - 1] === CR ? at - 1 : at;
    if (this.count < this.starts.length) {
      this.starts[this.count] = start;
      this.ends[this.count] = last ? Math.min(end, Math.max(start, this.rowEnd)) : end;
      this.count++;
    }
    this.#at = at + 1;
    if (last) this.#nextLine++;
    return last;
  }
}
