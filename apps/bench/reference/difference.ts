import type { Proof } from '../case.ts';

/** Keeps the largest difference of many comparisons, and where it was. */
export class DifferenceMeter {
  private compared = 0;
  private largest = 0;
  private worst = '';
  private readonly tolerance: number;

  constructor(tolerance: number) {
    this.tolerance = tolerance;
  }

  /** Relative to the expected value where that is above 1; two undefined values are equal, one is not. */
  compare(what: string, ours: number, expected: number): void {
    this.compared++;
    if (Number.isNaN(ours) && Number.isNaN(expected)) return;
    const difference = Math.abs(ours - expected) / Math.max(1, Math.abs(expected));
    if (!(difference <= this.largest)) this.keep(Number.isNaN(difference) ? Infinity : difference, `${what}: ${ours}, expected ${expected}`);
  }

  /** Something that should have a figure has none. */
  failed(what: string, why: string): void {
    this.keep(Infinity, `${what} failed: ${why}`);
  }

  proof(against: string): Proof {
    return { against: this.largest > this.tolerance ? `${against}; worst: ${this.worst}` : against, compared: this.compared, largestDifference: this.largest, tolerance: this.tolerance };
  }

  private keep(difference: number, where: string): void {
    this.largest = difference;
    this.worst = where;
  }
}
