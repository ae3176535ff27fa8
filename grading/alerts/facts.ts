import { formatDuration, formatTime } from '../../engine/index.ts';
import type { InvestorGrade, Market, TraderGrade } from '../types/index.ts';

export type Facts = Readonly<Record<string, number | string | null>>;

const BPS = 10_000;

/** What every alert states, unknown yet. */
const NOTHING: Facts = {
  grade: null, p_up: null, exp_return_bps: null, ci_low_bps: null, ci_high_bps: null, outcome_low_bps: null, outcome_high_bps: null, model_state: null,
};

/** The grade of a market with its probability, its intervals and the states of its models; nothing of it where there is no grade yet. */
export function gradeFacts(grade: TraderGrade | undefined): Facts {
  if (grade === undefined) return NOTHING;
  return {
    grade: grade.traderGrade, p_up: grade.pUp, exp_return_bps: bps(grade.expReturn), ci_low_bps: bps(grade.meanLow), ci_high_bps: bps(grade.meanHigh),
    outcome_low_bps: bps(grade.outcomeLow), outcome_high_bps: bps(grade.outcomeHigh),
    model_state: grade.models.length === 0 ? null : grade.models.map(({ model, state }) => `${model} ${state}`).join(', '),
    signal: signalText(grade.signal), price: grade.close, reason: grade.reason,
  };
}

export function marketFacts({ venue, symbol, timeframeMs }: Market): Facts {
  const timeframe = formatDuration(timeframeMs);
  return { name: `${symbol} ${timeframe}`, venue, symbol, timeframe };
}

/** The investor grade in the place of the trader grade, whose probability it does not have. */
export function investorFacts({ venue, symbol, investorGrade, reason }: InvestorGrade, grade: TraderGrade | undefined): Facts {
  return { ...NOTHING, model_state: gradeFacts(grade).model_state, grade: investorGrade, reason, name: symbol, venue, symbol };
}

export function modelFacts(model: string, { state, grade, letter }: { readonly state: string | null; readonly grade: number | null; readonly letter: string | null }): Facts {
  return { ...NOTHING, grade, model_state: state, name: model, model, model_grade: grade, letter };
}

export function noFacts(name: string): Facts {
  return { ...NOTHING, name };
}

export function signalText(side: -1 | 0 | 1 | null): 'buy' | 'flat' | 'sell' | null {
  if (side === null) return null;
  return side === 0 ? 'flat' : side > 0 ? 'buy' : 'sell';
}

/** The line below an alert's own words: grade, probability, interval, model state and time. */
export function factsLine(facts: Facts, asOfMs: number): string {
  return [
    `grade ${digits(facts.grade, 1)}`,
    `P(up) ${digits(facts.p_up, 3)}`,
    `expected ${digits(facts.exp_return_bps, 1)} bps (95 % interval ${digits(facts.ci_low_bps, 1)} to ${digits(facts.ci_high_bps, 1)})`,
    `80 % of outcomes ${digits(facts.outcome_low_bps, 1)} to ${digits(facts.outcome_high_bps, 1)} bps`,
    `model ${facts.model_state ?? 'n/a'}`,
    `as of ${formatTime(asOfMs)}`,
  ].join(' · ');
}

function digits(value: number | string | null | undefined, places: number): string {
  return typeof value === 'number' ? value.toFixed(places).replace('-', '−') : 'n/a';
}

function bps(logReturn: number | null): number | null {
  return logReturn === null ? null : logReturn * BPS;
}
