import type { Trade } from '../../engine/index.ts';
import { envelope, extremeBars } from '../decimate.ts';
import { base64 } from '../encode.ts';
import { formatCount, formatDate, formatMinute, formatMultiple, formatNumber, formatPercent } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';
import { drawdownOf } from '../series.ts';
import { type Encoding, logOrLinear, spreadLabels, timeAxis, valueAxis, type ValueScale, yPixel } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

const ZOOM_COLUMNS = 1_440;
const ZOOM_WHOLE_BARS = 6_000;

/** What the equity figure draws: one value a bar, of the account and of holding. */
export interface EquityView {
  readonly openTimeMs: Float64Array;
  readonly timeframeMs: number;
  readonly equity: Float64Array;
  readonly benchmark: Float64Array;
  readonly exposure: Float64Array;
  readonly sample: 'in-sample' | 'out-of-sample';
  /** Where one test window gives way to the next. */
  readonly boundariesMs: readonly number[];
  readonly openTrade: Trade | null;
  readonly finding: HtmlValue;
}

interface Drawn {
  readonly times: Float64Array;
  /** Multiples of the start; after ruin the curve is over. */
  readonly strategy: Float64Array;
  readonly holding: Float64Array;
  readonly drawdown: Float64Array;
  readonly holdingDrawdown: Float64Array;
  readonly exposure: Float64Array;
  /** Bars up to and without the first at which equity was gone. */
  readonly alive: number;
  readonly scale: ValueScale;
}

/** Equity against holding on a true log or linear axis, the falls of both, and the position; one time axis. */
export function equityFigure(view: EquityView): FigureInput {
  const drawn = prepare(view);
  const bars = drawn.times.length;
  const columns = 720 - 56 - 112;
  return {
    id: 'equity',
    name: 'equity, drawdown and position',
    finding: view.finding,
    description: `Three panels over ${formatDate(drawn.times[0])} to ${formatDate(drawn.times[bars - 1])}: account value as a multiple of its start on a ${drawn.scale.kind} axis with buy-and-hold dashed, the fall from the running peak of both, and the position as a multiple of equity.`,
    panels: (layout) => [equityPanel(layout, view, drawn), drawdownPanel(layout, drawn, view.timeframeMs), positionPanel(layout, drawn)],
    data: {
      columns: [
        { label: 'Bar (UTC)', align: 'text' }, { label: 'Strategy ×', align: 'number' }, { label: 'Holding ×', align: 'number' },
        { label: 'Drawdown %', align: 'number' }, { label: 'Position ×', align: 'number' },
      ],
      count: bars,
      row: (t) => [
        formatMinute(drawn.times[t]), formatNumber(drawn.strategy[t], 4), formatNumber(drawn.holding[t], 4),
        formatNumber(drawn.drawdown[t] * 100, 2), formatNumber(drawn.exposure[t], 2),
      ],
    },
    note: noteOf(view, bars, columns),
    zoom: zoomData(drawn),
  };
}

function prepare(view: EquityView): Drawn {
  const { equity, benchmark, openTimeMs, exposure } = view;
  const gone = equity.findIndex((value) => !(value > 0));
  const alive = gone < 0 ? equity.length : gone;
  const strategy = equity.map((value) => value / equity[0]);
  const holding = benchmark.map((value) => value / benchmark[0]);
  let lo = Infinity;
  let hi = -Infinity;
  for (const [values, end] of [[strategy, Math.max(1, alive)], [holding, holding.length]] as const) {
    for (let t = 0; t < end; t++) {
      if (values[t] < lo) lo = values[t];
      if (values[t] > hi) hi = values[t];
    }
  }
  return {
    times: openTimeMs, strategy, holding, drawdown: drawdownOf(equity), holdingDrawdown: drawdownOf(benchmark), exposure, alive,
    scale: logOrLinear(lo, hi),
  };
}

function margins(layout: Layout, bottom: number): { left: number; right: number; top: number; bottom: number } {
  return layout.name === 'wide' ? { left: 56, right: 112, top: 30, bottom } : { left: 58, right: 84, top: 30, bottom };
}

