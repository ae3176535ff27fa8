import uPlot from 'uplot';
import css from 'uplot/dist/uPlot.min.css';
import { formatDate, formatMinute, formatMultiple, formatPercent, formatNumber, MINUS } from '../format.ts';
import { linearTicks, logTicks, timeTicks } from '../ticks.ts';
import { announce, button, bytesOf, cssColor, readJson } from './data.ts';

interface ZoomData {
  readonly start: number;
  readonly seconds: string;
  readonly strategy: string;
  readonly holding: string;
  readonly drawdown: string;
  readonly holdingDrawdown: string;
  readonly exposure: string;
  readonly bars: number;
  readonly drawn: number;
  readonly scale: 'linear' | 'log';
}

interface Series {
  readonly times: Float64Array;
  readonly strategy: Float32Array;
  readonly holding: Float32Array;
  readonly drawdown: Float32Array;
  readonly holdingDrawdown: Float32Array;
  readonly exposure: Float32Array;
}

/** A zoomable twin of the equity figure: drag to zoom, double click to see all, one crosshair over its panels, state in the hash. */
export function zoomableEquity(): void {
  const figure = document.getElementById('equity');
  const plot = figure?.querySelector<HTMLElement>('.plot');
  const data = readJson('equity-zoom') as ZoomData | null;
  if (figure === null || plot === null || plot === undefined || data === null || data.drawn < 3) return;
  const tools = document.createElement('div');
  tools.className = 'tools';
  plot.before(tools);
  const twin = new Twin(plot, tools, data);
  tools.append(button('Zoom', () => twin.open()));
  if (location.hash.startsWith('#zoom=')) twin.open();
}

class Twin {
  private readonly plot: HTMLElement;
  private readonly tools: HTMLElement;
  private readonly holder = document.createElement('div');
  private readonly readout = document.createElement('p');
  private readonly series: Series;
  private charts: uPlot[] = [];
  private log: boolean;
  private range: [number, number];

  constructor(plot: HTMLElement, tools: HTMLElement, data: ZoomData) {
    this.plot = plot;
    this.tools = tools;
    this.series = decode(data);
    this.log = data.scale === 'log';
    const { times } = this.series;
    this.range = [times[0], times[times.length - 1]];
    this.holder.className = 'zoom';
    this.readout.className = 'readout';
  }

  open(): void {
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
    this.readHash();
    this.plot.hidden = true;
    this.plot.before(this.holder);
    this.holder.before(this.readout);
    this.readout.textContent = 'Drag across to zoom, double click to see all.';
    const positive = this.series.strategy.every((value) => value > 0);
    this.tools.replaceChildren(
      button('Whole period', () => this.show(this.whole())),
      ...(positive ? [button(this.log ? 'Linear axis' : 'Log axis', (self) => {
        this.log = !this.log;
        self.textContent = this.log ? 'Linear axis' : 'Log axis';
        this.draw();
        this.writeHash();
      })] : []),
      button('Back to the drawing', () => this.close()),
    );
    this.draw();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    addEventListener('resize', () => this.draw());
  }

  private close(): void {
    for (const chart of this.charts) chart.destroy();
    this.charts = [];
    this.holder.remove();
    this.readout.remove();
    this.plot.hidden = false;
    this.tools.replaceChildren(button('Zoom', () => this.open()));
  }

  private whole(): [number, number] {
    const { times } = this.series;
    return [times[0], times[times.length - 1]];
  }

  private show(range: [number, number]): void {
    this.range = range;
    for (const chart of this.charts) chart.setScale('x', { min: range[0], max: range[1] });
    this.writeHash();
  }

  private draw(): void {
    if (this.plot.hidden === false) return;
    for (const chart of this.charts) chart.destroy();
    this.holder.replaceChildren();
    const { times, strategy, holding, drawdown, holdingDrawdown, exposure } = this.series;
    const blue = cssColor('--blue');
    const grey = cssColor('--grey');
    this.charts = [
      this.chart(240, `Equity, multiple of the start (${this.log ? 'log' : 'linear'})`, [times, strategy, holding], [line(blue), line(grey, [5, 3])], this.log, (v) => `×${trimmed(v)}`),
      this.chart(130, 'Drawdown (linear)', [times, drawdown, holdingDrawdown], [{ ...line(blue), fill: cssColor('--band') }, line(grey, [5, 3])], false, (v) => `${trimmed(v * 100)} %`),
      this.chart(100, 'Position, × equity (linear)', [times, exposure], [{ ...line(cssColor('--band-edge')), fill: cssColor('--band'), paths: uPlot.paths.stepped?.({ align: 1 }) }], false, trimmed),
    ];
  }

