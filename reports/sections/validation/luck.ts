import { type Evidence, isMissing, type SearchEvidence } from '../../../engine/index.ts';
import { datum, datumOr, TEXT_OF } from '../../datum.ts';
import { histogramFigure } from '../../figures/bars.ts';
import { curveFigure } from '../../figures/curve.ts';
import { figure, type Numbering } from '../../figures/figure.ts';
import { counted, formatCount, formatNumber, formatProbability } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import { histogram } from '../../series.ts';
import { Footnotes, type Row, table } from '../../table.ts';
import { deflatedCurve } from './deflated.ts';
import { notComputable } from './missing.ts';

/** Whether the best of so many trials would be as good without skill. */
export async function luckSection({ search }: Evidence, numbering: Numbering): Promise<Html> {
  if (isMissing(search)) return notComputable('Luck of the search', search.missing);
  return html`${await nullFigure(search, numbering)}${await trialsFigure(search, numbering)}${await deflatedFigure(search, numbering)}${testsTable(search, numbering)}${await permutationFigure(search, numbering)}`;
}

async function nullFigure({ realityCheck, trials }: SearchEvidence, numbering: Numbering): Promise<Html> {
  const { p, draws, blockDays, seed, observed } = realityCheck;
  if (realityCheck.null.length === 0) return notComputable('Reality Check', 'no draw of the null');
  return figure(histogramFigure({
    id: 'null', name: 'best of the trials without skill',
    finding: html`Without skill, the best of ${counted(trials, 'trial')} is at least as good with probability ${datum('evidence.search.realityCheck.p', p, formatProbability(p))} (Reality Check).`,
    description: 'A histogram of the greatest studentised Sharpe ratio over all trials in draws without skill; a dashed rule at the greatest that was observed.',
    bins: histogram(realityCheck.null, 30), format: 'number', xTitle: 'greatest studentised Sharpe of a draw (linear)', yTitle: 'Draws shown (linear)',
    marks: [{ value: observed, label: `observed ${formatNumber(observed, 2)}`, glyph: '◆' }],
    note: `White’s Reality Check of studentised Sharpe ratios: p = (1 + draws at least as great) ÷ (1 + B), B = ${formatCount(draws)} draws of the stationary bootstrap, mean block ${formatNumber(blockDays, 1)} days, seed ${formatNumber(seed, 0)}; ${formatCount(realityCheck.null.length)} of them are drawn.`,
    signed: false, chance: true, edge: (value) => formatNumber(value, 2),
  }), numbering);
}

async function trialsFigure({ trialSharpesAnn, luckSharpeAnn, winner, trials, dropped, ledgerTrials }: SearchEvidence, numbering: Numbering): Promise<Html> {
  const known = trialSharpesAnn.filter((value) => value !== null);
  if (known.length < 2) return notComputable('Sharpe ratios of the trials', 'fewer than two trials have a Sharpe ratio');
  const n = isMissing(ledgerTrials) ? null : ledgerTrials.n;
  const luck = luckSharpeAnn === null ? null : html`luck alone would give ${datum('evidence.search.luckSharpeAnn', luckSharpeAnn, formatNumber(luckSharpeAnn, 2))}`;
  const best = winner.sharpeAnn === null ? html`The winner has no Sharpe ratio` : html`The best has a Sharpe ratio of ${datum('evidence.search.winner.sharpeAnn', winner.sharpeAnn, formatNumber(winner.sharpeAnn, 2))}`;
  return figure(histogramFigure({
    id: 'trials', name: 'Sharpe ratios of the trials',
    finding: html`${best}${luck === null ? null : html`; ${luck}${n === null ? null : ` in ${counted(n, 'trial')}`}`}.`,
    description: 'A histogram of the full-window annual Sharpe ratio of every trial; dashed rules at the greatest that luck would give and at the winner.',
    bins: histogram(known, 30), format: 'number', xTitle: 'annual Sharpe, whole window (linear)', yTitle: 'Trials (linear)',
    marks: [
      ...(luckSharpeAnn === null ? [] : [{ value: luckSharpeAnn, label: `luck ${formatNumber(luckSharpeAnn, 2)}`, glyph: '▾' }]),
      ...(winner.sharpeAnn === null ? [] : [{ value: winner.sharpeAnn, label: `best ${formatNumber(winner.sharpeAnn, 2)}`, glyph: '◆' }]),
    ],
    note: `${formatCount(trials)} trials with returns, ${formatCount(dropped)} without variance or failed${n === null ? '' : `; N = ${formatCount(n)} distinct points of the claim in the ledger`}. Luck: the expected greatest Sharpe ratio of N trials without skill.`,
    signed: false, edge: (value) => formatNumber(value, 2),
  }), numbering);
}

