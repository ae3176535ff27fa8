import type { ClosedBar, ModelBook, SignalSide, TraderGrade } from '../types/index.ts';

/** What following the published signals of one market has made of 1, beside holding it; both net of the models' costs. */
export interface SignalAccount {
  bar(bar: ClosedBar): void;
  grade(grade: TraderGrade): void;
  readonly position: SignalSide;
  /** Simple returns since the first grade; null before a bar has followed it. */
  readonly signalReturn: number | null;
  readonly holdReturn: number | null;
}

/**
 * A signal is entered at the next open, at half the round trip a side; a missing signal is a flat position.
 *
 * causal  the figures at a close hold what was decided at closes before it
 */
export function createSignalAccount(models: ModelBook): SignalAccount {
  let target: SignalSide | null = null;
  let position: SignalSide = 0;
  let sideCost = 0;
  let before: number | null = null;
  let [following, holding] = [1, 1];
  let isHeld = false;
  return {
    bar({ open, close }): void {
      if (target !== null) {
        const previous = before ?? open;
        following *= (1 + position * (open / previous - 1)) * (1 - sideCost * Math.abs(target - position)) * (1 + target * (close / open - 1));
        holding *= isHeld ? close / previous : (1 - sideCost) * (close / open);
        isHeld = true;
        position = target;
      }
      before = close;
    },
    grade({ signal, models: scores }): void {
      target = signal ?? 0;
      sideCost = roundTripCost(scores, models) / 2;
    },
    get position() {
      return position;
    },
    get signalReturn() {
      return isHeld ? following - 1 : null;
    },
    get holdReturn() {
      return isHeld ? holding - 1 : null;
    },
  };
}

/** Of the heaviest published model. */
function roundTripCost(scores: TraderGrade['models'], models: ModelBook): number {
  const [heaviest] = scores.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  return heaviest === undefined ? 0 : (models.get(heaviest.model)?.version.grade.roundTripCost ?? 0);
}
