import { s } from './dom.ts';
import { fixed } from './format.ts';
import type { Interval } from './types.ts';

const label = (text: string) => ({ role: 'img', 'aria-label': text });

/** A grade as a dot on 0 … 100, the borders of the bands as ticks. */
export function gradeScale(grade: number): SVGElement {
  const x = (value: number): number => 4 + 0.92 * value;
  return s('svg', { width: 100, height: 16, viewBox: '0 0 100 16', 'aria-hidden': 'true' },
    s('line', { class: 'axis', x1: x(0), x2: x(100), y1: 8, y2: 8 }), [20, 40, 60, 80].map((at) => s('line', { class: 'axis', x1: x(at), x2: x(at), y1: 5, y2: 11 })), s('circle', { class: 'dot', cx: x(grade), cy: 8, r: 4 }));
}

/** Expected return with its interval, zero marked; all rows share `most`, in basis points. */
export function rangeMark(value: number, interval: Interval, most: number): SVGElement {
  const x = (bps: number): number => 50 + (46 * Math.max(-most, Math.min(most, bps))) / most;
  const [low, high] = interval ?? [null, null];
  return s('svg', { width: 100, height: 16, viewBox: '0 0 100 16', 'aria-hidden': 'true' },
    s('line', { class: 'axis', x1: 50, x2: 50, y1: 1, y2: 15 }), low !== null && high !== null && s('line', { class: 'range', x1: x(low), x2: x(high), y1: 8, y2: 8 }), s('circle', { class: 'dot', cx: x(value), cy: 8, r: 3 }));
}

export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly isSecond?: boolean;
}

