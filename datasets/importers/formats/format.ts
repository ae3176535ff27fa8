import type { ImportOptions } from '../../types.ts';
import type { Layout } from '../columns/layout.ts';
import type { Table } from '../tables/table.ts';

export interface Match {
  /** 1: nothing else looks like this. 0.5: a good guess. The highest wins. */
  readonly score: number;
  readonly layout: Layout;
}

/** One way in which candles are written down. */
export interface Format {
  /** Name and version; the version moves when the same file would give other candles. */
  readonly id: string;
  /** By content; a file's name is read only where the content cannot be understood without it, and a note says so. */
  detect(table: Table, options: ImportOptions): Match | null;
}
