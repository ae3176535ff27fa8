import { DataError, InputError } from '../core/index.ts';
import type { BarColumns } from '../market/index.ts';
import type { Decisions } from '../simulate/index.ts';
import type { EntryExitSignals, Exposure, Strategy } from './define.ts';
import type { Indicators } from './indicators.ts';
import type { Params } from './params.ts';
import { signalsOfRules } from './rules.ts';

/**
 * What a one-instrument strategy wants at every close, with its protection.
 *
 * shape   bars[n] → exposure[n]
 * throws  InputError `exposure-shape`; DataError `exposure-not-finite` naming the bar
 */
export function decisionsOf(strategy: Strategy, bars: BarColumns, params: Params, ta: Indicators): Decisions {
  const exposure = strategy.targetExposure
    ? strategy.targetExposure(bars, params, ta)
    : exposureOfSignals(signalsOf(strategy, bars, params, ta), bars.close.length);
  checkExposure(strategy.id, exposure, bars);
  return { exposure, ...strategy.protection(params) };
}

/** The same for a strategy of several legs: one exposure a leg. */
export function legExposuresOf(strategy: Strategy, legs: readonly BarColumns[], params: Params, ta: readonly Indicators[]): readonly Float64Array[] {
  const exposures = strategy.legExposures?.(legs, params, ta) ?? [];
  if (exposures.length !== legs.length) {
    throw new InputError('exposure-shape', `${strategy.id} must return one exposure for each of ${legs.length} legs, returned ${exposures.length}`);
  }
  exposures.forEach((exposure, m) => checkExposure(strategy.id, exposure, legs[m]));
  return exposures;
}

/**
 * How strongly a strategy that declares a score leans at every close.
 *
 * shape   bars[n] → out[n]
 * NaN     while unknown
 * throws  InputError `score-missing`, `score-shape`; DataError `score-not-finite` naming the bar
 */
export function declaredScore(strategy: Strategy, bars: BarColumns, params: Params, ta: Indicators): Float64Array {
  if (strategy.score === undefined) throw new InputError('score-missing', `strategy ${strategy.id} must declare a score, declares none`);
  const score: unknown = strategy.score(bars, params, ta);
  if (!(score instanceof Float64Array) || score.length !== bars.close.length) {
    const got = score instanceof Float64Array ? `${score.length} values` : typeof score;
    throw new InputError('score-shape', `${strategy.id} must return one score a bar (${bars.close.length}), returned ${got}`);
  }
  requireNoInfinity(strategy.id, 'score', score, bars);
  return score;
}

/** The conditions of a strategy of signals or rules; throws  InputError `legs-missing` for one that trades several instruments. */
export function signalsOf(strategy: Strategy, bars: BarColumns, params: Params, ta: Indicators): EntryExitSignals {
  if (strategy.rules) return signalsOfRules(strategy, bars, params, ta);
  if (strategy.signals) return strategy.signals(bars, params, ta);
  throw new InputError('legs-missing', `strategy ${strategy.id} trades ${strategy.legs} instruments together and was given one`);
}

/** Position of entry and exit conditions: an exit beats an entry of its side, opposite entries on one bar cancel; ± size while held. */
export function exposureOfSignals(signals: EntryExitSignals, length: number): Float64Array {
  const { enterLong, exitLong, enterShort, exitShort, exitAfterBars = 0, size = 1 } = signals;
  const out = new Float64Array(length);
  let position = 0;
  let enteredAt = 0;
  for (let t = 0; t < length; t++) {
    const isOver = position !== 0 && exitAfterBars > 0 && t - enteredAt >= exitAfterBars;
    const leavesLong = Boolean(exitLong?.[t]) || (isOver && position > 0);
    const leavesShort = Boolean(exitShort?.[t]) || (isOver && position < 0);
    if ((position > 0 && leavesLong) || (position < 0 && leavesShort)) position = 0;
    const long = Boolean(enterLong?.[t]) && !leavesLong;
    const short = Boolean(enterShort?.[t]) && !leavesShort;
    if (long !== short) {
      const side = long ? 1 : -1;
      if (side !== position) enteredAt = t;
      position = side;
    }
    out[t] = position * size;
  }
  return out;
}

function checkExposure(id: string, exposure: Exposure, bars: BarColumns): void {
  const isSeries = exposure instanceof Float64Array || exposure instanceof Uint8Array;
  if (!isSeries || exposure.length !== bars.close.length) {
    const got = isSeries ? `${exposure.length} values` : typeof exposure;
    throw new InputError('exposure-shape', `${id} must return one exposure a bar (${bars.close.length}), returned ${got}`);
  }
  if (exposure instanceof Float64Array) requireNoInfinity(id, 'exposure', exposure, bars);
}

function requireNoInfinity(id: string, what: 'exposure' | 'score', values: Float64Array, bars: BarColumns): void {
  for (let t = 0; t < values.length; t++) {
    if (values[t] === Infinity || values[t] === -Infinity) {
      throw new DataError(`${what}-not-finite`, `${id} must return a finite ${what}, was ${values[t]} at bar ${t} (${new Date(bars.openTimeMs[t]).toISOString()})`);
    }
  }
}