async function deflatedFigure(search: SearchEvidence, numbering: Numbering): Promise<Html> {
  const curve = deflatedCurve(search);
  if (isMissing(curve)) return notComputable('Deflated Sharpe against the number of trials', curve.missing);
  const points = curve.points.map(({ trials, dsr }) => ({ x: trials, y: dsr }));
  const measured = points.filter(({ x }) => x === curve.ledgerTrials);
  const alone = points[0].y;
  return figure(curveFigure({
    id: 'deflated', name: 'deflated Sharpe against the number of trials',
    finding: html`Counted as one trial the winner’s Sharpe ratio is above zero with probability ${formatProbability(alone)}; as the best of ${counted(curve.ledgerTrials, 'trial')}, above luck with ${datum('evidence.search.dsr', measured[0].y, formatProbability(measured[0].y))}.`,
    description: 'A falling line of the deflated Sharpe ratio, the probability that the winner is above the best that luck gives, over the number of trials on a log axis; a dashed rule and a dot at the number in the ledger.',
    points, dots: measured, xScale: { kind: 'log', lo: 0.9, hi: points[points.length - 1].x * 1.1 }, yScale: { kind: 'linear', lo: 0, hi: 1.04 }, xFormat: 'count', yFormat: 'number',
    xTitle: 'number of trials N (log)', yTitle: 'Deflated Sharpe ratio (linear)',
    marks: [{ value: curve.ledgerTrials, label: `ledger, N = ${formatCount(curve.ledgerTrials)}`, glyph: '▾' }], levels: [{ value: 0.95, label: '0.95' }],
    tip: ({ x, y }) => `N ${formatCount(x)}\nDSR ${formatProbability(y ?? 0)}`,
    note: 'At N = 1 it is the probabilistic Sharpe ratio. The variance of the trials and the winner’s standard error stay as measured. Shown beside the Reality Check, which decides.',
    columns: [{ label: 'Trials N', align: 'number' }, { label: 'DSR', align: 'number' }], row: (i) => [formatCount(points[i].x), formatProbability(points[i].y)],
  }), numbering);
}

function testsTable(search: SearchEvidence, numbering: Numbering): Html {
  const { realityCheck, spaCash, spaHold, stepwise, permutation, trials, dsrNullVariance, averageCorrelation, effectiveTrials, minBacktestYears, returnPrecision } = search;
  const footnotes = new Footnotes();
  const path = 'evidence.search';
  const undefinedHere = 'not defined for these trials';
  const spa = (name: 'spaCash' | 'spaHold', label: string, values: SearchEvidence['spaHold']): Row => ({
    cells: isMissing(values) ? [label, footnotes.dash(values.missing), ''] : [label, datum(`${path}.${name}.consistent`, values.consistent, formatProbability(values.consistent)), html`lower ${datum(`${path}.${name}.lower`, values.lower, formatProbability(values.lower))}, upper ${datum(`${path}.${name}.upper`, values.upper, formatProbability(values.upper))}`],
  });
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Tests of the whole search; small p-values speak against luck.`,
    columns: [{ label: 'Test', align: 'wrap' }, { label: 'Value', align: 'number' }, { label: 'Detail', align: 'wrap' }],
    rows: [
      { cells: ['Reality Check, p', datum(`${path}.realityCheck.p`, realityCheck.p, formatProbability(realityCheck.p)), `against cash, ${counted(trials, 'trial')}${returnPrecision === undefined ? '' : ', returns kept as 32-bit floats'}`] },
      spa('spaCash', 'Superior predictive ability against cash, p', spaCash), spa('spaHold', 'The same against holding at matched volatility, p', spaHold),
      { cells: ['Points better than cash (StepM)', datum(`${path}.stepwise.superior`, stepwise.superior, formatCount(stepwise.superior)), `of ${formatCount(trials)}, at a family-wise error of ${TEXT_OF.percent(stepwise.size)}`] },
      {
        cells: isMissing(permutation) ? ['Permuted bars, p', footnotes.dash(permutation.missing), '']
          : ['Permuted bars, p', datum(`${path}.permutation.p`, permutation.p, formatProbability(permutation.p)), `${counted(permutation.permutations, 'search', 'searches')} over bars in shuffled order`],
      },
      { cells: ['DSR, variance at the null', datumOr(`${path}.dsrNullVariance`, dsrNullVariance, 'probability', undefinedHere, footnotes), 'the form of 2025'] },
      { cells: ['Effective trials', datumOr(`${path}.effectiveTrials`, effectiveTrials, 'decimal', undefinedHere, footnotes), html`at an average correlation of ${datumOr(`${path}.averageCorrelation`, averageCorrelation, 'ratio', undefinedHere, footnotes)}; reported only`] },
      { cells: ['Least backtest, years', datumOr(`${path}.minBacktestYears`, minBacktestYears, 'decimal', undefinedHere, footnotes), 'below it, luck alone reaches the winner’s Sharpe'] },
    ],
    footnotes,
  });
}

async function permutationFigure({ permutation }: SearchEvidence, numbering: Numbering): Promise<Html> {
  if (isMissing(permutation)) return notComputable('Permuted bars', permutation.missing);
  if (permutation.null.length === 0) return notComputable('Permuted bars', 'no permutation was made');
  return figure(histogramFigure({
    id: 'permutation', name: 'best of the search over permuted bars',
    finding: html`The same search over shuffled bars finds as good a best with probability ${datum('evidence.search.permutation.p', permutation.p, formatProbability(permutation.p))}.`,
    description: 'A histogram of the best that the same search finds over bars in shuffled order; a dashed rule at the best over the real bars.',
    bins: histogram(permutation.null, 30), format: 'number', xTitle: 'best annual Sharpe of a search (linear)', yTitle: 'Permutations (linear)',
    marks: [{ value: permutation.observed, label: `real bars ${formatNumber(permutation.observed, 2)}`, glyph: '◆' }],
    note: `${counted(permutation.permutations, 'permutation')}: same bars, no order to find. p = (1 + permutations at least as good) ÷ (1 + permutations).`, signed: false, chance: true,
    edge: (value) => formatNumber(value, 2),
  }), numbering);
}
