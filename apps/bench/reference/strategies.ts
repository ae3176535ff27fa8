import { type Bars, createIndicators, decisionsOf, type Params, type Strategy } from '../../../engine/index.ts';
import { type ReferenceFigures, type ReferenceRules, referenceAllIn } from './all-in.ts';
import { plainMean, plainRsi, strictCross } from './signals.ts';

/** Arrays of one market by window: the plain loop need not be slower than it is. */
class ByWindow {
  private close: Float64Array | null = null;
  private readonly lines = new Map<number, Float64Array>();
  private readonly make: (close: Float64Array, windowBars: number) => Float64Array;

  constructor(make: (close: Float64Array, windowBars: number) => Float64Array) {
    this.make = make;
  }

  line(close: Float64Array, windowBars: number): Float64Array {
    if (this.close !== close) this.lines.clear();
    this.close = close;
    let line = this.lines.get(windowBars);
    if (line === undefined) this.lines.set(windowBars, (line = this.make(close, windowBars)));
    return line;
  }
}

const means = new ByWindow(plainMean);
const strengths = new ByWindow(plainRsi);

/** The cross of two averages in the plain loop. */
export function referenceSmaCross(bars: Bars, { fast, slow }: Params, rules: ReferenceRules): ReferenceFigures {
  const [a, b] = [means.line(bars.close, Number(fast)), means.line(bars.close, Number(slow))];
  const [enters, exits] = [new Uint8Array(bars.length), new Uint8Array(bars.length)];
  return referenceAllIn(bars, strictCross(a, b, 'above', enters), strictCross(a, b, 'below', exits), rules);
}

/** The relative strength between two levels in the plain loop. */
export function referenceRsiStops(bars: Bars, { window, lower, upper }: Params, rules: ReferenceRules): ReferenceFigures {
  const strength = strengths.line(bars.close, Number(window));
  const [enters, exits] = [new Uint8Array(bars.length), new Uint8Array(bars.length)];
  return referenceAllIn(bars, strictCross(strength, Number(lower), 'below', enters), strictCross(strength, Number(upper), 'above', exits), rules);
}

/** The strategy's own exposures, simulated by the plain loop: proves the simulation, not the strategy. */
export function referenceOwn(strategy: Strategy) {
  return (bars: Bars, params: Params, rules: ReferenceRules): ReferenceFigures => {
    const { exposure } = decisionsOf(strategy, bars, params, createIndicators());
    const first = strategy.warmupBars(params) - 1;
    const held = Uint8Array.from(exposure, (x, t) => (t >= first && x > 0 ? 1 : 0));
    return referenceAllIn(bars, held, held.map((x) => 1 - x), rules);
  };
}