interface LinesOptions {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly text: (value: number) => string;
  readonly low?: number;
  readonly high?: number;
  /** Lower and upper border of a band, as long as the lines. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] };
  readonly height?: number;
}

const WIDTH = 340;
const LEFT = 48;

/** Lines over equal steps: solid and dashed, named at the side by text above; gaps stay gaps. */
export function lines(all: readonly Line[], { title, from, to, text, band, height = 110, ...range }: LinesOptions): SVGElement {
  const values = [...all.flatMap((line) => line.values), ...(band?.low ?? []), ...(band?.high ?? [])].filter((value) => value !== null);
  const low = range.low ?? Math.min(...values);
  const high = range.high ?? Math.max(...values);
  const count = Math.max(2, ...all.map((line) => line.values.length));
  const x = (i: number): number => LEFT + ((WIDTH - LEFT - 8) * i) / (count - 1);
  const y = (value: number): number => (high === low ? height / 2 : 22 + ((height - 44) * (high - value)) / (high - low));
  const last = all.map((line) => { const shown = line.values.filter((value) => value !== null); return `${line.name} ${shown.length === 0 ? 'unknown' : text(shown[shown.length - 1])}`; });
  return s('svg', { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, ...label(`${title}, ${from} to ${to}: ${last.join(', ')}`) },
    band !== undefined && s('path', { class: 'band', d: `${pathOf(band.high, x, y)}${[...band.low].reverse().map((value, i) => `L${x(band.low.length - 1 - i).toFixed(1)} ${y(value).toFixed(1)}`).join('')}Z` }),
    [low, high].map((value) => [s('line', { class: 'hair', x1: LEFT, x2: WIDTH - 8, y1: y(value), y2: y(value) }), s('text', { class: 'tx2', x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, text(value))]).flat(),
    all.map((line) => s('path', { class: line.isSecond ? 'line2' : 'line', d: pathOf(line.values, x, y) })),
    s('text', { class: 'tx', x: LEFT, y: 10 }, all.map((line, i) => `${line.isSecond ? '- - ' : '— '}${last[i]}`).join('   ')),
    s('text', { class: 'tx2', x: LEFT, y: height - 4 }, from), s('text', { class: 'tx2', x: WIDTH - 8, y: height - 4, 'text-anchor': 'end' }, to));
}

function pathOf(values: readonly (number | null)[], x: (i: number) => number, y: (value: number) => number): string {
  let isDown = false;
  return values.map((value, i) => {
    if (value === null) { isDown = false; return ''; }
    const point = `${isDown ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    isDown = true;
    return point;
  }).join('');
}

export interface Point {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

const QUADRANTS = [['both', 0.75, 0.25], ['long hold', 0.25, 0.25], ['quick trade', 0.75, 0.75], ['neither', 0.25, 0.75]] as const;

/** Trader against Investor Grade with the four quadrants named. */
export function quadrants(points: readonly Point[]): SVGElement {
  const [size, left, top] = [300, 34, 8];
  const x = (grade: number): number => left + (size * grade) / 100;
  const y = (grade: number): number => top + size - (size * grade) / 100;
  const named = points.length <= 40 ? spread(points.map((point) => ({ ...point, at: y(point.y) }))) : [];
  return s('svg', { viewBox: '0 0 344 344', width: 344, height: 344, ...label(`Trader Grade against Investor Grade of ${points.length} tokens; the table beside it has the figures`) },
    s('rect', { class: 'axis', x: x(0), y: y(100), width: size, height: size }),
    s('line', { class: 'axis', x1: x(50), x2: x(50), y1: y(0), y2: y(100) }), s('line', { class: 'axis', x1: x(0), x2: x(100), y1: y(50), y2: y(50) }),
    QUADRANTS.map(([name, dx, dy]) => s('text', { class: 'tx2', x: left + size * dx, y: top + (dy < 0.5 ? 14 : size - 6), 'text-anchor': 'middle' }, name)),
    points.map((point) => s('circle', { class: 'dot', cx: x(point.x), cy: y(point.y), r: 4 })),
    named.map((point) => s('text', { class: 'tx', x: x(point.x) + (point.x > 80 ? -7 : 7), y: point.at + 4, 'text-anchor': point.x > 80 ? 'end' : 'start' }, point.name)),
    [0, 50, 100].map((at) => [s('text', { class: 'tx2', x: x(at), y: top + size + 14, 'text-anchor': 'middle' }, at), s('text', { class: 'tx2', x: left - 5, y: y(at) + 4, 'text-anchor': 'end' }, at)]).flat(),
    s('text', { class: 'tx2', x: x(50), y: 340, 'text-anchor': 'middle' }, 'Trader Grade'), s('text', { class: 'tx2', x: 8, y: y(50), 'text-anchor': 'middle', transform: `rotate(-90 8 ${y(50)})` }, 'Investor Grade'));
}

/** Labels of near points moved apart, top to bottom. */
function spread<T extends Point & { readonly at: number }>(points: readonly T[]): readonly T[] {
  const placed: T[] = [];
  for (const point of points.toSorted((a, b) => a.at - b.at)) {
    const near = placed.filter((one) => Math.abs(one.x - point.x) < 25);
    placed.push({ ...point, at: Math.max(point.at, ...near.map((one) => one.at + 12)) });
  }
  return placed;
}

export interface Marked {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isSecond: boolean;
}

const SIDE = 200;

/** Borders of an axis on twentieths, with at least 0.1 between them. */
function axisOf(values: readonly number[]): readonly [number, number] {
  const low = Math.max(0, Math.floor(Math.min(...values) * 20) / 20);
  return [low, Math.max(low + 0.1, Math.min(1, Math.ceil(Math.max(...values) * 20) / 20))];
}

/** Forecast against what came, each on its own scale, and the line where they agree; filled dots and hollow squares differ in shape too. */
export function reliabilityPlot(points: readonly Marked[]): SVGElement {
  const [left, right] = axisOf(points.map((point) => point.x));
  const [low, high] = axisOf(points.flatMap((point) => [point.x, point.low ?? point.y, point.high ?? point.y]));
  const x = (value: number): number => 40 + (SIDE * (value - left)) / (right - left);
  const y = (value: number): number => 12 + (SIDE * (high - value)) / (high - low);
  return s('svg', { viewBox: '0 0 280 252', width: 280, height: 252, ...label(`Forecast probability against the share that rose, ${points.length} bins`) },
    s('rect', { class: 'axis', x: 40, y: 12, width: SIDE, height: SIDE }), s('line', { class: 'axis', x1: x(left), y1: y(left), x2: x(right), y2: y(right) }),
    points.map((point) => [
      point.low !== null && point.high !== null && s('line', { class: point.isSecond ? 'line2' : 'range', x1: x(point.x), x2: x(point.x), y1: y(point.low), y2: y(point.high) }),
      s(point.isSecond ? 'rect' : 'circle', point.isSecond ? { class: 'dot2', x: x(point.x) - 4, y: y(point.y) - 4, width: 8, height: 8 } : { class: 'dot', cx: x(point.x), cy: y(point.y), r: 4 }),
    ]).flat(),
    [left, right].map((value) => s('text', { class: 'tx2', x: x(value), y: 228, 'text-anchor': 'middle' }, fixed(value, 2))),
    [low, high].map((value) => s('text', { class: 'tx2', x: 34, y: y(value) + 4, 'text-anchor': 'end' }, fixed(value, 2))),
    s('text', { class: 'tx2', x: 140, y: 246, 'text-anchor': 'middle' }, 'forecast p(up)'), s('text', { class: 'tx2', x: 8, y: 112, 'text-anchor': 'middle', transform: 'rotate(-90 8 112)' }, 'share that rose'));
}

/** Wilson's 95 % interval of a share. source: Wilson 1927 */
export function wilson(share: number, n: number): readonly [number, number] {
  const z = 1.96;
  const [centre, half] = [(share + z ** 2 / (2 * n)) / (1 + z ** 2 / n), (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))];
  return [centre - half, centre + half];
}
