import { type Concentration, type CostStress, type Evidence, isMissing, type LatencyPoint, type Params, type Plateau } from '../../../engine/index.ts';
import { datum, TEXT_OF } from '../../datum.ts';
import { curveFigure } from '../../figures/curve.ts';
import { figure, type Numbering } from '../../figures/figure.ts';
import { type RowMark, rowsFigure } from '../../figures/rows.ts';
import { counted, formatCount, formatNumber, formatParam, formatSignedPercent } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import { sharpeScale } from './scales.ts';
import { notComputable } from './missing.ts';

const SHARPE_TITLE = 'annual Sharpe (linear)';
const NONE = 'no value';
const sharpeText = (value: number | null): string => (value === null ? NONE : formatNumber(value, 2));

/** The unseen curve under dearer trading, later orders, neighbouring parameters and without its best parts. */
export async function stressSection({ costs, latency, plateau, concentration, outOfSample, subject, search }: Evidence, numbering: Numbering): Promise<Html> {
  const points = [subject.held, isMissing(search) ? null : search.winner.params];
  return html`${isMissing(costs) ? notComputable('Sharpe against costs', costs.missing) : await costFigure(costs, numbering)}
${isMissing(latency) ? notComputable('Sharpe with later orders', latency.missing) : await latencyFigure(latency, outOfSample.sharpeAnn, numbering)}
${isMissing(plateau) ? notComputable('Neighbouring parameters', plateau.missing) : await plateauFigure(plateau, points, numbering)}
${await concentrationFigure(concentration, outOfSample.sharpeAnn, numbering)}`;
}

async function costFigure({ points, breakEvenMultiple, largestTried }: CostStress, numbering: Numbering): Promise<Html> {
  const sorted = points.toSorted((a, b) => a.multiple - b.multiple);
  const curve = sorted.map(({ multiple, sharpeAnn }) => ({ x: multiple, y: sharpeAnn }));
  const known = curve.flatMap(({ y }) => (y === null ? [] : [y]));
  if (known.length < 2) return notComputable('Sharpe against costs', 'fewer than two cost multiples have a Sharpe ratio');
  const reached = breakEvenMultiple !== null && breakEvenMultiple <= 2 * sorted[sorted.length - 1].multiple;
  const xs = [...curve.map(({ x }) => x), ...(reached ? [breakEvenMultiple] : [])];
  const [lo, hi] = [Math.min(...xs, 1), Math.max(...xs)];
  const ends = breakEvenMultiple === null
    ? html`no break-even up to ${formatNumber(largestTried, 1)} times the assumed costs`
    : html`all is gone at ${datum('evidence.costs.breakEvenMultiple', breakEvenMultiple, formatNumber(breakEvenMultiple, 1))} times the assumed costs`;
  return figure(curveFigure({
    id: 'cost-stress', name: 'Sharpe against costs',
    finding: html`Trading that costs ${formatNumber(sorted[sorted.length - 1].multiple, 1)} times as much leaves a Sharpe ratio of ${sharpeText(sorted[sorted.length - 1].sharpeAnn)}; ${ends}.`,
    description: 'A line of the annual Sharpe ratio of the unseen curve over multiples of the assumed fees, spread and slippage; a dot at each multiple that was simulated, and the multiple at which the total return is zero.',
    points: curve, dots: curve, xScale: { kind: 'linear', lo: lo - (hi - lo) * 0.03, hi: hi + (hi - lo) * 0.03 }, yScale: sharpeScale([...known, 0]), xFormat: 'multiple', yFormat: 'number',
    xTitle: 'multiple of the assumed costs (linear)', yTitle: 'Annual Sharpe (linear)',
    marks: [{ value: 1, label: 'assumed', glyph: '▾' }, ...(reached ? [{ value: breakEvenMultiple, label: `break-even ×${formatNumber(breakEvenMultiple, 1)}`, glyph: '▾' }] : [])],
    levels: [{ value: 0, label: 'zero' }],
    tip: ({ x, y }) => `×${formatNumber(x, 1)} costs\nSharpe ${sharpeText(y)}`,
    note: 'The choices of the windows stay; fills are simulated again. Break-even: the multiple at which the total return is zero.',
    columns: [{ label: 'Costs ×', align: 'number' }, { label: 'Sharpe', align: 'number' }, { label: 'Total return', align: 'number' }],
    row: (i) => [formatNumber(sorted[i].multiple, 1), sharpeText(sorted[i].sharpeAnn), sorted[i].totalReturn === null ? NONE : formatSignedPercent(sorted[i].totalReturn)],
  }), numbering);
}

