import type { Float64, Table } from 'apache-arrow';
import { BAR_COLUMNS, type Bars } from './bars.ts';

/**
 * An Arrow table over the very memory of the bars: no copy, so that a write to one is seen in the other.
 *
 * units  openTimeMs stays a Float64 of epoch milliseconds (an Arrow Timestamp over doubles would reinterpret their bits)
 */
export async function toArrowTable(bars: Bars): Promise<Table> {
  const arrow = await import('apache-arrow');
  const vectors = BAR_COLUMNS.map((name) => {
    const data = arrow.makeData<Float64>({ type: new arrow.Float64(), length: bars.length, nullCount: 0, data: bars[name] });
    return [name, arrow.makeVector(data)] as const;
  });
  return new arrow.Table(Object.fromEntries(vectors));
}
