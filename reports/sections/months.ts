import { figure, type Numbering } from '../figures/figure.ts';
import { monthsFigure } from '../figures/months.ts';
import { counted, formatCount, formatSignedPercent } from '../format.ts';
import { type Html, html } from '../html.ts';
import { monthlyReturns } from '../series.ts';

export async function monthsSection(openTimeMs: Float64Array, equity: Float64Array, numbering: Numbering): Promise<Html> {
  const months = monthlyReturns(openTimeMs, equity);
  const measured = months.flatMap((month) => (month.returnFrac === null ? [] : [{ ...month, returnFrac: month.returnFrac }]));
  if (measured.length < 2) return html`<p>${counted(measured.length, 'month')} of bars: nothing to compare.</p>`;
  const gained = measured.filter(({ returnFrac }) => returnFrac > 0).length;
  const worst = measured.reduce((least, month) => (month.returnFrac < least.returnFrac ? month : least));
  const best = measured.reduce((most, month) => (month.returnFrac > most.returnFrac ? month : most));
  const finding = `${formatCount(gained)} of ${counted(measured.length, 'month')} gained; the worst was ${name(worst)} with ${formatSignedPercent(worst.returnFrac)}, the best ${name(best)} with ${formatSignedPercent(best.returnFrac)}.`;
  return figure(monthsFigure(months, finding), numbering);
}

function name({ year, month }: { readonly year: number; readonly month: number }): string {
  return `${year}-${String(month + 1).padStart(2, '0')}`;
}
