/** Keeps a caller from asking a source that is down: open after so many failures in a row, then one trial after each pause. */
export class CircuitBreaker {
  readonly #failures: number;
  readonly #pauseMs: number;
  #inARow = 0;
  #openUntilMs = -Infinity;

  constructor({ failures = 8, pauseMs = 30_000 }: { readonly failures?: number; readonly pauseMs?: number } = {}) {
    this.#failures = failures;
    this.#pauseMs = pauseMs;
  }

  /** When a call may be made again: null for now. A trial call keeps the others out until it is answered. */
  closedAtMs(nowMs: number): number | null {
    if (this.#inARow < this.#failures) return null;
    if (nowMs < this.#openUntilMs) return this.#openUntilMs;
    this.#openUntilMs = nowMs + this.#pauseMs;
    return null;
  }

  succeeded(): void {
    this.#inARow = 0;
  }

  failed(nowMs: number): void {
    this.#inARow++;
    if (this.#inARow >= this.#failures) this.#openUntilMs = nowMs + this.#pauseMs;
  }
}
