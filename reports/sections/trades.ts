import type { Trade } from '../../engine/index.ts';
import { histogramFigure } from '../figures/bars.ts';
import { excursionsFigure } from '../figures/excursions.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import { counted, formatCount, formatMinute, formatNumber, formatPercent, formatSigned, formatSignedPercent, MINUS, priceDigits } from '../format.ts';
import { type Html, html, jsonScript } from '../html.ts';
import { histogram, median } from '../series.ts';
import { type Column, table } from '../table.ts';

export const EMBEDDED_TRADES = 2_000;
const LISTED = 60;
const EXTREMES = 20;

export interface TradesView {
  readonly trades: readonly Trade[];
  readonly openTrade: Trade | null;
  readonly quote: string;
  readonly symbols: readonly string[];
}

/** What single trades earned, how they got there, and the list. */
export async function tradesSection(view: TradesView, numbering: Numbering): Promise<Html> {
  const { trades, openTrade } = view;
  if (trades.length === 0) {
    const open = openTrade === null ? null : html`<p>One position was opened and never closed: ${openTrade.side} since ${formatMinute(openTrade.entryTimeMs)} at ${price(openTrade.entryPrice, view)}.</p>`;
    return html`<p>No trade was closed: there is nothing to measure.</p>${open}`;
  }
  const figures = trades.length === 1
    ? html`<p>One trade: its distribution needs at least two.</p>`
    : html`${await returnsHistogram(trades, numbering)}${await figure(excursionsFigure(trades, excursionFinding(trades)), numbering)}`;
  return html`${figures}${tradeList(view, numbering)}`;
}

/** Columns of the embedded list, in the order of TRADE_COLUMNS; the client builds the sortable table from it. */
export function embeddedTrades({ trades, openTrade, quote, symbols }: TradesView): Html {
  if (trades.length === 0) return html``;
  const kept = trades.slice(-EMBEDDED_TRADES);
  const rows = kept.map((trade, i) => [
    trades.length - kept.length + i + 1, trade.market, trade.side, trade.entryTimeMs, trade.exitTimeMs, trade.exitBar - trade.entryBar, short(trade.entryPrice), short(trade.exitPrice),
    short(trade.qtyBase), short(trade.feesQuote), short(trade.spreadQuote + trade.slippageQuote), short(trade.fundingQuote), short(trade.pnlQuote), short(trade.returnFrac), short(trade.maeFrac), short(trade.mfeFrac), trade.exitReason,
  ]);
  return jsonScript('assay-trades', { quote, symbols, priceDigits: digitsOf(trades), total: trades.length, open: openTrade !== null, rows });
}

async function returnsHistogram(trades: readonly Trade[], numbering: Numbering): Promise<Html> {
  const returns = trades.map(({ returnFrac }) => returnFrac);
  const bins = histogram(returns, 24);
  const middle = median(returns) as number;
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  return figure(histogramFigure({
    id: 'trade-returns', name: 'net returns of trades', finding: concentration(trades),
    description: 'A histogram of the net return of closed trades; zero is a bin edge, bars left of it are losses.',
    bins, format: 'percent', xTitle: 'net return of a trade (linear)', yTitle: 'Trades (linear)',
    marks: [{ value: mean, label: `mean ${formatSignedPercent(mean)}`, glyph: '▾' }, { value: middle, label: `median ${formatSignedPercent(middle)}`, glyph: '▾' }],
    note: bins.some(({ overflow }) => overflow !== null) ? 'The outer bars, ≤ and ≥, hold everything beyond the 1st and 99th percentile.' : undefined,
    signed: true, edge: (value) => formatPercent(value, 2),
  }), numbering);
}

/** Whether a few lucky trades made the result. */
function concentration(trades: readonly Trade[]): string {
  const sorted = trades.map(({ pnlQuote }) => pnlQuote).sort((a, b) => b - a);
  const net = sorted.reduce((sum, value) => sum + value, 0);
  const gains = sorted.filter((value) => value > 0);
  const losses = sorted.filter((value) => value < 0);
  const counts = `${formatCount(gains.length)} of ${counted(trades.length, 'trade')} gained`;
  if (losses.length === 0) return `${counts}; no losing trades.`;
  if (net <= 0 || gains.length <= 5) return `${counts}; together they made ${formatSigned(net, 0)}.`;
  const top = gains.slice(0, 5).reduce((sum, value) => sum + value, 0);
  return `${counts}; the five best made ${formatPercent(top / net)} of the net profit${top >= net ? ': without them there is none' : ''}.`;
}