function equityPanel(layout: Layout, view: EquityView, drawn: Drawn): LiteSpec {
  const height = layout.name === 'wide' ? 220 : 190;
  const space = margins(layout, 4);
  const columns = layout.width - space.left - space.right;
  const x = xOf(layout, drawn, false);
  const { scale } = drawn;
  const y = { field: 'v', type: 'quantitative', ...valueAxis(scale, 'multiple') };
  const thin = view.sample === 'in-sample';
  const labels = endLabels(layout, drawn, height);
  const lastBar = drawn.times.length - 1;
  const layers: Encoding[] = [
    ...(thin ? [{ mark: { type: 'rect', fill: 'url(#assay-hatch)' }, data: { values: [{}] }, encoding: {} }] : []),
    ...view.boundariesMs.map((timeMs) => ({ mark: { type: 'rule', color: 'var(--rule)' }, data: { values: [{ t: timeMs }] }, encoding: { x } })),
    { mark: { type: 'line', color: 'var(--grey)', strokeWidth: 1.25, strokeDash: [5, 3] }, data: points(drawn, drawn.holding, columns, drawn.times.length, view.timeframeMs), encoding: { x, y } },
    { mark: { type: 'line', color: 'var(--blue)', strokeWidth: thin ? 1.4 : 1.75 }, data: points(drawn, drawn.strategy, columns, drawn.alive, view.timeframeMs), encoding: { x, y } },
    { mark: { type: 'text', align: 'left', dx: 6, baseline: 'middle', limit: space.right - 6 }, data: { values: labels }, encoding: { x: { value: columns }, y: { field: 'y', type: 'quantitative', scale: null }, text: { field: 'text' }, color: { field: 'color', type: 'nominal', scale: null } } },
    sampleWords(view),
  ];
  if (drawn.alive < drawn.times.length && drawn.alive > 0) {
    layers.push(
      { mark: { type: 'rule', color: 'var(--orange)', strokeWidth: 1.5 }, data: { values: [{ t: drawn.times[drawn.alive] }] }, encoding: { x } },
      { mark: { type: 'text', align: drawn.alive > drawn.times.length * 0.7 ? 'right' : 'left', dx: drawn.alive > drawn.times.length * 0.7 ? -5 : 5, color: 'var(--orange)' }, data: { values: [{ t: drawn.times[drawn.alive], label: 'liquidated' }] }, encoding: { x, y: { value: 28 }, text: { field: 'label' } } },
    );
  } else if (view.openTrade !== null) {
    layers.push({ mark: { type: 'point', filled: false, stroke: 'var(--blue)', fill: 'var(--page)', size: 40, strokeWidth: 1.5 }, data: { values: [{ t: drawn.times[lastBar], v: drawn.strategy[lastBar] }] }, encoding: { x, y } });
  }
  return chart(layout, { height, margins: space, title: `Equity, multiple of the start (${scale.kind})`, parts: { layer: layers, resolve: { scale: { color: 'independent' } } } });
}

function sampleWords(view: EquityView): Encoding {
  const text = view.sample === 'in-sample' ? 'in-sample' : 'out-of-sample';
  return { mark: { type: 'text', align: 'left', baseline: 'top', color: 'var(--ink-2)' }, data: { values: [{ text }] }, encoding: { x: { value: 6 }, y: { value: 5 }, text: { field: 'text' } } };
}

function endLabels(layout: Layout, drawn: Drawn, height: number): Encoding[] {
  const ruined = drawn.alive < drawn.times.length;
  const ends = [
    { name: 'strategy', short: 'own', value: drawn.strategy[Math.max(0, drawn.alive - 1)], color: 'var(--blue)', gone: ruined },
    { name: 'holding', short: 'hold', value: drawn.holding[drawn.holding.length - 1], color: 'var(--grey)', gone: false },
  ].filter(({ value }) => value > 0);
  const at = spreadLabels(ends.map(({ value }) => yPixel(drawn.scale, value, height)), 15, height);
  return ends.map(({ name, short, value, color, gone }, i) => ({ y: at[i], text: `${layout.name === 'wide' ? name : short} ${gone ? 'gone' : formatMultiple(value)}`, color }));
}

function drawdownPanel(layout: Layout, drawn: Drawn, timeframeMs: number): LiteSpec {
  const height = layout.name === 'wide' ? 88 : 76;
  const space = margins(layout, 4);
  const columns = layout.width - space.left - space.right;
  const x = xOf(layout, drawn, false);
  const lowest = Math.min(-0.001, least(drawn.drawdown), least(drawn.holdingDrawdown));
  const y = { field: 'v', type: 'quantitative', ...valueAxis({ kind: 'linear', lo: lowest, hi: 0 }, 'percent', 3) };
  const own = points(drawn, drawn.drawdown, columns, drawn.times.length, timeframeMs);
  return chart(layout, {
    height, margins: space, title: 'Drawdown (linear)',
    parts: {
      layer: [
        { mark: { type: 'area', color: 'var(--band)', opacity: 1, tooltip: null }, data: own, encoding: { x, y } },
        { mark: { type: 'line', color: 'var(--grey)', strokeWidth: 1, strokeDash: [5, 3] }, data: points(drawn, drawn.holdingDrawdown, columns, drawn.times.length, timeframeMs), encoding: { x, y } },
        { mark: { type: 'line', color: 'var(--blue)', strokeWidth: 1.25 }, data: own, encoding: { x, y } },
        { mark: { type: 'text', align: 'left', dx: 6, baseline: 'middle' }, data: { values: [{ text: `${layout.name === 'wide' ? 'worst ' : ''}${formatPercent(least(drawn.drawdown))}` }] }, encoding: { x: { value: columns }, y: { value: yPixel({ kind: 'linear', lo: lowest, hi: 0 }, least(drawn.drawdown), height) - 2 }, text: { field: 'text' }, color: { value: 'var(--blue)' } } },
      ],
    },
  });
}

