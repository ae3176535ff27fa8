import { type Baselines, type Capacity, type Evidence, isMissing, type PooledMarkets, type RegimeEvidence, type RuinEvidence } from '../../../engine/index.ts';
import { datum, datumOr, TEXT_OF } from '../../datum.ts';
import { histogramFigure } from '../../figures/bars.ts';
import { figure, type Numbering } from '../../figures/figure.ts';
import { type RowMark, rowsFigure } from '../../figures/rows.ts';
import { counted, formatCount, formatDate, formatNumber, formatParam, formatPercent, formatProbability, formatSignedPercent } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import { histogram, median } from '../../series.ts';
import { Footnotes, type Row, table } from '../../table.ts';
import { notComputable } from './missing.ts';

const NONE = 'no value';

/** Kinds of market, named shocks, holding and random entries beside it, the account’s ruin, other markets, and size. */
export async function marketsSection({ regimes, baselines, ruin, pooled, capacity, outOfSample }: Evidence, numbering: Numbering): Promise<Html> {
  return html`${isMissing(regimes) ? notComputable('Regimes and shocks', regimes.missing) : html`${await regimeFigure(regimes, numbering)}${shockTable(regimes, numbering)}`}
${isMissing(baselines) ? notComputable('Baselines', baselines.missing) : html`${baselineTable(baselines, outOfSample.sharpeAnn, numbering)}${await randomFigure(baselines, outOfSample.sharpeAnn, numbering)}`}
${isMissing(ruin) ? notComputable('Probability of ruin', ruin.missing) : ruinTable(ruin, numbering)}
${isMissing(pooled) ? notComputable('Markets pooled', pooled.missing) : await pooledFigure(pooled, numbering)}
${isMissing(capacity) ? notComputable('Capacity', capacity.missing) : capacityWords(capacity)}`;
}

async function regimeFigure({ regimes }: RegimeEvidence, numbering: Numbering): Promise<Html> {
  if (regimes.length === 0) return notComputable('Regimes', 'no regime was told apart');
  const richest = regimes.toSorted((a, b) => (b.profitShare ?? -Infinity) - (a.profitShare ?? -Infinity))[0];
  const rows: RowMark[] = regimes.map(({ name, sharpeAnn }) => ({ label: name, value: sharpeAnn, text: sharpeAnn === null ? NONE : formatNumber(sharpeAnn, 2), own: true }));
  return figure(rowsFigure({
    id: 'regimes', name: 'Sharpe by kind of market',
    finding: richest.profitShare === null ? 'The Sharpe ratio in each kind of market.' : `“${richest.name}”, ${formatPercent(richest.share)} of the days, brought ${richest.profitShare > 1 ? 'more than all' : formatPercent(richest.profitShare)} of the profit.`,
    description: 'A bar a row from zero: the annual Sharpe ratio of the unseen curve within each kind of market.',
    rows, shape: 'bar', format: 'number', xTitle: 'annual Sharpe within the regime (linear)', marks: [],
    columns: [{ label: 'Regime', align: 'text' }, { label: 'Days', align: 'number' }, { label: 'Of all days', align: 'number' }, { label: 'Sharpe', align: 'number' }, { label: 'Of the profit', align: 'number' }],
    row: (i) => [regimes[i].name, formatCount(regimes[i].days), formatPercent(regimes[i].share), rows[i].text, regimes[i].profitShare === null ? NONE : formatPercent(regimes[i].profitShare)],
  }), numbering);
}

function shockTable({ shocks }: RegimeEvidence, numbering: Numbering): Html {
  if (shocks.length === 0) return html`<p>No named shock lies in the unseen bars.</p>`;
  const footnotes = new Footnotes();
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Named shocks within the unseen bars.`,
    columns: [{ label: 'Shock', align: 'text' }, { label: 'From (UTC)', align: 'text' }, { label: 'To', align: 'text' }, { label: 'Strategy', align: 'number' }, { label: 'Holding', align: 'number' }],
    rows: shocks.map(({ name, fromMs, toMs, totalReturn, holdReturn }, i) => ({
      cells: [name, formatDate(fromMs), formatDate(toMs), datum(`evidence.regimes.shocks.${i}.totalReturn`, totalReturn, formatSignedPercent(totalReturn)), datumOr(`evidence.regimes.shocks.${i}.holdReturn`, holdReturn, 'gain', 'holding has no price there', footnotes)],
    })),
    footnotes,
  });
}

function baselineTable({ hold, emaCross, random }: Baselines, own: number | null, numbering: Numbering): Html {
  const footnotes = new Footnotes();
  const reason = 'the returns cannot be set against holding';
  const rows: Row[] = [
    { cells: ['The strategy, unseen', datumOr('evidence.outOfSample.sharpeAnn', own, 'ratio', 'not defined for these returns', footnotes), ''], role: 'chosen' },
    {
      cells: [hold.name, datumOr('evidence.baselines.hold.sharpeAnn', hold.sharpeAnn, 'ratio', 'not defined for these returns', footnotes), html`intercept ${datumOr('evidence.baselines.hold.alphaAnn', hold.alphaAnn, 'gain', reason, footnotes)} a year beyond ${datumOr('evidence.baselines.hold.beta', hold.beta, 'ratio', reason, footnotes)} of it, HAC t ${datumOr('evidence.baselines.hold.t', hold.t, 'ratio', reason, footnotes)}, one-sided p ${datumOr('evidence.baselines.hold.p', hold.p, 'probability', reason, footnotes)}`],
    },
    {
      cells: isMissing(emaCross) ? ['EMA cross', footnotes.dash(emaCross.missing), '']
        : ['EMA cross', datumOr('evidence.baselines.emaCross.sharpeAnn', emaCross.sharpeAnn, 'ratio', 'not defined for these returns', footnotes), Object.entries(emaCross.params).map(([name, value]) => `${name} ${formatParam(value)}`).join(', ')],
    },
    {
      cells: isMissing(random) ? ['Random entries', footnotes.dash(random.missing), '']
        : ['Random entries', median(random.sharpesAnn) === null ? footnotes.dash('no draw has a Sharpe ratio') : formatNumber(median(random.sharpesAnn) as number, 2), `median of ${counted(random.draws, 'draw')} of the same turnover and holding times; ${formatPercent(random.percentile)} lie below the strategy, seed ${formatNumber(random.seed, 0)}`],
    },
  ];
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> What costs no skill: annual Sharpe ratios over the unseen bars.`,
    columns: [{ label: 'Rule', align: 'text' }, { label: 'Sharpe', align: 'number' }, { label: 'Compared', align: 'wrap' }], rows, footnotes,
  });
}