  private chart(height: number, title: string, data: uPlot.AlignedData, lines: uPlot.Series[], log: boolean, label: (value: number) => string): uPlot {
    const name = document.createElement('p');
    name.className = 'note';
    name.textContent = title;
    this.holder.append(name);
    const axis = { stroke: cssColor('--ink-2'), grid: { stroke: cssColor('--rule'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
    return new uPlot({
      width: Math.min(720, this.holder.clientWidth), height,
      legend: { show: false },
      cursor: { sync: { key: 'equity' }, drag: { x: true, y: false }, points: { size: 6 } },
      scales: { x: { time: false, min: this.range[0], max: this.range[1] }, y: { ...distribution(log), range: (_, lo, hi) => paddedRange(lo, hi, log) } },
      axes: [
        { ...axis, size: 30, splits: (_, __, lo, hi) => timeTicks(lo, hi, 6).map(({ timeMs }) => timeMs), values: (_, splits) => tickWords(splits) },
        { ...axis, size: 56, splits: (_, __, lo, hi) => (log ? logTicks(lo, hi, 6) : linearTicks(lo, hi, height > 150 ? 5 : 3)), filter: (_, splits) => splits, values: (_, splits) => splits.map(label) },
      ],
      series: [{}, ...lines],
      hooks: {
        setCursor: [(chart) => this.read(chart.cursor.idx ?? null)],
        setSelect: [(chart) => {
          const { left, width } = chart.select;
          if (width > 4) this.show([chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x')]);
        }],
      },
    }, data, (chart, ready) => {
      this.holder.append(chart.root);
      chart.over.addEventListener('dblclick', () => this.show(this.whole()));
      ready();
    });
  }

  private read(index: number | null): void {
    if (index === null) return;
    const { times, strategy, holding, drawdown, exposure } = this.series;
    this.readout.textContent = `${formatMinute(times[index])} UTC · strategy ${formatMultiple(strategy[index])} · holding ${formatMultiple(holding[index])} · drawdown ${formatPercent(drawdown[index])} · position ${formatNumber(exposure[index], 2)}×`;
  }

  private writeHash(): void {
    const [from, to] = this.range;
    const url = `#zoom=${Math.round(from)},${Math.round(to)},${this.log ? 'log' : 'linear'}`;
    history.replaceState(null, '', url);
    announce(`Shown: ${formatDate(from)} to ${formatDate(to)}`);
  }

  private readHash(): void {
    const match = /^#zoom=(-?\d+),(-?\d+),(log|linear)$/.exec(location.hash);
    if (match === null || Number(match[2]) <= Number(match[1])) return;
    this.range = [Number(match[1]), Number(match[2])];
    this.log = match[3] === 'log' && this.series.strategy.every((value) => value > 0);
  }
}

function decode(data: ZoomData): Series {
  const seconds = new Uint32Array(bytesOf(data.seconds));
  return {
    times: Float64Array.from(seconds, (value) => data.start + value * 1_000),
    strategy: floats(data.strategy), holding: floats(data.holding), drawdown: floats(data.drawdown), holdingDrawdown: floats(data.holdingDrawdown), exposure: floats(data.exposure),
  };
}

function paddedRange(lo: number, hi: number, log: boolean): [number, number] {
  if (log && lo > 0) {
    const factor = (hi / lo) ** 0.04 || 1.01;
    return [lo / Math.max(factor, 1.005), hi * Math.max(factor, 1.005)];
  }
  const air = (hi - lo || 0.1) * 0.04;
  return [lo - air, hi + air];
}

function tickWords(splits: number[]): string[] {
  const ticks = splits.length > 1 ? timeTicks(splits[0], splits[splits.length - 1], splits.length) : [];
  const words = new Map(ticks.map(({ timeMs, label }) => [timeMs, label]));
  return splits.map((split) => words.get(split) ?? formatDate(split));
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', MINUS);
}

function line(stroke: string, dash?: number[]): uPlot.Series {
  return { stroke, width: dash ? 1.25 : 1.5, ...(dash ? { dash } : {}), points: { show: false } };
}

function floats(text: string): Float32Array {
  return new Float32Array(bytesOf(text));
}

/** uPlot's distributions by number: its enumeration exists for types only. */
function distribution(log: boolean): Pick<uPlot.Scale, 'distr'> {
  return { distr: (log ? 3 : 1) as unknown } as Pick<uPlot.Scale, 'distr'>;
}
