import type { ClosedBar, Market } from '../types/index.ts';
import { closedBar, type RawBar, sameFigures } from './raw-bar.ts';

interface Absence {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
}

/** What a lane says about a bar whose place has passed. */
export type Afterthought =
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'before-start' }
  | { readonly kind: 'bar' | 'late'; readonly bar: ClosedBar };

const KEPT_GAPS = 256;

/** One market on its way through the sequencer: where it stands, what came ahead of its place, and what was given lately. */
export class Lane {
  readonly key: string;
  readonly market: Market;
  readonly timeframeMs: number;
  /** Open time of the bar that comes next; null until the first bar says where the market begins. */
  nextOpenMs: number | null = null;
  /** End of what its source was asked for and has not answered; null while nothing is. */
  askedToMs: number | null = null;
  askNotBeforeMs = -Infinity;
  /** Closes in a row at which it was given up. */
  strikes = 0;
  /** What its source said last about not answering. */
  trouble = '';
  readonly #held = new Map<number, RawBar>();
  readonly #refused = new Map<number, string>();
  /** The last bars that were given: each in the slot of its number, until a later one takes it. */
  readonly #given: ({ readonly bar: ClosedBar; readonly isLate: boolean } | undefined)[];
  readonly #gaps = new Set<number>();
  #absences: Absence[] = [];

  constructor(key: string, market: Market, keptBars: number) {
    this.key = key;
    this.market = market;
    this.timeframeMs = market.timeframeMs;
    this.#given = Array.from({ length: keptBars });
  }

  /** Close time of the bar that comes next; Infinity before the market begins. */
  get nextCloseMs(): number {
    return this.nextOpenMs === null ? Infinity : this.nextOpenMs + this.timeframeMs;
  }

  get holds(): number {
    return this.#held.size;
  }

  /** Open time of the first bar that came ahead of its place; null where none did. */
  firstHeldMs(): number | null {
    let first = Infinity;
    for (const openTimeMs of this.#held.keys()) if (openTimeMs < first) first = openTimeMs;
    return first === Infinity ? null : first;
  }

  hold(bar: RawBar): void {
    this.#held.set(bar.openTimeMs, bar);
    this.#refused.delete(bar.openTimeMs);
  }

  refuse(openTimeMs: number, reason: string): void {
    if (this.nextOpenMs !== null && openTimeMs >= this.nextOpenMs && !this.#held.has(openTimeMs)) this.#refused.set(openTimeMs, reason);
    if (this.#refused.size > KEPT_GAPS) this.#refused.delete(first(this.#refused));
  }

  markAbsent(absence: Absence): void {
    this.#absences.push(absence);
  }

  /** The bar that comes next, if it is here; the lane moves on. */
  take(): ClosedBar | null {
    const raw = this.nextOpenMs === null ? undefined : this.#held.get(this.nextOpenMs);
    if (raw === undefined) return null;
    const bar = closedBar(this.market, raw);
    this.#held.delete(bar.openTimeMs);
    this.#keep(bar, false);
    this.#moveOn();
    this.strikes = 0;
    return bar;
  }

  /** Why the bar that comes next never will, as far as its source said; null where it may. */
  absence(): string | null {
    const openTimeMs = this.nextOpenMs;
    if (openTimeMs === null) return null;
    const absence = this.#absences.find(({ fromMs, toMs }) => fromMs <= openTimeMs && openTimeMs < toMs);
    return absence === undefined ? null : this.#why(openTimeMs, absence.reason);
  }

  /** Gives up the place of the bar that comes next; returns its open time and the reason. */
  giveUp(reason: string): { readonly openTimeMs: number; readonly reason: string } {
    const openTimeMs = this.nextOpenMs as number;
    const why = this.#why(openTimeMs, this.trouble === '' ? reason : `${reason}; ${this.trouble}`);
    this.#gaps.add(openTimeMs);
    if (this.#gaps.size > KEPT_GAPS) this.#gaps.delete(first(this.#gaps));
    this.#moveOn();
    return { openTimeMs, reason: why };
  }

  /** A bar whose place has passed: known, corrected, late, or from before the lane began. */
  afterthought(raw: RawBar): Afterthought {
    const known = this.#given[this.#slot(raw.openTimeMs)];
    if (known?.bar.openTimeMs === raw.openTimeMs) {
      if (sameFigures(known.bar, raw)) return { kind: 'duplicate' };
      const bar = closedBar(this.market, raw, known.bar.revision + 1);
      this.#given[this.#slot(raw.openTimeMs)] = { bar, isLate: known.isLate };
      return { kind: known.isLate ? 'late' : 'bar', bar };
    }
    if (!this.#gaps.delete(raw.openTimeMs)) return { kind: 'before-start' };
    const bar = closedBar(this.market, raw);
    this.#keep(bar, true);
    this.strikes = 0;
    return { kind: 'late', bar };
  }

  #why(openTimeMs: number, reason: string): string {
    const refused = this.#refused.get(openTimeMs);
    return refused === undefined ? reason : `refused: ${refused}`;
  }

  #keep(bar: ClosedBar, isLate: boolean): void {
    const slot = this.#slot(bar.openTimeMs);
    const known = this.#given[slot];
    if (known === undefined || known.bar.openTimeMs < bar.openTimeMs) this.#given[slot] = { bar, isLate };
  }

  #slot(openTimeMs: number): number {
    return Math.floor(openTimeMs / this.timeframeMs) % this.#given.length;
  }

  #moveOn(): void {
    const openTimeMs = this.nextOpenMs as number;
    this.nextOpenMs = openTimeMs + this.timeframeMs;
    this.#refused.delete(openTimeMs);
    if (this.#absences.length > 0) this.#absences = this.#absences.filter(({ toMs }) => toMs > openTimeMs + this.timeframeMs);
    if (this.askedToMs === null) this.askNotBeforeMs = -Infinity;
  }
}

function first<K>(map: { keys(): Iterator<K> }): K {
  return map.keys().next().value as K;
}
