import { isMissing, type Validation } from '../../../engine/index.ts';
import { counted, formatCount, formatNumber, formatParam, formatSpan } from '../../format.ts';
import { html, type HtmlValue } from '../../html.ts';
import { metricLabel } from '../../metric-text.ts';

/** Which series feeds what, with how many draws and which seeds; claim, ledger, holdout and policy. */
export function factRows({ evidence, verdict: { policy } }: Validation): (readonly [string, HtmlValue])[] {
  const { subject, outOfSample, search, overfit, holdoutReads } = evidence;
  const { plan, sampler, held } = subject;
  const { bootstrap } = outOfSample;
  const ledger = isMissing(search) ? search : search.ledgerTrials;
  return [
    ['Claim', subject.claim],
    ['Trials of the claim', isMissing(ledger) ? `not known: ${ledger.missing}` : html`N = ${formatCount(ledger.n)} distinct points with a defined Sharpe ratio, of ${counted(ledger.studies, 'study', 'studies')}; ledger <span class="id">${ledger.ledgerHash}</span>`],
    ['Holdout', isMissing(holdoutReads) ? `reads not known: ${holdoutReads.missing}` : holdoutReads === 0 ? 'never read' : `read ${formatCount(holdoutReads)} time${holdoutReads === 1 ? '' : 's'}`],
    ['Policy', html`${policy.version} · <span class="id">${policy.hash}</span>`],
    ['Daily returns', 'bars shorter than a day are summed to UTC days before any inference'],
    ['Stitched out-of-sample curve', `feeds the bounds, PSR, costs, latency, concentration, regimes, baselines and ruin (G2, G4 – G6, G9, G11 – G14); ${formatCount(outOfSample.observations)} daily returns`],
    ['Full-window returns of all trials', isMissing(search) ? `would feed the Reality Check, SPA, StepM, DSR and CSCV; not known: ${search.missing}` : `feed the Reality Check, SPA, StepM, DSR and CSCV (G7, G8); ${counted(search.days, 'day')}, ${counted(search.trials, 'trial')}, ${formatCount(search.dropped)} dropped`],
    ['Bootstrap of the curve', `stationary, B = ${formatCount(bootstrap.draws)}, mean block ${formatNumber(bootstrap.blockDays, 1)} days (Politis–White of r and of |r|, at least 1), seed ${bootstrap.seed}; one-sided percentiles, type 7`],
    ...(isMissing(search) ? [] : [['Bootstrap of the search', `stationary, recentred, B = ${formatCount(search.realityCheck.draws)}, mean block ${formatNumber(search.realityCheck.blockDays, 1)} days, seed ${search.realityCheck.seed}; p = (1 + count) ÷ (1 + B)`] as const]),
    ...(isMissing(overfit) ? [] : [['CSCV', `${formatCount(overfit.blocks)} blocks, ${formatCount(overfit.combinations)} splits; average ranks on ties, a trial without a Sharpe ratio last`] as const]),
    ['Windows', `${plan.kind}; train ${formatSpan(plan.trainMs)}, test ${formatSpan(plan.testMs)}, purge ${plan.purgeMs === 0 ? 'none' : formatSpan(plan.purgeMs)}, step ${formatSpan(plan.stepMs)}`],
    ['Search', sampler.kind === 'grid' ? `grid of ${counted(subject.points, 'point')}` : `random: ${counted(sampler.points, 'point')}, seed ${sampler.seed}`],
    ['Objective', metricLabel(subject.objective)],
    ['Held now', held === null ? 'nothing: the last window chose no point' : Object.entries(held).map(([name, value]) => `${name} ${formatParam(value)}`).join(', ')],
    ['Walk-forward', html`<span class="id">${subject.walkForwardId}</span>`],
  ];
}
