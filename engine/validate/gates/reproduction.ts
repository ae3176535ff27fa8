import { isMissing } from '../evidence.ts';
import { gate, type GateFunction, notApplicable } from './gate.ts';
import { count } from './words.ts';

const THRESHOLD = 'nothing differs';

/** G0: a second run of the specification gives the same bits. */
export const g0: GateFunction = ({ reproduction }) => {
  if (isMissing(reproduction)) return notApplicable('G0', () => THRESHOLD, reproduction.missing, 'run the study again from its specification');
  const { differs } = reproduction;
  return gate('G0', {
    statistic: differs.length === 0 ? 'the replay is identical' : `${count(differs.length, 'field')} of the replay differ${differs.length === 1 ? 's' : ''}`,
    value: differs.length,
    at: () => ({
      state: differs.length === 0 ? 'pass' : 'fail',
      threshold: THRESHOLD,
      margin: -differs.length,
      reason: `differs in ${differs.join(', ')}`,
      remedy: 'restore the data and code that the study names, or run the study anew on those at hand',
    }),
  });
};
