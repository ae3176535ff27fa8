import type { AmbiguityBand, Figures, MetricName, SimulationTotals } from '../../engine/index.ts';
import { counted, formatCount, formatDateTime } from '../format.ts';
import { type Html, html } from '../html.ts';
import { metricLabel, metricText } from '../metric-text.ts';
import { table } from '../table.ts';

const BAND_FIGURES: readonly MetricName[] = ['totalReturn', 'sharpeAnn', 'maxDrawdown', 'finalEquity'];

/** What became of the orders, and what candles could not decide. */
export function executionSection(totals: SimulationTotals, band: AmbiguityBand, shown: Figures, openTimeMs: Float64Array, numbers: { nextTable: () => number }): Html {
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
  })}${bandTable(band, shown, numbers)}`;
}

function bandTable(band: AmbiguityBand, shown: Figures, numbers: { nextTable: () => number }): Html {
  if (band.ambiguousBars === 0) return html`<p>Every fill was decided by its bar: no bar was ambiguous.</p>`;
  const named = BAND_FIGURES.filter((name) => shown.metrics[name] !== null && band.pessimistic[name] !== null && band.optimistic[name] !== null);
  return table({
    caption: html`<b>Table ${numbers.nextTable()}.</b> ${counted(band.ambiguousBars, 'bar')} reached two levels and candles cannot say which first: the same run with all of them taken at their worst and at their best.`,
    columns: [{ label: 'Statistic', align: 'text' }, { label: 'Pessimistic', align: 'number' }, { label: 'Optimistic', align: 'number' }],
    rows: named.map((name) => ({ cells: [metricLabel(name), metricText(name, band.pessimistic[name] as number), metricText(name, band.optimistic[name] as number)] })),
  });
}