async function latencyFigure(latency: readonly LatencyPoint[], unlagged: number | null, numbering: Numbering): Promise<Html> {
  if (latency.length === 0) return notComputable('Sharpe with later orders', 'no extra lag was simulated');
  const points = latency.some(({ lagBars }) => lagBars === 0) ? latency : [{ lagBars: 0, sharpeAnn: unlagged, totalReturn: null, ratio: unlagged === null ? null : 1, pairedT: null }, ...latency];
  const first = points.find(({ lagBars }) => lagBars === 1);
  const finding = first === undefined || first.ratio === null ? 'What is left when orders come later.' : html`One bar of extra delay leaves ${TEXT_OF.percent(first.ratio)} of the Sharpe ratio.`;
  const labelOf = (bars: number): string => (bars === 0 ? 'as simulated' : `${formatCount(bars)} bar${bars === 1 ? '' : 's'} later`);
  return figure(rowsFigure({
    id: 'latency', name: 'Sharpe with later orders', finding,
    description: 'A dot a row: the annual Sharpe ratio of the unseen curve as simulated and when every decision is carried out some bars later.',
    rows: points.map(({ lagBars, sharpeAnn }) => ({ label: labelOf(lagBars), value: sharpeAnn, text: sharpeText(sharpeAnn), own: lagBars === 0 })),
    shape: 'dot', format: 'number', xTitle: SHARPE_TITLE, marks: [],
    note: 'Paired t: of the mean difference of daily returns, without minus with the lag, HAC.',
    columns: [{ label: 'Extra lag, bars', align: 'number' }, { label: 'Sharpe', align: 'number' }, { label: 'Of that without', align: 'number' }, { label: 'Total return', align: 'number' }, { label: 'Paired t', align: 'number' }],
    row: (i) => [
      formatCount(points[i].lagBars), sharpeText(points[i].sharpeAnn), points[i].ratio === null ? NONE : TEXT_OF.percent(points[i].ratio),
      points[i].totalReturn === null ? NONE : formatSignedPercent(points[i].totalReturn), points[i].pairedT === null ? NONE : formatNumber(points[i].pairedT, 2),
    ],
  }), numbering);
}

async function plateauFigure({ chosen, neighbours, median, ratio }: Plateau, points: readonly (Params | null)[], numbering: Numbering): Promise<Html> {
  if (neighbours.length === 0) return notComputable('Neighbouring parameters', 'no neighbour was tried');
  const words = neighbourWords(neighbours.map(({ params }) => params), points);
  const kept = ratio === null ? 'The neighbours have no median to compare.' : html`The neighbours one step away have a median of ${median === null ? NONE : datum('evidence.plateau.median', median, formatNumber(median, 2))}, ${datum('evidence.plateau.ratio', ratio, TEXT_OF.percent(ratio))} of the chosen point’s Sharpe ratio.`;
  const rows: RowMark[] = [{ label: 'chosen', value: chosen, text: sharpeText(chosen), own: true }, ...neighbours.map(({ sharpeAnn }, i) => ({ label: words[i], value: sharpeAnn, text: sharpeText(sharpeAnn), own: false }))];
  return figure(rowsFigure({
    id: 'plateau', name: 'neighbours of the chosen point', finding: kept,
    description: 'A dot a row: the full-window annual Sharpe ratio of the chosen point, filled, and of each point one step away on one axis, hollow; a dashed rule at the neighbours’ median.',
    rows, shape: 'dot', format: 'number', xTitle: `${SHARPE_TITLE}, whole window`, marks: median === null ? [] : [{ value: median, label: `median ${formatNumber(median, 2)}`, glyph: '▾' }],
    note: `● chosen, ○ one step away on one axis (n = ${formatCount(neighbours.length)}). In sample for whoever chose: the shape may be read, the height may not.`,
    columns: [{ label: 'Point', align: 'wrap' }, { label: 'Sharpe', align: 'number' }], row: (i) => [rows[i].label, rows[i].text],
  }), numbering);
}

