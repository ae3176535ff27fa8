import { columnPercentDigits, formatDate, formatNumber } from '../format.ts';
import { type Html, html } from '../html.ts';
import type { DrawdownEpisode } from '../series.ts';
import { table } from '../table.ts';

/** The five deepest falls and how long they lasted, with what holding lost meanwhile. */
export function drawdownTable(episodes: readonly DrawdownEpisode[], openTimeMs: Float64Array, number: number): Html {
  if (episodes.length === 0) return html`<p>Equity never fell below an earlier value.</p>`;
  const digits = columnPercentDigits(episodes.flatMap(({ depthFrac, benchmarkFrac }) => [depthFrac, benchmarkFrac]));
  const last = openTimeMs[openTimeMs.length - 1];
  const rows = episodes.map(({ peakBar, troughBar, recoveryBar, depthFrac, benchmarkFrac }, i) => ({
    cells: [
      String(i + 1), formatNumber(depthFrac * 100, digits), formatDate(openTimeMs[peakBar]), formatDate(openTimeMs[troughBar]),
      recoveryBar === null ? 'open' : formatDate(openTimeMs[recoveryBar]),
      daysBetween(openTimeMs[peakBar], recoveryBar === null ? last : openTimeMs[recoveryBar]), formatNumber(benchmarkFrac * 100, digits),
    ],
  }));
  return table({
    caption: html`<b>Table ${number}.</b> Deepest falls of equity, peak to recovery.`,
    columns: [
      { label: '#', align: 'text' }, { label: 'Depth %', align: 'number' }, { label: 'Peak (UTC)', align: 'text' }, { label: 'Trough', align: 'text' },
      { label: 'Recovered', align: 'text' }, { label: 'Days', align: 'number' }, { label: 'Holding fell %', align: 'number' },
    ],
    rows,
  });
}

function daysBetween(from: number, to: number): string {
  const days = (to - from) / 86_400_000;
  return formatNumber(days, days < 10 ? 1 : 0);
}
