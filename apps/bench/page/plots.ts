import type { CaseResult } from '../case.ts';
import { type BenchResults, headline, timesFaster } from '../results.ts';
import { escapeText } from './escape.ts';

const WIDTH = 720;
const LEFT = 130;
const RIGHT = 70;
const ROW = 26;
const TOP = 28;

interface Row {
  readonly label: string;
  /** Drawn inside the row, with its middle at y = 0. */
  readonly marks: string;
  readonly value: string;
}

interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** How many times as fast as each peer and the C program; a logarithmic axis, 1 is equal. */
export function timesPlot({ cases, peers }: BenchResults): string {
  const rows = cases.flatMap((result) => peers.filter(({ case: name }) => name === result.name).flatMap((peer) => {
    const times = timesFaster(result, peers, peer.peer);
    return times === null ? [] : [{ result, peer: peer.peer, times }];
  }));
  if (rows.length === 0) return '';
  const powers = rows.map(({ times }) => Math.log10(times));
  const axis = logarithmic(Math.floor(Math.min(0, ...powers)), Math.ceil(Math.max(1, ...powers)));
  const drawn = rows.map(({ result, peer, times }) => ({ label: `${result.name} ÷ ${peer}`, marks: bar(axis.at(1), axis.at(times), peer === 'C'), value: times >= 100 ? times.toFixed(0) : times.toPrecision(2) }));
  return plot('How many times as fast as peers and the C program', drawn, axis);
}

/** Least, quartiles and most of the repeats of each case, as multiples of its median. */
export function spreadPlot({ cases }: BenchResults): string {
  const measured = cases.flatMap((result) => spreadRow(result));
  if (measured.length === 0) return '';
  const most = Math.max(1.1, ...measured.map(({ max }) => Math.min(2, max)));
  const least = Math.min(0.9, ...measured.map(({ min }) => min));
  const at = (value: number): number => LEFT + ((Math.min(value, most) - least) / (most - least)) * (WIDTH - LEFT - RIGHT);
  const ticks = [least, 1, most].map((value) => ({ value, text: value.toFixed(2) }));
  const drawn = measured.map(({ label, min, q1, q3, max }) => ({
    label, value: `${(100 * (q3 - q1)).toFixed(1)} %`,
    marks: `<line x1="${px(at(min))}" x2="${px(at(max))}" y1="0" y2="0" stroke="var(--grey)"/><rect x="${px(at(q1))}" width="${px(Math.max(2, at(q3) - at(q1)))}" y="-6" height="12" fill="var(--band)" stroke="var(--band-edge)"/><line x1="${px(at(1))}" x2="${px(at(1))}" y1="-6" y2="6" stroke="var(--blue)" stroke-width="2"/>`,
  }));
  return plot('Spread of the repeats: least, quartiles and most, as multiples of the median; the number is the distance of the quartiles', drawn, { at, ticks });
}

function spreadRow(result: CaseResult): { readonly label: string; readonly min: number; readonly q1: number; readonly q3: number; readonly max: number }[] {
  const spread = headline(result);
  if (spread === null) return [];
  const { min, q1, median, q3, max } = spread;
  return [{ label: result.name, min: min / median, q1: q1 / median, q3: q3 / median, max: max / median }];
}

function logarithmic(low: number, high: number): Axis {
  const at = (value: number): number => LEFT + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, i) => ({ value: 10 ** (low + i), text: `${Number(`1e${low + i}`)} ×` })) };
}

function bar(from: number, to: number, isLimit: boolean): string {
  return `<rect x="${px(Math.min(from, to))}" width="${px(Math.max(1, Math.abs(to - from)))}" y="-7" height="14" fill="${isLimit ? 'var(--orange)' : 'var(--blue)'}"/>`;
}

function plot(title: string, rows: readonly Row[], { at, ticks }: Axis): string {
  const height = TOP + ROW * rows.length + 8;
  const grid = ticks.map(({ value, text }) => `<line x1="${px(at(value))}" x2="${px(at(value))}" y1="${TOP - 4}" y2="${height}" stroke="var(--rule)"/><text x="${px(at(value))}" y="${TOP - 10}" text-anchor="middle" fill="var(--ink-3)">${text}</text>`);
  const lines = rows.map(({ label, marks, value }, i) => `<g transform="translate(0 ${TOP + ROW * (i + 0.5)})"><text x="${LEFT - 10}" y="4" text-anchor="end" fill="var(--ink)">${escapeText(label)}</text>${marks}<text x="${WIDTH - 4}" y="4" text-anchor="end" fill="var(--ink-2)">${value}</text></g>`);
  return `<figure><figcaption>${escapeText(title)}</figcaption><div class="plot"><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeText(title)}" font-size="12">${grid.join('')}${lines.join('')}</svg></div></figure>`;
}

function px(value: number): string {
  return value.toFixed(1);
}
