/** What a subject is to its strategy: features lead to decisions; a score stands beside both. */
export type Role = 'decision' | 'feature' | 'score';

/** One subject of a strategy, a decision, a feature or its score, bar by bar. */
export interface Track {
  /** `decision`, `score`, or the name of the feature. */
  readonly subject: string;
  readonly role: Role;
  /** Market whose bars are its rows; null: its rows are the moments of the clock. */
  readonly market: number | null;
  readonly length: number;
  /** 0 where row t and row s of another track say the same to the bit; otherwise how far apart they are, 1 where they differ in kind. */
  distance(t: number, other: Track, s: number): number;
  /** What a distance of 1 in 1,000 is measured against. */
  scale(from: number): number;
  /** Whether nothing is wanted at a row. */
  isFlat(t: number): boolean;
}

/** Whether a row says something else than the one before it. */
export function changesAt(track: Track, t: number): boolean {
  return t > 0 && track.distance(t, track, t - 1) !== 0;
}

type Column = Float64Array | Uint8Array;

/** Exposures, one column a leg: NaN is flat. Or codes, which are the same or are not. Or a feature or a score, whose NaN is a value of its own. */
export class SeriesTrack implements Track {
  readonly subject: string;
  readonly role: Role;
  readonly market: number | null;
  readonly length: number;
  private readonly columns: readonly Column[];
  private readonly isCode: boolean;

  constructor(subject: string, columns: readonly Column[], { market = null, isCode = false, role }: { readonly market?: number | null; readonly isCode?: boolean; readonly role?: Role } = {}) {
    this.subject = subject;
    this.role = role ?? (market === null ? 'decision' : 'feature');
    this.market = market;
    this.length = columns[0].length;
    this.columns = columns;
    this.isCode = isCode;
  }

  distance(t: number, other: Track, s: number): number {
    const { columns } = other as SeriesTrack;
    let most = 0;
    for (let c = 0; c < this.columns.length; c++) {
      const a = this.columns[c][t];
      const b = columns[c][s];
      if (a !== b) most = Math.max(most, this.apart(a, b));
    }
    return most;
  }

  private apart(a: number, b: number): number {
    if (this.isCode) return 1;
    if (!Number.isNaN(a) && !Number.isNaN(b)) return Math.abs(a - b);
    if (this.role === 'decision') return Math.abs((a || 0) - (b || 0));
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : 1;
  }

  scale(from: number): number {
    if (this.isCode) return 1;
    let most = 0;
    for (const column of this.columns) for (let t = from; t < column.length; t++) if (Math.abs(column[t]) > most) most = Math.abs(column[t]);
    return most;
  }

  isFlat(t: number): boolean {
    return !this.isCode && this.columns.every((column) => !(Math.abs(column[t]) > 0));
  }
}
