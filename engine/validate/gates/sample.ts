import { gate, type GateFunction } from './gate.ts';
import { count, figure, joined } from './words.ts';

/** G4: length of the out-of-sample curve, and bets in it. */
export const g4: GateFunction = ({ sample: { days, bets } }, { G4: { minDays, minBets } }) =>
  gate('G4', {
    statistic: `${count(Math.round(days), 'day')} out of sample, ${figure(bets, 0)} bets`,
    value: days,
    at: (tier) => {
      const moreDays = Math.max(0, Math.ceil(minDays[tier] - days));
      const moreBets = bets === null ? minBets[tier] : Math.max(0, Math.ceil(minBets[tier] - bets));
      return {
        state: moreDays === 0 && moreBets === 0 ? 'pass' : 'fail',
        threshold: `at least ${minDays[tier]} days and ${minBets[tier]} bets`,
        reason: joined([moreDays > 0 && `${count(Math.round(days), 'day')} are too few`, moreBets > 0 && `${figure(bets, 0)} bets are too few`]),
        remedy: joined([moreDays > 0 && `${count(moreDays, 'day')} more out of sample`, moreBets > 0 && `${count(moreBets, 'bet')} more`], ' and '),
      };
    },
  });
