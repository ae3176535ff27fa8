import type { AxisBins, ScreenAxis, ScreenMap } from '../../engine/index.ts';
import { alarm, faint, good, number, percent, table } from './output.ts';
import { metricText } from './results.ts';

/** Lines of a table of an axis, and size of a map in characters. */
const MOST_LINES = 10;
const MAP_COLUMNS = 60;
const MAP_LINES = 20;
const SHADES = '·░▒▓█';
const BAR_WIDTH = 24;
/** Share of cells at either end that have the shade of the end. */
const TAIL = 0.05;

/** Mean, least and best of the objective along an axis, neighbouring bins together. */
export function axisTable(axis: ScreenAxis, objective: string): string {
  const groups = grouped(axis.from.length, MOST_LINES);
  const means = groups.map((bins) => meanOf(bins.map((bin) => axis.mean[bin]), bins.map((bin) => axis.defined[bin])));
  const longest = Math.max(...means.map((mean) => Math.abs(mean ?? 0)));
  return table(
    [axis.name, 'trials', `mean ${objective}`, 'least', 'best', 'above zero', ''],
    groups.map((bins, i) => {
      const defined = sum(bins.map((bin) => axis.defined[bin]));
      const above = defined === 0 ? null : sum(bins.map((bin) => axis.positive[bin])) / defined;
      const extreme = (values: readonly (number | null)[], pick: (...all: number[]) => number): number | null => {
        const known = bins.map((bin) => values[bin]).filter((one) => one !== null);
        return known.length === 0 ? null : pick(...known);
      };
      return [
        rangeText(axis, bins), number(sum(bins.map((bin) => axis.trials[bin])), 0), metricText(objective, means[i]), metricText(objective, extreme(axis.least, Math.min)),
        metricText(objective, extreme(axis.best, Math.max)), percent(above), barText(means[i], longest),
      ];
    }),
  );
}

/** Mean of the objective over two axes in shades: the first axis from top to bottom, the second from left to right. */
export function mapText({ x, y, mean, defined }: ScreenMap, objective: string): string {
  const [lines, columns] = [grouped(x.from.length, MAP_LINES), grouped(y.from.length, MAP_COLUMNS)];
  const width = y.from.length;
  const cells = lines.map((xs) => columns.map((ys) => {
    const all = xs.flatMap((i) => ys.map((j) => i * width + j));
    return meanOf(all.map((cell) => mean[cell]), all.map((cell) => defined[cell]));
  }));
  const known = cells.flat().filter((one) => one !== null).sort((a, b) => a - b);
  if (known.length === 0) return faint(`${x.name} × ${y.name}: no trial has a value`);
  const [least, most] = [known[Math.floor(TAIL * (known.length - 1))], known[Math.ceil((1 - TAIL) * (known.length - 1))]]; // a few extremes would take all shades
  const labels = lines.map((bins) => rangeText(x, bins));
  const margin = Math.max(...labels.map(({ length }) => length));
  return [
    `mean ${objective} by ${x.name} (down) and ${y.name} (across, ${rangeText(y, [0])} to ${rangeText(y, [width - 1])}): ${SHADES[0]} ${metricText(objective, least)} or less … ${SHADES.at(-1)} ${metricText(objective, most)} or more`,
    ...cells.map((row, i) => `${labels[i].padStart(margin)} ${row.map((value) => shade(value, least, most)).join('')}`),
  ].join('\n');
}

function shade(value: number | null, least: number, most: number): string {
  if (value === null) return ' ';
  const step = most > least ? Math.max(0, Math.min(SHADES.length - 1, Math.floor(((value - least) / (most - least)) * SHADES.length))) : 0;
  return value > 0 ? good(SHADES[step]) : alarm(SHADES[step]);
}

function barText(value: number | null, longest: number): string {
  if (value === null || longest === 0) return '';
  const bar = '▇'.repeat(Math.round((Math.abs(value) / longest) * BAR_WIDTH));
  return (value > 0 ? good(bar) : alarm(bar)) + ' '.repeat(BAR_WIDTH - bar.length);
}

/** Neighbouring bins in so many groups at most. */
function grouped(bins: number, most: number): number[][] {
  const count = Math.min(bins, most);
  const groups: number[][] = Array.from({ length: count }, () => []);
  for (let bin = 0; bin < bins; bin++) groups[Math.floor((bin * count) / bins)].push(bin);
  return groups;
}

function rangeText({ from, to }: AxisBins, bins: readonly number[]): string {
  const [first, last] = [String(from[bins[0]]), String(to[bins[bins.length - 1]])];
  return first === last ? first : `${first} … ${last}`;
}

/** Null where none has a value. */
function meanOf(means: readonly (number | null)[], counts: readonly number[]): number | null {
  const all = sum(counts);
  return all === 0 ? null : sum(means.map((mean, i) => (counts[i] === 0 ? 0 : (mean ?? 0) * counts[i]))) / all;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
