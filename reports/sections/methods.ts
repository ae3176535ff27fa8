import { type CausalityProof, causalityWords, type FundingRef, type MarketRef, type SimulationConfig } from '../../engine/index.ts';
import { formatBps, formatCount, formatDate, formatDateTime, formatNumber, formatParam, formatPercent, formatTimeframe } from '../format.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import type { ReportContext } from '../types.ts';
import { assumptionRows } from './assumptions.ts';

const INTRABAR = {
  pessimistic: 'pessimistic: where a bar reached two levels, the worse one filled first',
  optimistic: 'optimistic: where a bar reached two levels, the better one filled first',
  path: 'path: open, then the nearer extreme, the farther one, the close',
  'lower-timeframe': 'lower timeframe: where a bar reached two levels, its finer bars decide',
} as const;

export interface MethodsView {
  readonly id: string;
  readonly engineVersion: string;
  readonly strategyId: string;
  readonly codeHash: string;
  readonly markets: readonly MarketRef[];
  readonly config: SimulationConfig;
  readonly causality: CausalityProof;
  /** Facts of this kind of report: parameters, plan, objective. */
  readonly facts: readonly (readonly [string, HtmlValue])[];
  readonly context: ReportContext;
  /** Intervals and luck tests behind the figures; none unless said. */
  readonly tests?: string;
}

