import type { SimulationTotals } from '../../engine/index.ts';
import { formatCount, formatDateTime } from '../format.ts';
import { type Html, html } from '../html.ts';
import { table } from '../table.ts';

/** What became of the orders. */
export function executionSection(totals: SimulationTotals, openTimeMs: Float64Array, numbers: { nextTable: () => number }): Html {
  const { orders } = totals;
  const rows: [string, number][] = [
    ['Sent', orders.sent], ['Filled', orders.filled], ['Filled after a gap in the bars', orders.afterGap], ['Waited for volume', orders.waitedForVolume],
    ['Target clipped to what the account allows', orders.clippedExposure], ['Rejected: below the minimum notional', orders.rejectedMinNotional], ['Rejected: below one lot', orders.rejectedLot],
    ['Liquidations', totals.liquidations],
  ];
  const ruin = totals.ruinedAtBar < 0 ? null : html`<p>The account was ruined in the bar of ${formatDateTime(openTimeMs[totals.ruinedAtBar])}.</p>`;
  return html`${ruin}${table({
    caption: html`<b>Table ${numbers.nextTable()}.</b> Orders and what became of them.`,
    columns: [{ label: 'Orders', align: 'text' }, { label: 'Count', align: 'number' }],
    rows: rows.map(([name, count]) => ({ cells: [name, formatCount(count)] })),
  })}`;
}
