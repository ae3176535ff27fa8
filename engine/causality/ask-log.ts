import type { Ask } from '../orders/index.ts';
import type { Track } from './track.ts';

/** What an `onBar` strategy asked for at each moment: the shape of it as a code, and its numbers. Ids of orders are left out. */
export class AskLog implements Track {
  readonly subject = 'decision';
  readonly role = 'decision';
  readonly market = null;
  readonly length: number;
  private readonly shapes: Int32Array;
  /** Numbers of moment t: from starts[t] on, counts[t] of them. */
  private readonly starts: Int32Array;
  private readonly counts: Int32Array;
  private readonly numbers: number[] = [];

  constructor(length: number) {
    this.length = length;
    this.shapes = new Int32Array(length);
    this.starts = new Int32Array(length);
    this.counts = new Int32Array(length);
  }

  record(ask: Ask, moment: number): void {
    const first = this.numbers.length;
    if (this.shapes[moment] === 0) this.starts[moment] = first;
    const { type } = ask;
    const said = type === 'place' ? ask.request : type === 'target' ? ask : type === 'replace' ? ask.change : null;
    this.shapes[moment] = this.note(said, this.word(type, this.shapes[moment]));
    this.counts[moment] += this.numbers.length - first;
  }

  private note(value: unknown, shape: number): number {
    if (typeof value === 'number') {
      this.numbers.push(value);
      return Math.imul(shape ^ 1, 0x01000193);
    }
    if (typeof value !== 'object' || value === null) return this.word(String(value), shape);
    let code = shape;
    for (const [name, inner] of Object.entries(value)) if (inner !== undefined) code = this.note(inner, this.word(name, code));
    return code;
  }

  private word(text: string, shape: number): number {
    let code = shape ^ 0x811c9dc5;
    for (let i = 0; i < text.length; i++) code = Math.imul(code ^ text.charCodeAt(i), 0x01000193);
    return code;
  }

  /** Largest difference of two numbers as a share of the larger one. */
  distance(t: number, other: Track, s: number): number {
    const { shapes, counts, starts, numbers } = other as AskLog;
    if (this.shapes[t] !== shapes[s] || this.counts[t] !== counts[s]) return 1;
    let most = 0;
    for (let i = 0; i < counts[s]; i++) {
      const a = this.numbers[this.starts[t] + i];
      const b = numbers[starts[s] + i];
      if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) most = Math.max(most, Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)) || 1);
    }
    return Math.min(1, most);
  }

  scale(): number {
    return 1;
  }

  isFlat(t: number): boolean {
    return this.shapes[t] === 0;
  }
}