function excursionFinding(trades: readonly Trade[]): string {
  const losers = trades.filter(({ pnlQuote }) => pnlQuote < 0);
  if (losers.length === 0) return 'No trade lost; the worst excursion shows how near they came.';
  const wereUp = losers.filter(({ mfeFrac }) => mfeFrac >= 0.01).length;
  return `${formatCount(wereUp)} of ${counted(losers.length, 'losing trade')} had been at least 1 % ahead before they lost.`;
}

function tradeList(view: TradesView, numbering: Numbering): Html {
  const { trades, quote } = view;
  const all = trades.length <= LISTED;
  const byResult = trades.map((trade, i) => ({ trade, i })).sort((a, b) => b.trade.pnlQuote - a.trade.pnlQuote || a.i - b.i);
  const shown = all ? trades.map((trade, i) => ({ trade, i })) : [...byResult.slice(0, EXTREMES), ...byResult.slice(-EXTREMES)];
  const embedded = Math.min(trades.length, EMBEDDED_TRADES);
  const caption = html`<b>Table ${numbering.nextTable()}.</b> ${all ? 'Every closed trade.' : `The ${EXTREMES} best and ${EXTREMES} worst of ${counted(trades.length, 'closed trade')}${embedded < trades.length ? `; the page carries the last ${formatCount(embedded)}, the artefact all` : ''}.`}`;
  const rows = shown.map(({ trade, i }) => ({ cells: tradeCells(trade, i, view) }));
  return html`<div class="trades" id="trade-list">${table({ id: 'trades', caption, columns: tradeColumns(view, quote), rows })}</div>`;
}

function tradeColumns({ symbols }: TradesView, quote: string): Column[] {
  return [
    text('#'), ...(symbols.length > 1 ? [text('Market')] : []), text('Side'), text('Entry (UTC)'), text('Exit (UTC)'), number(`Net ${quote}`), number('Net %'), text('Reason'), number('Bars'), number('Entry price'), number('Exit price'), number('Quantity'),
    number(`Fees ${quote}`), number(`Spread + slip ${quote}`), number(`Funding ${quote}`), number('MAE %'), number('MFE %'),
  ];
}

function tradeCells(trade: Trade, index: number, view: TradesView): string[] {
  return [
    String(index + 1), ...(view.symbols.length > 1 ? [view.symbols[trade.market] ?? String(trade.market)] : []), trade.side, formatMinute(trade.entryTimeMs), formatMinute(trade.exitTimeMs), formatSigned(trade.pnlQuote, 2), percent(trade.returnFrac), trade.exitReason, formatCount(trade.exitBar - trade.entryBar),
    price(trade.entryPrice, view), price(trade.exitPrice, view), String(Number(trade.qtyBase.toPrecision(6))), formatNumber(trade.feesQuote, 2), formatNumber(trade.spreadQuote + trade.slippageQuote, 2),
    formatNumber(trade.fundingQuote, 2), percent(trade.maeFrac), percent(trade.mfeFrac),
  ].map((cell) => cell.replace(/^-/, MINUS));
}

function price(value: number, { trades, openTrade }: TradesView): string {
  return formatNumber(value, digitsOf(trades.length > 0 ? trades : openTrade === null ? [] : [openTrade]));
}

function digitsOf(trades: readonly Trade[]): number {
  return trades.length === 0 ? 2 : priceDigits(trades[0].entryPrice);
}

function number(label: string): Column {
  return { label, align: 'number' };
}

function text(label: string): Column {
  return { label, align: 'text' };
}

function percent(frac: number): string {
  return formatSigned(frac * 100, 2);
}

/** Nine significant digits: more than any price has. */
function short(value: number): number {
  return Number(value.toPrecision(9));
}
