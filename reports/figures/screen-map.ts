import type { AxisBins, Params, ScreenMap } from '../../engine/index.ts';
import { formatCount, formatParam } from '../format.ts';
import type { FigureInput } from './figure.ts';
import { type Cell, type ObjectiveView, pairPanel, type ParamSteps } from './parameters.ts';

const MOST_STEPS = 24;

/** Mean objective of a screen over two parameters, in cells of neighbouring values. */
export function screenMapFigure({ x, y, defined, mean }: ScreenMap, objective: ObjectiveView, chosen: Params | null, id: string): FigureInput {
  const [xs, ys] = [steps(x), steps(y)];
  const cells = cellsOf({ xs, ys, width: y.from.length, defined, mean });
  return {
    id,
    name: `${y.name} by ${x.name}`,
    finding: `Mean ${objective.label} over ${y.name} and ${x.name}: a plateau is worth more than a peak.`,
    description: `A grid of values of ${x.name} across and ${y.name} up; the colour scale above gives the mean ${objective.label} of the trials of a cell, crosses have no value, the diamond is the cell of the best trial.`,
    panels: (layout) => [pairPanel(layout, { cells, xSteps: xs.steps, ySteps: ys.steps, objective, xName: x.name, yName: y.name, chosen: chosen === null ? null : { params: chosen }, statistic: 'mean' })],
    data: {
      columns: [{ label: x.name, align: 'text' }, { label: y.name, align: 'text' }, { label: `Mean ${objective.label}`, align: 'number' }, { label: 'Trials with a value', align: 'number' }],
      count: cells.length,
      row: (i) => [xs.steps.labels[cells[i].x], ys.steps.labels[cells[i].y], cells[i].value === null ? 'no value' : objective.text(cells[i].value), formatCount(cells[i].trials)],
    },
    note: `Each cell is the mean of all its trials, other parameters included. ◆ the best trial. × no value.${objective.note}`,
    live: true,
  };
}

interface Steps {
  readonly steps: ParamSteps;
  /** Bins of each step. */
  readonly bins: readonly (readonly number[])[];
}

function steps({ from, to }: AxisBins): Steps {
  const count = Math.min(MOST_STEPS, from.length);
  const bins: number[][] = Array.from({ length: count }, () => []);
  from.forEach((_, bin) => bins[Math.floor((bin * count) / from.length)].push(bin));
  const ends = bins.map((own) => [from[own[0]], to[own[own.length - 1]]] as const);
  const holds = ([first, last]: (typeof ends)[number], value: number): boolean => value >= Math.min(Number(first), Number(last)) && value <= Math.max(Number(first), Number(last));
  return {
    bins,
    steps: {
      labels: ends.map(([first, last]) => (first === last ? formatParam(first) : `${formatParam(first)}–${formatParam(last)}`)),
      stepOf: (value) => ends.findIndex((end) => holds(end, Number(value))),
      grouped: count < from.length,
    },
  };
}

function cellsOf({ xs, ys, width, defined, mean }: { readonly xs: Steps; readonly ys: Steps; readonly width: number } & Pick<ScreenMap, 'defined' | 'mean'>): Cell[] {
  return ys.bins.flatMap((yBins, y) => xs.bins.map((xBins, x) => {
    let [trials, sum] = [0, 0];
    for (const i of xBins) {
      for (const j of yBins) {
        const cell = i * width + j;
        if (defined[cell] > 0) sum += mean[cell] * defined[cell];
        trials += defined[cell];
      }
    }
    return { x, y, trials, failed: 0, value: trials === 0 ? null : sum / trials };
  }));
}
