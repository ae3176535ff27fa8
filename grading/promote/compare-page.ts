import { DataError } from '../../engine/index.ts';
import type { ReadReport } from './read-report.ts';

/**
 * Holds the page against the replay rendered as one, byte for byte: what people read is what was computed, and nothing else runs in it.
 *
 * throws  DataError `page-differs` with the first place
 */
export function comparePage({ html, name }: Pick<ReadReport, 'html' | 'name'>, rendered: string): void {
  if (html === rendered) return;
  let at = 0;
  while (html[at] === rendered[at]) at++;
  const near = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
  throw new DataError('page-differs', `${name} must be the page of the replay, reads ${near(html)} where it must read ${near(rendered)}: it was edited, or another build of Assay wrote it (write it again: assay report)`);
}
