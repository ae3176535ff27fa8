import { isMissing } from '../evidence.ts';
import type { Tier } from '../verdict.ts';
import { gate, type GateFunction, notApplicable } from './gate.ts';
import { count, figure, joined, percent } from './words.ts';

/** G2: the out-of-sample curve keeps its Sharpe ratio when every decision is carried out later. */
export const g2: GateFunction = ({ latency, outOfSample }, { G2: rule }) => {
  const lag = count(rule.lagBars, 'bar');
  const threshold = (tier: Tier): string => joined([
    `Sharpe above 0 with ${lag} of extra lag, and not less than ${percent(rule.minRatio, 0)} of it with t above ${rule.pairedT}`,
    tier === 'live' && 'net Sharpe above 0 at the declared latency',
  ]);
  if (isMissing(latency)) return notApplicable('G2', threshold, latency.missing);
  const point = latency.find(({ lagBars }) => lagBars === rule.lagBars);
  if (point === undefined) return notApplicable('G2', threshold, `no curve with ${lag} of extra lag`);
  const { sharpeAnn, ratio, pairedT } = point;
  const isLost = sharpeAnn === null || sharpeAnn <= 0;
  const isSteep = ratio !== null && ratio < rule.minRatio && pairedT !== null && pairedT > rule.pairedT;
  const isShaky = ratio !== null && ratio < rule.warnRatio;
  return gate('G2', {
    statistic: `Sharpe ${figure(sharpeAnn)} with ${lag} of extra lag, ${percent(ratio, 0)} of that without`,
    value: ratio,
    at: (tier) => {
      const isNegative = tier === 'live' && !((outOfSample.sharpeAnn ?? 0) > 0);
      return {
        state: isLost || isSteep || isNegative ? 'fail' : isShaky ? 'warn' : 'pass',
        threshold: threshold(tier),
        reason: joined([
          isLost && `nothing is left after ${lag}`,
          !isLost && (isSteep || isShaky) && `${percent(1 - (ratio ?? 0), 0)} of the Sharpe ratio is lost in ${lag}`,
          isNegative && 'the net Sharpe ratio at the declared latency is not positive',
        ]),
        remedy: 'check that no decision reads the bar on which it trades; otherwise trade a slower signal, or shorten the latency',
      };
    },
  });
};
