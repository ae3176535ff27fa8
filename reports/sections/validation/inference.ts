import { type Bounds, type Evidence, isMissing } from '../../../engine/index.ts';
import { datumOr, type NumberKind } from '../../datum.ts';
import type { Numbering } from '../../figures/figure.ts';
import { counted, formatCount, formatNumber } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import { ANNUAL_NEEDS_DAYS } from '../../metric-text.ts';
import { Footnotes, type Row, table } from '../../table.ts';
import { NEEDS_DAYS } from './missing.ts';

/** How long it was, how sure its figures are, and what is left of them under stricter forms. */
export function inferenceSection(evidence: Evidence, numbering: Numbering): Html {
  return html`${boundsTable(evidence, numbering)}${statisticsTable(evidence, numbering)}`;
}

function boundsTable({ outOfSample: { bootstrap }, sample }: Evidence, numbering: Numbering): Html {
  const footnotes = new Footnotes();
  const short = sample.days < ANNUAL_NEEDS_DAYS;
  const names = [['sharpeAnn', 'Annual Sharpe', 'ratio', true], ['cagr', 'Growth a year (CAGR)', 'gain', true], ['maxDrawdown', 'Deepest fall', 'percent', false]] as const;
  const ends = ['estimate', 'lower99', 'lower95', 'upper95'] as const satisfies readonly (keyof Bounds)[];
  const rows = names.map(([name, label, kind, annual]): Row => ({
    cells: [label, ...ends.map((end) => datumOr(`evidence.outOfSample.bootstrap.${name}.${end}`, annual && short ? null : bootstrap[name][end], kind, annual && short ? NEEDS_DAYS : 'not defined in enough draws', footnotes))],
  }));
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Out of sample, from daily returns: one-sided bounds of ${formatCount(bootstrap.draws)} draws of the stationary bootstrap, mean block ${formatNumber(bootstrap.blockDays, 1)} days, seed ${formatNumber(bootstrap.seed, 0)}.`,
    columns: [{ label: 'Figure', align: 'text' }, { label: 'Value', align: 'number' }, { label: 'Lower 99 %', align: 'number' }, { label: 'Lower 95 %', align: 'number' }, { label: 'Upper 95 %', align: 'number' }],
    rows, footnotes,
  });
}

function statisticsTable({ outOfSample, sample, search }: Evidence, numbering: Numbering): Html {
  const footnotes = new Footnotes();
  const short = sample.days < ANNUAL_NEEDS_DAYS;
  const undefinedHere = 'not defined for these returns';
  const row = (label: string, path: string, value: number | null, kind: NumberKind, meaning: string, annual = false): Row => ({
    cells: [label, datumOr(`evidence.${path}`, annual && short ? null : value, kind, annual && short ? NEEDS_DAYS : undefinedHere, footnotes), meaning],
  });
  const haircut = (label: string, name: 'bonferroni' | 'sidak'): Row => {
    if (isMissing(search)) return { cells: [label, footnotes.dash(search.missing), 'what is left of the winner’s Sharpe after paying for the search'] };
    return row(label, `search.haircut.${name}`, search.haircut[name], 'ratio', 'what is left of the winner’s Sharpe after paying for the search', true);
  };
  const group = (title: string): Row => ({ cells: [title], role: 'group' });
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Sample and inference: ${counted(sample.days, 'day')}, ${counted(sample.trades, 'trade')} out of sample.`,
    columns: [{ label: 'Statistic', align: 'text' }, { label: 'Value', align: 'number' }, { label: 'What it says', align: 'wrap' }],
    rows: [
      group('Sample'),
      row('Days', 'sample.days', sample.days, 'count', 'length of the stitched curve'),
      row('Trades', 'sample.trades', sample.trades, 'count', 'closed out of sample'),
      row('Independent bets', 'sample.bets', sample.bets, 'count', 'bars in position ÷ mean holding of a trade'),
      group('Sharpe ratio'),
      row('Annual, of daily returns', 'outOfSample.sharpeAnn', outOfSample.sharpeAnn, 'ratio', `${formatNumber(outOfSample.periodsPerYear, 0)} periods a year`, true),
      row('Standard error', 'outOfSample.standardErrorAnn', outOfSample.standardErrorAnn, 'ratio', 'with skew and kurtosis', true),
      row('Annual, allowing for autocorrelation', 'outOfSample.sharpeAnnAutocorrelated', outOfSample.sharpeAnnAutocorrelated, 'ratio', 'Lo (2002)', true),
      row('PSR(0)', 'outOfSample.psr', outOfSample.psr, 'probability', 'probability that the true Sharpe ratio is above zero'),
      row('PSR(0), variance at the null', 'outOfSample.psrNullVariance', outOfSample.psrNullVariance, 'probability', 'the same in the form of 2025'),
      row('Least track record, years', 'outOfSample.minTrackRecordYears', outOfSample.minTrackRecordYears, 'decimal', 'to believe in a Sharpe above zero at 95 %', true),
      group('Daily returns'),
      row('Skewness', 'outOfSample.skewness', outOfSample.skewness, 'ratio', 'negative: rare large losses'),
      row('Kurtosis', 'outOfSample.kurtosis', outOfSample.kurtosis, 'ratio', 'of a normal distribution: 3'),
      row('Autocorrelation, one day', 'outOfSample.autocorrelation1', outOfSample.autocorrelation1, 'ratio', 'positive: the plain Sharpe ratio flatters'),
      group('Haircut'),
      haircut('Sharpe after Bonferroni', 'bonferroni'), haircut('Sharpe after Šidák', 'sidak'),
    ],
    footnotes,
  });
}