/** Every assumption behind the figures, and what it takes to make them again. */
export function methodsSection({ id, engineVersion, strategyId, codeHash, markets, config, causality, facts, context, tests = 'none in this report: they are part of assay validate, which reads the walk-forward and every trial of the claim' }: MethodsView): Html {
  const { costs, account, rules } = config;
  const quote = quoteOf(markets);
  const rows: (readonly [string, HtmlValue])[] = [
    ...assumptionRows(config, quote),
    ['Intrabar policy', config.profile === 'assay' ? INTRABAR[config.intrabar] : `that of ${config.profile}: the stop before the target`],
    ['Costs', `taker ${formatBps(costs.takerFeeBps)}, maker ${formatBps(costs.makerFeeBps)}${config.fees === null ? '' : ' before anything is traded'}, half spread ${formatBps(costs.halfSpreadBps)}, slippage ${formatBps(costs.slippageBps)}`],
    ['Account', `${account.kind}, ${formatNumber(account.initialCash, 2)} ${quote}, leverage at most ${formatNumber(account.maxLeverage, Number.isInteger(account.maxLeverage) ? 0 : 2)}×${account.kind === 'margin' ? `, maintenance ${formatPercent(account.maintenanceFrac)}, liquidation fee ${formatPercent(account.liquidationFeeFrac)}` : ''}, borrow ${formatPercent(account.borrowAnnFrac)} a year`],
    ['Venue rules', `${rules.lotStep === 0 ? 'any quantity' : `lots of ${formatParam(rules.lotStep)}`}, ${rules.tickSize === 0 ? 'any price' : `ticks of ${formatParam(rules.tickSize)}`}, ${rules.minNotionalQuote === 0 ? 'no minimum notional' : `minimum notional ${formatNumber(rules.minNotionalQuote, 2)} ${quote}`}`],
    ['Funding', config.profile === 'assay' ? fundingWords(markets, config) : 'none: the profile knows none'],
    ...(markets.length > 1 ? [['Delisting', `a long whose bars end before the others’ is closed at its last price less ${formatPercent(config.execution.delistingHaircutFrac)}`] as [string, HtmlValue]] : []),
    ['Last bar', config.flattenAtEnd ? 'open positions are closed at taker cost' : 'open positions are marked to the close, not closed'],
    ...facts.map(([name, value]): [string, HtmlValue] => [name, value]),
    ...markets.map((market, i): [string, HtmlValue] => [markets.length > 1 ? `Market ${i + 1}` : 'Market', marketWords(market)]),
    ['Data defects and sources', context.dataNotes === undefined || context.dataNotes.length === 0 ? 'not stated to the report' : context.dataNotes.map((note) => html`${note}<br>`)],
    ['Look-ahead proof', proofWords(causality)],
    ['Seed', context.seed === undefined ? 'no random number was drawn for this report' : String(context.seed)],
    ['Intervals and luck tests', tests],
    ['Strategy', html`${strategyId} · code <span class="id">${codeHash}</span>`],
    ['Engine', `Assay ${engineVersion}`],
    ['Artefact id', html`<span class="id">${id}</span>`],
    ...(context.command === undefined ? [] : [['Command', html`<code>${context.command}</code>`] as [string, HtmlValue]]),
    ...(context.createdAtMs === undefined ? [] : [['Written', formatDateTime(context.createdAtMs)] as [string, HtmlValue]]),
    ['Cite as', `Assay ${engineVersion}, ${strategyId}, artefact ${id}`],
  ];
  return html`<p>The same data, code, parameters and seed give the same bytes. Sharpe and volatility are of bar returns, annualised by bars a year; drawdown is from the running peak of equity at bar closes; trade statistics are of closed trades, net of every cost.</p>
<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** The proof in a line, or every leak. */
function proofWords(causality: CausalityProof): HtmlValue {
  if (causality.leaks.length > 0) return causality.leaks.map(({ message }) => html`${message}<br>`);
  const { warmup, seed } = causality;
  return `${causalityWords(causality)} when the bars after them were cut off or replaced, seed ${seed}; ${formatCount(warmup.changed)} of ${formatCount(warmup.compared)} changed with a longer history`;
}

function fundingWords(markets: readonly MarketRef[], { funding }: SimulationConfig): string {
  if (funding === 'none') return 'none charged, as asked';
  const words = markets.flatMap((market) => (market.funding === null ? [] : [`${markets.length > 1 ? `${market.instrument.symbol} ` : ''}${paymentWords(market.funding)}, ${market.hasMark ? 'mark prices came with the bars' : 'no mark prices with the bars'}`]));
  return words.length > 0 ? words.join('; ') : 'none: no market is a perpetual with funding data';
}

function paymentWords({ payments, intervalMs, firstTimeMs, lastTimeMs }: FundingRef): string {
  if (firstTimeMs === null || lastTimeMs === null) return 'no payment falls into the bars';
  const every = intervalMs === null ? '' : ` every ${formatTimeframe(intervalMs)}`;
  return `${formatCount(payments)} payment${payments === 1 ? '' : 's'}${every}, ${formatDate(firstTimeMs)} to ${formatDate(lastTimeMs)}`;
}

export function quoteOf(markets: readonly MarketRef[]): string {
  return markets[0].instrument.symbol.split(/[/:]/)[1] ?? 'quote';
}

/** A name for each market; a symbol that is there twice with the day of its first bar. */
export function marketNames(markets: readonly MarketRef[]): string[] {
  const symbols = markets.map(({ instrument }) => instrument.symbol);
  return markets.map(({ firstTimeMs }, m) => (symbols.indexOf(symbols[m]) === symbols.lastIndexOf(symbols[m]) ? symbols[m] : `${symbols[m]} from ${formatDate(firstTimeMs)}`));
}

/** Whether the markets have the same bars, so that the prices of one can stand beside the account. */
export function isOneClock(markets: readonly MarketRef[]): boolean {
  const [first] = markets;
  return markets.every(({ bars, firstTimeMs, lastTimeMs }) => bars === first.bars && firstTimeMs === first.firstTimeMs && lastTimeMs === first.lastTimeMs);
}

export function symbolsOf(markets: readonly MarketRef[]): string {
  const names = markets.slice(0, 3).map(({ instrument }) => instrument.symbol).join(', ');
  return markets.length > 3 ? `${names} and ${markets.length - 3} more` : names;
}

function listingWords({ listedFromMs, listedToMs }: MarketRef['instrument']): string {
  return `${listedFromMs === undefined ? '' : `, listed from ${formatDate(listedFromMs)}`}${listedToMs === undefined ? '' : `, listed to ${formatDate(listedToMs)}`}`;
}

function marketWords({ instrument, timeframeMs, bars, firstTimeMs, lastTimeMs, dataHash }: MarketRef): Html {
  return html`${instrument.symbol} on ${instrument.venue} (${instrument.kind}, ${instrument.calendar}${listingWords(instrument)}), ${formatTimeframe(timeframeMs)}, ${formatCount(bars)} bars ${formatDate(firstTimeMs)} to ${formatDate(lastTimeMs)} · data <span class="id">${dataHash}</span>`;
}
