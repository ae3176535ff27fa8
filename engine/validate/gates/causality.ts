import type { StampTest } from '../evidence.ts';
import { isMissing } from '../evidence.ts';
import type { Policy } from '../policy.ts';
import type { GateState } from '../verdict.ts';
import { gate, type GateFunction, notApplicable } from './gate.ts';
import { count, figure, joined, percent } from './words.ts';

/** G1: no decision or feature changes when its future is cut off or corrupted. */
export const g1: GateFunction = ({ causality }, { G1: { minCuts } }) => {
  const threshold = `0 changed at ${minCuts} or more cuts`;
  if (isMissing(causality)) return notApplicable('G1', () => threshold, causality.missing, 'give the strategy a form that can be evaluated on cut bars');
  const { leaks, cuts, compared } = causality;
  const changed = leaks.reduce((sum, leak) => sum + leak.changed, 0);
  return gate('G1', {
    statistic: `${changed} of ${count(compared, 'decision')} changed over ${count(cuts, 'cut')}`,
    value: changed,
    at: () => ({
      state: leaks.length === 0 && cuts >= minCuts && compared > 0 ? 'pass' : 'fail',
      threshold,
      margin: cuts >= minCuts && compared > 0 ? -changed : null,
      reason: joined([
        ...leaks.slice(0, 3).map(({ message }) => message),
        leaks.length > 3 && `and ${leaks.length - 3} more`,
        cuts < minCuts && `${count(cuts, 'cut')} are too few to trust`,
        compared === 0 && 'no decision was compared',
      ]),
      remedy: leaks.length > 0 ? `remove what reads ahead: ${[...new Set(leaks.map(({ name, subject }) => `${subject} (${name})`))].join(', ')}` : 'test at more cuts',
    }),
  });
};

/** G1b: no joined column loads on the return of the bar that it is stamped before. */
export const g1b: GateFunction = ({ stamps }, { G1b: rule }) => {
  const threshold = `not both |t| ≥ ${rule.absT} and |partial r| ≥ ${rule.absPartialR}`;
  if (isMissing(stamps)) return notApplicable('G1b', () => threshold, stamps.missing);
  if (stamps.length === 0) return notApplicable('G1b', () => threshold, 'no column is joined to the bars');
  const worst = stamps.reduce((a, b) => (Math.abs(b.t ?? 0) > Math.abs(a.t ?? 0) ? b : a));
  const named = (state: GateState): string => stamps.filter((stamp) => stampState(stamp, rule) === state).map(({ column }) => column).join(', ');
  const state = (['fail', 'warn', 'pass'] as const).find((one) => named(one) !== '') ?? 'pass';
  return gate('G1b', {
    statistic: `largest load: ${worst.column} with t ${figure(worst.t, 1)} and partial r ${figure(worst.partialR)}`,
    value: worst.t,
    at: () => ({
      state,
      threshold,
      reason: `${named(state)} ${state === 'fail' ? 'knows' : 'may know'} the bar that it is stamped before`,
      remedy: `stamp ${named(state)} when it was published, not when its period began`,
    }),
  });
};

function stampState({ t, partialR }: StampTest, { absT, absPartialR }: Policy['G1b']): 'pass' | 'warn' | 'fail' {
  if (t === null || Math.abs(t) < absT) return 'pass';
  return partialR !== null && Math.abs(partialR) < absPartialR ? 'warn' : 'fail';
}

/** G3: a longer history changes no decision after the declared warm-up; bar by bar equals all bars at once. */
export const g3: GateFunction = ({ causality }, { G3: { maxChangedFrac } }) => {
  const threshold = `at most ${percent(maxChangedFrac)} of decisions changed; bar by bar the same bits`;
  if (isMissing(causality)) return notApplicable('G3', () => threshold, causality.missing, 'give the strategy a form that can be evaluated on other histories');
  const { warmup, incremental } = causality;
  const share = warmup.compared === 0 ? null : warmup.changed / warmup.compared;
  const isStable = share !== null && share <= maxChangedFrac;
  const isSame = incremental.changed === 0;
  return gate('G3', {
    statistic: `${percent(share, 2)} of decisions changed with a longer history; ${incremental.changed} of ${incremental.compared} bar by bar`,
    value: share,
    at: () => ({
      state: isStable && isSame ? 'pass' : 'fail',
      threshold,
      margin: isSame && share !== null ? maxChangedFrac - share : null,
      reason: joined([
        share === null && 'no decision after the warm-up was compared with a longer history',
        share !== null && !isStable && `${count(warmup.changed, 'decision')} of ${warmup.compared} depend on bars before the declared warm-up`,
        !isSame && `${count(incremental.changed, 'decision')} of ${incremental.compared} differ when bars arrive one at a time`,
      ]),
      remedy: isSame ? 'declare a longer warmupBars' : 'keep no state between calls, and compute each bar from the bars before it alone',
    }),
  });
};
