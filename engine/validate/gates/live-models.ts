import { isMissing, type Uniqueness } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { above, gate, type GateFunction, notApplicable, passing } from './gate.ts';
import { count, figure, joined, percent } from './words.ts';

/** G15: correlation with each registered model, and what is left beside them; a study alone has none to compare with. */
export const g15: GateFunction = ({ uniqueness }, { G15: { maxCorrelation, minCommonDays, minResidualAlphaAnn } }) => {
  const threshold = (tier: Tier): string =>
    joined([`correlation with each below ${maxCorrelation[tier]}`, minResidualAlphaAnn[tier] !== null && `residual alpha above ${percent(minResidualAlphaAnn[tier])} a year`]);
  if (isMissing(uniqueness)) return notApplicable('G15', threshold, uniqueness.missing);
  const { models, residual } = uniqueness;
  if (models.length === 0) {
    return gate('G15', { statistic: 'no model is registered that it could resemble', at: (tier) => ({ state: 'pass', threshold: threshold(tier) }) });
  }
  const nearest = nearestOf(uniqueness);
  if (nearest === null) return notApplicable('G15', threshold, `no registered model has ${count(minCommonDays, 'common day')}`);
  const alpha = residual?.alphaAnn ?? null;
  return gate('G15', {
    statistic: joined([`correlation ${figure(nearest.correlation)} with ${nearest.model} over ${count(nearest.commonDays, 'common day')}`, residual !== null && `residual alpha ${percent(residual.alphaAnn)} a year`]),
    value: nearest.correlation,
    at: (tier) => {
      const room = maxCorrelation[tier] - nearest.correlation;
      const least = minResidualAlphaAnn[tier];
      const isLike = passing(room, 'above') === 'fail';
      const addsNothing = least !== null && passing(above(alpha, least), 'above') === 'fail';
      return {
        state: isLike || addsNothing ? 'fail' : 'pass',
        threshold: threshold(tier),
        margin: room,
        reason: joined([isLike && `it moves as ${nearest.model} does`, addsNothing && `beside the registered models it earns ${percent(alpha)} a year`]),
        remedy: isLike ? `retire ${nearest.model} first, or trade what it does not` : 'an edge that the registered models do not have',
      };
    },
  });
};

/** G17: stated probabilities against what came; a study states none. An error on the careful side of a forecast that knows something warns: shrinkage makes it on purpose. */
export const g17: GateFunction = ({ calibration }, { G17: { minBrierSkill } }) => {
  const threshold = (tier: Tier): string =>
    joined(['calibration error inside its bootstrap', minBrierSkill[tier] !== null && `Brier skill above ${figure(minBrierSkill[tier], 1)}`]);
  if (isMissing(calibration)) return notApplicable('G17', threshold, calibration.missing);
  const { ece, eceLimit95, brierSkill, nEffective, slope } = calibration;
  const isCareful = slope !== null && slope > 1 && brierSkill > 0;
  return gate('G17', {
    statistic: `calibration error ${figure(ece, 3)}, a calibrated forecast stays below ${figure(eceLimit95, 3)} in 95 of 100; Brier skill ${figure(brierSkill, 4)}; ${figure(nEffective, 0)} effective outcomes`,
    value: ece,
    at: (tier) => {
      const least = minBrierSkill[tier];
      const isOff = passing(eceLimit95 - ece, 'reached') === 'fail';
      const saysNothing = least !== null && passing(brierSkill - least, 'above') === 'fail';
      return {
        state: saysNothing || (isOff && !isCareful) ? 'fail' : isOff ? 'warn' : 'pass',
        threshold: threshold(tier),
        margin: eceLimit95 - ece,
        reason: joined([isOff && (isCareful ? `its probabilities are more careful than what came, slope ${figure(slope)}` : 'its probabilities are further off than chance explains'), saysNothing && 'its probabilities say no more than the base rate']),
        remedy: isOff ? 'a longer out-of-sample period, so that the map is fitted on more outcomes' : 'a score that orders what follows it',
      };
    },
  });
};

/** The model that it is most like. */
function nearestOf({ models }: Uniqueness): { readonly model: string; readonly commonDays: number; readonly correlation: number } | null {
  const known = models.flatMap(({ correlation, ...model }) => (correlation === null ? [] : [{ ...model, correlation }]));
  return known.reduce<(typeof known)[number] | null>((most, one) => (most === null || one.correlation > most.correlation ? one : most), null);
}
