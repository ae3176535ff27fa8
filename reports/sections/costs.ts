import type { CostWaterfall, Figures } from '../../engine/index.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import { waterfallFigure, type WaterfallStep } from '../figures/waterfall.ts';
import { formatPercent, formatSigned } from '../format.ts';
import { type Html, html } from '../html.ts';
import { metricData, metricWords } from '../metric-text.ts';

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

/** From gross to net, what was traded, and how dear trading might have been before nothing was left. */
export async function costsSection(waterfall: CostWaterfall, quote: string, tradedNotionalQuote: number | null, figures: Figures, numbering: Numbering): Promise<Html> {
  const costs = waterfall.netQuote - waterfall.grossQuote;
  const share = waterfall.grossQuote > 0 ? ` (${formatPercent(-costs / waterfall.grossQuote)} of it)` : '';
  const finding = costs === 0
    ? 'No cost was charged: gross and net are the same.'
    : `Costs took ${formatSigned(costs, 0)} ${quote} from a gross of ${formatSigned(waterfall.grossQuote, 0)}${share}, leaving ${formatSigned(waterfall.netQuote, 0)}.`;
  const traded = tradedNotionalQuote === null || tradedNotionalQuote === 0 ? null : html`<p>Traded ${formatSigned(tradedNotionalQuote, 0).replace('+', '')} ${quote} in all; costs were ${formatSigned((costs / tradedNotionalQuote) * 10_000, 1)} bps of it.</p>`;
  return html`${await figure(waterfallFigure(waterfallSteps(waterfall), quote, finding), numbering)}${traded}${breakEven(figures)}`;
}

function breakEven(figures: Figures): Html {
  const bps = figures.metrics.breakEvenCostBps;
  if (bps === null) return html`<p>Break-even cost of a fill: ${metricWords('breakEvenCostBps', figures)}.</p>`;
  const value = metricData('breakEvenCostBps', bps, 'metrics');
  if (bps <= 0) return html`<p>Break-even cost of a fill ${value}: it lost before fee, spread and slippage.</p>`;
  return html`<p>Break-even cost of a fill ${value}: above it, fee, spread and slippage together would have left nothing.</p>`;
}
