import type { CostWaterfall } from '../../engine/index.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import { waterfallFigure, type WaterfallStep } from '../figures/waterfall.ts';
import { formatPercent, formatSigned } from '../format.ts';
import { type Html, html } from '../html.ts';

/** The steps that moved money; zero steps are left out, gross and net stay. */
export function waterfallSteps(waterfall: CostWaterfall): WaterfallStep[] {
  const costs: [string, number][] = [
    ['Fees', waterfall.feesQuote], ['Spread', waterfall.spreadQuote], ['Slippage', waterfall.slippageQuote], ['Funding', waterfall.fundingQuote],
    ['Borrow', waterfall.borrowQuote], ['Liquidation', waterfall.liquidationFeesQuote], ['Borne by venue', waterfall.shortfallQuote],
  ];
  return [
    { name: 'Gross', amountQuote: waterfall.grossQuote, kind: 'gross' },
    ...costs.filter(([, amount]) => amount !== 0).map(([name, amountQuote]): WaterfallStep => ({ name, amountQuote, kind: 'cost' })),
    { name: 'Net', amountQuote: waterfall.netQuote, kind: 'net' },
  ];
}

export async function costsSection(waterfall: CostWaterfall, quote: string, tradedNotionalQuote: number | null, numbering: Numbering): Promise<Html> {
  const costs = waterfall.netQuote - waterfall.grossQuote;
  const share = waterfall.grossQuote > 0 ? ` (${formatPercent(-costs / waterfall.grossQuote)} of it)` : '';
  const finding = costs === 0
    ? 'No cost was charged: gross and net are the same.'
    : `Costs took ${formatSigned(costs, 0)} ${quote} from a gross of ${formatSigned(waterfall.grossQuote, 0)}${share}, leaving ${formatSigned(waterfall.netQuote, 0)}.`;
  const traded = tradedNotionalQuote === null || tradedNotionalQuote === 0 ? null : html`<p>Traded ${formatSigned(tradedNotionalQuote, 0).replace('+', '')} ${quote} in all; costs were ${formatSigned((costs / tradedNotionalQuote) * 10_000, 1)} bps of it.</p>`;
  return html`${await figure(waterfallFigure(waterfallSteps(waterfall), quote, finding), numbering)}${traded}`;
}
