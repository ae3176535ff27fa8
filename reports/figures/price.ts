import type { Run, Trade } from '../../engine/index.ts';
import { extremeBars } from '../decimate.ts';
import { counted, formatCount, formatDate, formatPrice, formatSignedPercent } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';
import { type Encoding, logOrLinear, timeAxis, valueAxis } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

const MOST_TRADES = 200;
const MOST_CANDLES = 160;

export interface PriceView {
  readonly openTimeMs: Float64Array;
  readonly price: Run['price'];
  readonly trades: readonly Trade[];
  readonly openTrade: Trade | null;
  readonly symbol: string;
  readonly finding: HtmlValue;
}

/** The price with every trade from entry to exit; candles where they fit, otherwise the extremes of the close. */
export function priceFigure(view: PriceView): FigureInput {
  const { openTimeMs, price, trades } = view;
  const bars = openTimeMs.length;
  const candles = bars <= MOST_CANDLES;
  const drawn = largestTrades(trades.filter(({ market }) => market === 0));
  const half = drawn.length < trades.length ? html` ${formatCount(drawn.length)} of ${counted(trades.length, 'trade')} drawn: those with the largest gain or loss.` : null;
  return {
    id: 'price',
    name: 'price with trades',
    finding: view.finding,
    description: `${candles ? 'Candles' : 'The close'} of ${view.symbol} from ${formatDate(openTimeMs[0])} to ${formatDate(openTimeMs[bars - 1])} with a segment from each entry to its exit, blue where the trade gained, dashed orange where it lost.`,
    panels: (layout) => [pricePanel(layout, view, drawn, candles)],
    data: {
      columns: [
        { label: 'Entry (UTC)', align: 'text' }, { label: 'Exit (UTC)', align: 'text' }, { label: 'Side', align: 'text' }, { label: 'Entry price', align: 'number' },
        { label: 'Exit price', align: 'number' }, { label: 'Net %', align: 'number' },
      ],
      count: drawn.length,
      row: (i) => [
        formatDate(drawn[i].entryTimeMs), formatDate(drawn[i].exitTimeMs), drawn[i].side, formatPrice(drawn[i].entryPrice), formatPrice(drawn[i].exitPrice),
        formatSignedPercent(drawn[i].returnFrac, 2),
      ],
    },
    note: html`${candles ? `${formatCount(bars)} candles.` : `${formatCount(bars)} closes drawn as columns of least and greatest value.`} ▲ entry long, ▼ entry short; segment to the exit, blue solid for a gain, orange dashed for a loss.${view.openTrade === null ? null : ' Hollow: still open.'}${half}`,
    live: candles || drawn.length > 0,
  };

  function pricePanel(layout: Layout, { openTrade }: PriceView, shown: readonly Trade[], asCandles: boolean): LiteSpec {
    const wide = layout.name === 'wide';
    const height = wide ? 260 : 220;
    const space = { left: wide ? 64 : 56, right: 16, top: 24, bottom: 26 };
    const columns = layout.width - space.left - space.right;
    const [lo, hi] = range(asCandles ? price.low : price.close, asCandles ? price.high : price.close, shown);
    const scale = logOrLinear(lo, hi);
    const x = { field: 't', type: 'quantitative', ...timeAxis(layout, openTimeMs[0], openTimeMs[bars - 1], true) };
    const y = { field: 'v', type: 'quantitative', ...valueAxis(scale, 'price', 5) };
    const same = { scale: y.scale, type: 'quantitative' };
    const layers: Encoding[] = asCandles ? candleLayers(x, y, columns) : [
      { mark: { type: 'line', color: 'var(--grey)', strokeWidth: 1, tooltip: null }, data: { values: Array.from(extremeBars([price.close], columns), (t) => ({ t: openTimeMs[t], v: price.close[t] })) }, encoding: { x, y } },
    ];
    const segments = shown.map((trade) => ({
      t: trade.entryTimeMs, t2: trade.exitTimeMs, v: trade.entryPrice, v2: trade.exitPrice, gain: trade.pnlQuote >= 0, side: trade.side,
      tip: `${trade.side} ${formatDate(trade.entryTimeMs)} to ${formatDate(trade.exitTimeMs)}\n${formatPrice(trade.entryPrice)} → ${formatPrice(trade.exitPrice)}\nnet ${formatSignedPercent(trade.returnFrac, 2)} (${trade.exitReason})`,
    }));
    if (openTrade !== null && openTrade.market === 0) {
      layers.push({ mark: { type: 'point', shape: openTrade.side === 'long' ? 'triangle-up' : 'triangle-down', filled: false, stroke: 'var(--blue)', strokeWidth: 1.5, size: 50 }, data: { values: [{ t: openTrade.entryTimeMs, v: openTrade.entryPrice }] }, encoding: { x, y } });
    }
    for (const gain of [true, false]) {
      const own = segments.filter((segment) => segment.gain === gain);
      if (own.length === 0) continue;
      const color = gain ? 'var(--blue)' : 'var(--orange)';
      layers.push({
        mark: { type: 'rule', color, strokeWidth: shown.length > 120 ? 1.25 : 1.75, ...(gain ? {} : { strokeDash: [3, 2] }) },
        data: { values: own }, encoding: { x, x2: { field: 't2' }, y, y2: { field: 'v2' }, tooltip: { field: 'tip' } },
      });
      for (const side of ['long', 'short']) {
        const marks = own.filter((segment) => segment.side === side);
        if (marks.length === 0) continue;
        layers.push({
          mark: { type: 'point', shape: side === 'long' ? 'triangle-up' : 'triangle-down', color, filled: true, opacity: 1, size: shown.length > 120 ? 18 : 34 },
          data: { values: marks }, encoding: { x, y: { field: 'v', ...same }, tooltip: { field: 'tip' } },
        });
      }
    }
    return chart(layout, { height, margins: space, title: `${view.symbol} price (${scale.kind})`, parts: { layer: layers } });
  }

  function candleLayers(x: Encoding, y: Encoding, columns: number): Encoding[] {
    const width = Math.max(1.5, Math.min(9, (columns / bars) * 0.65));
    const values = Array.from(openTimeMs, (t, i) => ({
      t, o: price.open[i], h: price.high[i], l: price.low[i], c: price.close[i], fill: price.close[i] >= price.open[i] ? 'var(--page)' : 'var(--grey)',
    }));
    const at = (field: string): Encoding => ({ ...y, field });
    return [
      { mark: { type: 'rule', color: 'var(--grey)' }, data: { values }, encoding: { x, y: at('l'), y2: { field: 'h' } } },
      { mark: { type: 'bar', size: width, stroke: 'var(--grey)', strokeWidth: 1 }, data: { values }, encoding: { x, y: at('o'), y2: { field: 'c' }, color: { field: 'fill', type: 'nominal', scale: null } } },
    ];
  }
}

function largestTrades(trades: readonly Trade[]): readonly Trade[] {
  if (trades.length <= MOST_TRADES) return trades;
  return trades
    .toSorted((a, b) => Math.abs(b.pnlQuote) - Math.abs(a.pnlQuote) || a.entryBar - b.entryBar)
    .slice(0, MOST_TRADES)
    .sort((a, b) => a.entryBar - b.entryBar);
}

function range(low: Float64Array, high: Float64Array, trades: readonly Trade[]): [number, number] {
  let lo = Infinity;
  let hi = -Infinity;
  for (const value of low) if (value < lo) lo = value;
  for (const value of high) if (value > hi) hi = value;
  for (const { entryPrice, exitPrice } of trades) {
    lo = Math.min(lo, entryPrice, exitPrice);
    hi = Math.max(hi, entryPrice, exitPrice);
  }
  return [lo, hi];
}
