import { DEFAULT_EXECUTION, type ExecutionRules, type FeeSchedule, formatDuration, type SimulationConfig, VENUES } from '../../engine/index.ts';
import { counted, formatBps, formatDate, formatNumber, formatParam, formatPercent } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';

type Row = readonly [string, HtmlValue];

/** When fills happen, for a line of facts. */
export function fillWords({ execution }: SimulationConfig): string {
  return execution.fill === 'close' ? 'close that decided' : 'next open';
}

/** By whose rules orders are filled, and at which price. */
function fillRule({ profile, execution }: SimulationConfig): string {
  const isClose = execution.fill === 'close';
  const when = isClose ? 'at that close' : 'at the next bar’s open';
  if (profile === 'vectorbt') {
    return `profile vectorbt: a decision at a bar’s close fills ${when} by the rules of vectorbt 1.1.0 from_signals; half the spread and slippage are its slippage, the taker fee its fees`;
  }
  if (profile === 'backtesting.py') {
    return `profile backtesting.py: a decision at a bar’s close fills ${when} by the rules of backtesting.py 0.6, in whole units or lots; half the spread and slippage are its spread, on entries only, the taker fee its commission`;
  }
  return isClose
    ? 'a decision at a bar’s close fills at that same close, which nobody can trade: for comparison with peers only'
    : 'a decision at a bar’s close fills at the next bar’s open, moved against the trader by half the spread and slippage';
}

/** Fills, and whatever of execution, fees, sizing, rebalancing and caps is not the default. */
export function assumptionRows(config: SimulationConfig, quote: string): Row[] {
  const { execution, sizing, rebalance, caps, fees, costs } = config;
  const rules = executionWords(execution);
  const rows: (Row | null)[] = [
    ['Fills', fillRule(config)],
    rules.length === 0 ? null : ['Execution rules', rules.join('; ')],
    costs.impactBps === 0 ? null : ['Impact', `a taker pays ${formatBps(costs.impactBps)} × √(order ÷ volume of the bar) on top of slippage`],
    fees === null ? null : ['Fee schedule', feesWords(fees, quote)],
    sizing.kind === 'exposure' ? null : ['Sizing', sizingWords(config, quote)],
    rebalance.kind === 'on-change' ? null : ['Rebalancing', rebalance.kind === 'band' ? `an unchanged target x is traded back to when exposure is off by ${formatPercent(rebalance.bandFrac)}` : `an unchanged target is traded back to every ${formatDuration(rebalance.everyMs)}`],
    caps.perInstrument === null && caps.gross === null ? null : ['Exposure caps', capWords(config)],
  ];
  return rows.filter((row) => row !== null);
}

function executionWords(rules: ExecutionRules): string[] {
  const changed = <K extends keyof ExecutionRules>(name: K): boolean => rules[name] !== DEFAULT_EXECUTION[name];
  const lines: [boolean, string][] = [
    [changed('limitFill'), 'resting limits fill when touched, as if first in the queue'],
    [changed('triggerOn'), 'stops are triggered by the mark price'],
    [changed('liquidateOn'), 'liquidation is judged on the last price, not on the mark'],
    [changed('volumeCapFrac'), `at most ${formatPercent(rules.volumeCapFrac)} of a bar’s volume is filled, the rest is ${rules.volumeCapRemainder === 'carry' ? 'carried over' : 'cancelled'}`],
    [changed('latencyBars'), `stress: every decision, order and cancellation is carried out ${counted(rules.latencyBars, 'bar')} later`],
    [changed('stopDelayBars'), `stress: stops fill ${counted(rules.stopDelayBars, 'bar')} late, at an open`],
    [changed('dropBarsAfterGap'), `stress: ${counted(rules.dropBarsAfterGap, 'bar')} after a gap cannot be traded`],
    [changed('delistingHaircutFrac'), `a long whose bars end is closed at its last price less ${formatPercent(rules.delistingHaircutFrac)}`],
  ];
  return lines.filter(([applies]) => applies).map(([, text]) => text);
}

function feesWords({ name, tables }: FeeSchedule, quote: string): HtmlValue {
  const sources = Object.hasOwn(VENUES, name) ? VENUES[name].sources : [];
  return [
    html`${name}, by what the account traded in the 30 days before<br>`,
    ...tables.map(({ fromMs, tiers }, i) => html`${i === 0 ? 'from the start' : `from ${formatDate(fromMs)}`}, taker / maker: ${tiers
      .map((tier) => `${tier.fromVolumeQuote === 0 ? '' : `from ${formatNumber(tier.fromVolumeQuote, 0)} ${quote} `}${formatParam(tier.takerFeeBps)} / ${formatBps(tier.makerFeeBps)}`)
      .join(', ')}<br>`),
    ...sources.map(({ what, url, dated }) => html`source: ${what}, ${url}, ${dated}<br>`),
  ];
}

function sizingWords({ sizing }: SimulationConfig, quote: string): string {
  switch (sizing.kind) {
    case 'exposure':
      return 'a target x is x of the equity';
    case 'fixed-quote':
      return `a target x is x times ${formatNumber(sizing.notionalQuote)} ${quote}`;
    case 'fixed-quantity':
      return `a target x is x times ${formatParam(sizing.qtyBase)} units`;
    case 'volatility-target':
      return `a target x is x times ${formatPercent(sizing.annualVolFrac)} ÷ the volatility a year of the last ${counted(sizing.windowBars, 'bar')}`;
    case 'atr-risk':
      return `a target x loses x times ${formatPercent(sizing.riskFrac)} of the equity when the price moves ${formatParam(sizing.atrMultiple)} average true ranges of ${counted(sizing.windowBars, 'bar')}`;
    default:
      return `a target x is x times ${formatParam(sizing.fraction)} of the Kelly fraction of the last ${counted(sizing.lastTrades, 'trade')}, in 0 … ${formatParam(sizing.capFrac)}; x alone until ${counted(sizing.minTrades, 'trade')} are closed`;
  }
}

function capWords({ caps }: SimulationConfig): string {
  return [
    ...(caps.perInstrument === null ? [] : [`one instrument at most ${formatParam(caps.perInstrument)} × equity`]),
    ...(caps.gross === null ? [] : [`all together at most ${formatParam(caps.gross)} × equity`]),
  ].join(', ');
}
