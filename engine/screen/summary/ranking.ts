/** A trial and its figures, in the order of SCREEN_COLUMNS. */
export interface RankedTrial {
  readonly trial: number;
  readonly figures: Float64Array;
}

/** Trials of the greatest values of one figure, best first; ties by trial. */
export interface Ranking {
  readonly column: number;
  readonly most: number;
  readonly trials: RankedTrial[];
}

/** Adds rows of later trials than all that are ranked; NaN has no rank. */
export function rank({ column, most, trials }: Ranking, columns: readonly Float64Array[], firstTrial: number): void {
  const values = columns[column];
  let least = trials.length < most ? -Infinity : trials[most - 1].figures[column];
  let isFull = trials.length >= most;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value > least) && (isFull || Number.isNaN(value))) continue;
    place(trials, { trial: firstTrial + i, figures: Float64Array.from(columns, (one) => one[i]) }, column, most);
    isFull = trials.length >= most;
    if (isFull) least = trials[most - 1].figures[column];
  }
}

/** Adds what was ranked of later trials. */
export function mergeRankings({ column, most, trials }: Ranking, later: readonly RankedTrial[]): void {
  for (const one of later) {
    if (trials.length >= most && !(one.figures[column] > trials[most - 1].figures[column])) break;
    place(trials, one, column, most);
  }
}

/** After those that are as good. */
function place(trials: RankedTrial[], one: RankedTrial, column: number, most: number): void {
  let at = trials.length;
  while (at > 0 && one.figures[column] > trials[at - 1].figures[column]) at--;
  trials.splice(at, 0, one);
  if (trials.length > most) trials.length = most;
}
