import { DAY_MS, formatDuration, InputError } from '../../engine/index.ts';
import type { ModelState, ModelVersion, Transition } from '../types/index.ts';

/** The only actor who may move a model out of SUSPENDED, and who may shorten a shadow period. */
export const OPERATOR = 'operator';

/** Days without a break that a model is graded in SHADOW before it may be LIVE. */
export const SHADOW_DAYS = 90;

/** Who may move a model from one state to another: `anyone` includes monitors. What is not in the table is not allowed. */
export const TRANSITIONS: Readonly<Record<ModelState, Readonly<Partial<Record<ModelState, 'anyone' | 'operator'>>>>> = {
  DRAFT: { CANDIDATE: 'anyone', RETIRED: 'operator' },
  CANDIDATE: { SHADOW: 'anyone', RETIRED: 'operator' },
  SHADOW: { LIVE: 'anyone', SUSPENDED: 'anyone', RETIRED: 'anyone' },
  LIVE: { WATCH: 'anyone', SUSPENDED: 'anyone', RETIRED: 'operator' },
  WATCH: { LIVE: 'anyone', SUSPENDED: 'anyone', RETIRED: 'operator' },
  SUSPENDED: { CANDIDATE: 'operator', SHADOW: 'operator', RETIRED: 'operator' },
  RETIRED: {},
};

/** What a transition is judged by. */
export interface TransitionFacts {
  readonly from: ModelState;
  /** How long it has been in `from`. */
  readonly inStateMs: number;
  /** Of the version's verdict; asked for only where it matters, so that a model whose file is damaged can still be stopped. */
  readonly decision: () => ModelVersion['verdict']['decision'];
  /** The operator has said that the shadow period need not be over. */
  readonly force: boolean;
}

/**
 * Refuses a transition that the table, the verdict or the shadow period does not allow.
 *
 * throws  InputError `transition-invalid`, `transition-actor`, `transition-verdict`, `shadow-too-short`, `transition-reason`
 */
export function checkTransition({ model, to, actor, reason }: Pick<Transition, 'model' | 'to' | 'actor' | 'reason'>, { from, inStateMs, decision, force }: TransitionFacts): void {
  const who = TRANSITIONS[from][to];
  if (who === undefined) throw new InputError('transition-invalid', `state of ${model} must be ${allowedFrom(from)} after ${from}, was to be ${to}`);
  if (reason.trim() === '') throw new InputError('transition-reason', `reason must be written where ${model} goes from ${from} to ${to}, was ${JSON.stringify(reason)}`);
  if (who === 'operator' && actor !== OPERATOR) throw new InputError('transition-actor', `actor must be the ${OPERATOR} where a model goes from ${from} to ${to}, was "${actor}"`);
  if (force && actor !== OPERATOR) throw new InputError('transition-actor', `actor must be the ${OPERATOR} where a shadow period is cut short, was "${actor}"`);
  if (to === 'SHADOW' && decision() === 'reject') throw verdictError(model, to, 'shadow or live-eligible', decision());
  if (to === 'LIVE' && decision() !== 'live-eligible') throw verdictError(model, to, 'live-eligible', decision());
  if (isTooShort(from, to, inStateMs) && !force) {
    const rest = formatDuration(Math.ceil((SHADOW_DAYS * DAY_MS - inStateMs) / DAY_MS) * DAY_MS);
    throw new InputError('shadow-too-short', `days of ${model} in SHADOW must be at least ${SHADOW_DAYS}, was ${Math.floor(inStateMs / DAY_MS)}; ${rest} to go, or the operator forces it with a reason`);
  }
}

/** Whether force was needed. */
export function isTooShort(from: ModelState, to: ModelState, inStateMs: number): boolean {
  return from === 'SHADOW' && to === 'LIVE' && inStateMs < SHADOW_DAYS * DAY_MS;
}

function allowedFrom(from: ModelState): string {
  const states = Object.keys(TRANSITIONS[from]);
  return states.length === 0 ? 'none' : `one of ${states.join(', ')}`;
}

function verdictError(model: string, to: ModelState, rule: string, decision: string): InputError {
  return new InputError('transition-verdict', `verdict of ${model} must be ${rule} before ${to}, was ${decision}; no one may override it`);
}