async function randomFigure({ random }: Baselines, own: number | null, numbering: Numbering): Promise<Html> {
  if (isMissing(random)) return notComputable('Random entries', random.missing);
  if (random.sharpesAnn.length === 0) return notComputable('Random entries', 'no draw has a Sharpe ratio');
  return figure(histogramFigure({
    id: 'random', name: 'random entries',
    finding: html`The strategy does better than ${datum('evidence.baselines.random.percentile', random.percentile, formatPercent(random.percentile))} of random entries with its turnover and holding times.`,
    description: 'A histogram of the annual Sharpe ratio of random entries with the strategy’s turnover and holding times; a dashed rule at the strategy.',
    bins: histogram(random.sharpesAnn, 30), format: 'number', xTitle: 'annual Sharpe (linear)', yTitle: 'Draws (linear)',
    marks: own === null ? [] : [{ value: own, label: `strategy ${formatNumber(own, 2)}`, glyph: '◆' }],
    note: `${counted(random.draws, 'draw')}, seed ${formatNumber(random.seed, 0)}.`, signed: false, chance: true, edge: (value) => formatNumber(value, 2),
  }), numbering);
}

function ruinTable({ horizonDays, draws, liquidations, fallBy }: RuinEvidence, numbering: Numbering): Html {
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> How far the account may fall within ${counted(horizonDays, 'day')}, in ${counted(draws, 'block-bootstrap path')} of the unseen returns. Liquidations in the unseen bars: ${datum('evidence.ruin.liquidations', liquidations, formatCount(liquidations))}.`,
    columns: [{ label: 'Fall of at least', align: 'text' }, { label: 'Probability', align: 'number' }],
    rows: fallBy.map(({ lossFrac, probability }, i) => ({ cells: [formatPercent(lossFrac), datum(`evidence.ruin.fallBy.${i}.probability`, probability, probability === 0 ? 'none' : formatProbability(probability))] })),
  });
}

async function pooledFigure({ markets, meanDaily, t, p }: PooledMarkets, numbering: Numbering): Promise<Html> {
  if (markets.length === 0) return notComputable('Markets pooled', 'no market was pooled');
  const positive = markets.filter(({ sharpeAnn }) => sharpeAnn !== null && sharpeAnn > 0).length;
  const rows: RowMark[] = markets.map(({ name, sharpeAnn }) => ({ label: name, value: sharpeAnn, text: sharpeAnn === null ? NONE : formatNumber(sharpeAnn, 2), own: true }));
  const test = t === null || p === null ? null : html` (t ${datum('evidence.pooled.t', t, formatNumber(t, 2))}, one-sided p ${datum('evidence.pooled.p', p, TEXT_OF.probability(p))}, errors clustered by day)`;
  return figure(rowsFigure({
    id: 'pooled', name: 'Sharpe of each market',
    finding: html`${formatCount(positive)} of ${counted(markets.length, 'market')} have a positive Sharpe ratio; the pooled mean is ${formatSignedPercent(meanDaily)} a day${test}.`,
    description: 'A dot a row: the annual Sharpe ratio of each market; a rule at zero.',
    rows, shape: 'dot', format: 'number', xTitle: 'annual Sharpe (linear)', marks: [],
    columns: [{ label: 'Market', align: 'text' }, { label: 'Sharpe', align: 'number' }], row: (i) => [rows[i].label, rows[i].text],
  }), numbering);
}

function capacityWords({ fills, medianParticipation, largestParticipation }: Capacity): Html {
  if (medianParticipation === null || largestParticipation === null) return notComputable('Capacity', 'no fill met a bar with volume');
  return html`<p>Capacity: of ${counted(fills, 'fill')} the median took ${datum('evidence.capacity.medianParticipation', medianParticipation, formatPercent(medianParticipation, 3))} of its bar’s volume, the largest ${datum('evidence.capacity.largestParticipation', largestParticipation, formatPercent(largestParticipation))}.</p>`;
}