/** Each neighbour by the one parameter in which it differs, where the point they surround is known. */
function neighbourWords(neighbours: readonly Params[], points: readonly (Params | null)[]): string[] {
  const differing = (a: Params, b: Params): string[] => Object.keys(a).filter((name) => a[name] !== b[name]);
  const centre = points.find((point) => point !== null && neighbours.every((params) => differing(params, point).length === 1)) ?? null;
  const shown = (params: Params): string[] => (centre === null ? Object.keys(params) : differing(params, centre));
  return neighbours.map((params) => shown(params).map((name) => `${name} ${formatParam(params[name])}`).join(', '));
}

async function concentrationFigure({ withoutTopTrades, withoutBestMonth, withoutBestMarket }: Concentration, whole: number | null, numbering: Numbering): Promise<Html> {
  const parts = [
    isMissing(withoutTopTrades) ? withoutTopTrades : { label: `without the best ${counted(withoutTopTrades.trades, 'trade')}`, short: `less ${counted(withoutTopTrades.trades, 'trade')}`, sharpeAnn: withoutTopTrades.sharpeAnn },
    isMissing(withoutBestMonth) ? withoutBestMonth : { label: `without the best month, ${withoutBestMonth.month}`, short: `less ${withoutBestMonth.month}`, sharpeAnn: withoutBestMonth.sharpeAnn },
    isMissing(withoutBestMarket) ? withoutBestMarket : { label: `without the best market, ${withoutBestMarket.market}`, short: `less ${withoutBestMarket.market}`, sharpeAnn: withoutBestMarket.sharpeAnn },
  ];
  const absent = parts.map((part, i) => (isMissing(part) ? notComputable(`Without the best ${['trades', 'month', 'market'][i]}`, part.missing) : null));
  const known = parts.flatMap((part) => (isMissing(part) ? [] : [part]));
  if (known.length === 0) return html`${absent}`;
  const rows: RowMark[] = [
    { label: 'the whole curve', value: whole, text: sharpeText(whole), own: true },
    ...known.map(({ label, short, sharpeAnn }) => ({ label, short, value: sharpeAnn, text: sharpeText(sharpeAnn), own: false })),
  ];
  const least = known.some(({ sharpeAnn }) => sharpeAnn === null) ? null : known.toSorted((a, b) => (a.sharpeAnn ?? 0) - (b.sharpeAnn ?? 0))[0];
  const drawn = await figure(rowsFigure({
    id: 'concentration', name: 'Sharpe without the best parts',
    finding: least === null ? 'What is left of the Sharpe ratio without the best parts of the curve.' : `The Sharpe ratio of ${sharpeText(whole)} is ${sharpeText(least.sharpeAnn)} ${least.label}.`,
    description: 'A bar a row from zero: the annual Sharpe ratio of the whole unseen curve and of the curve without its best parts.',
    rows, shape: 'bar', format: 'number', xTitle: SHARPE_TITLE, marks: [],
    columns: [{ label: 'Curve', align: 'wrap' }, { label: 'Sharpe', align: 'number' }], row: (i) => [rows[i].label, rows[i].text],
  }), numbering);
  return html`${drawn}${absent}`;
}