function positionPanel(layout: Layout, drawn: Drawn): LiteSpec {
  const height = 46;
  const space = margins(layout, 26);
  const columns = layout.width - space.left - space.right;
  const x = xOf(layout, drawn, true);
  const { bars, low, high, mean } = envelope(drawn.exposure, columns);
  const lo = Math.min(0, least(low));
  const hi = Math.max(lo === 0 ? 1 : 0, -least(high.map((value) => -value)));
  const values = Array.from(bars, (bar, i) => ({ t: drawn.times[bar], lo: Math.min(0, low[i]), hi: Math.max(0, high[i]), mean: mean[i] }));
  values.push({ ...values[values.length - 1], t: drawn.times[drawn.times.length - 1] });
  const scale = { domain: [lo, hi], nice: false };
  const ticks = [...new Set([lo, 0, hi])].map((tick) => [tick, formatNumber(tick, Number.isInteger(tick) ? 0 : 1)] as const);
  return chart(layout, {
    height, margins: space, title: 'Position, × equity (linear)',
    parts: {
      data: { values },
      layer: [
        {
          mark: { type: 'area', interpolate: 'step-after', color: 'var(--band)', opacity: 1 },
          encoding: {
            x,
            y: { field: 'lo', type: 'quantitative', scale, axis: { values: ticks.map(([tick]) => tick), labelExpr: `(${JSON.stringify(Object.fromEntries(ticks))})[datum.value]`, title: null } },
            y2: { field: 'hi' },
          },
        },
        { mark: { type: 'area', interpolate: 'step-after', color: 'var(--band-edge)', opacity: 1 }, encoding: { x, y: { field: 'mean', type: 'quantitative', scale }, y2: { datum: 0 } } },
      ],
    },
  });
}

function xOf(layout: Layout, drawn: Drawn, labelled: boolean): Encoding {
  return { field: 't', type: 'quantitative', ...timeAxis(layout, drawn.times[0], drawn.times[drawn.times.length - 1], labelled) };
}

/** The extremes of each pixel column; a null between bars that lie far apart breaks the line. */
function points(drawn: Drawn, values: Float64Array, columns: number, end: number, timeframeMs: number): { values: Encoding[] } {
  const { times } = drawn;
  const kept = extremeBars([values.subarray(0, end)], columns);
  const broken = Math.max(8 * timeframeMs, (times[times.length - 1] - times[0]) / 60);
  const out: Encoding[] = [];
  for (let i = 0; i < kept.length; i++) {
    const t = kept[i];
    if (t > 0 && times[t] - times[t - 1] > broken) out.push({ t: times[t - 1], v: values[t - 1] }, { t: (times[t] + times[t - 1]) / 2, v: null });
    out.push({ t: times[t], v: values[t] });
  }
  return { values: out };
}

function noteOf(view: EquityView, bars: number, columns: number): HtmlValue {
  const parts = [
    bars > 2 * columns ? html`${formatCount(bars)} bars drawn as ${formatCount(columns)} columns of least and greatest value; every figure is computed from all bars. Position: light from least to greatest, dark the mean of the column.` : html`${formatCount(bars)} bars, all drawn.`,
    view.sample === 'in-sample' ? html` Hatched: these bars were open to whoever chose the parameters.` : null,
    view.boundariesMs.length > 0 ? html` Vertical rules: window starts.` : null,
    view.openTrade === null ? null : html` Hollow marker: the last position is marked to the close, not closed.`,
    html` Holding: buy-and-hold from the same first bar, with the same capital and costs.`,
  ];
  return parts;
}

function zoomData(drawn: Drawn): unknown {
  const { times, strategy, holding, drawdown, holdingDrawdown, exposure } = drawn;
  const bars = times.length <= ZOOM_WHOLE_BARS
    ? Uint32Array.from(times, (_, i) => i)
    : extremeBars([strategy, holding, drawdown], ZOOM_COLUMNS);
  const pick = (values: Float64Array): string => base64(Float32Array.from(bars, (bar) => values[bar]));
  return {
    start: times[0],
    seconds: base64(Uint32Array.from(bars, (bar) => Math.round((times[bar] - times[0]) / 1_000))),
    strategy: pick(strategy), holding: pick(holding), drawdown: pick(drawdown), holdingDrawdown: pick(holdingDrawdown), exposure: pick(exposure),
    bars: times.length, drawn: bars.length, scale: drawn.scale.kind,
  };
}

function least(values: Float64Array): number {
  let lowest = Infinity;
  for (const value of values) if (value < lowest) lowest = value;
  return lowest;
}
