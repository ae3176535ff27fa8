import { leakWarnings, warmupWarnings } from '../causality/index.ts';
import { assumptionWarnings, fundingWarnings } from '../run/index.ts';
import type { WalkForward } from './types.ts';

/** What a careful reader wants to know before the figures of a walk-forward. */
export function walkForwardWarnings(walk: Omit<WalkForward, 'warnings'>, points: number): string[] {
  const { windows, trades } = walk;
  const { profile } = walk.spec.config;
  const unchosen = windows.filter(({ chosen }) => chosen === null).length;
  const failed = windows.reduce((sum, window) => sum + window.failedTrials, 0);
  const delisted = trades.filter(({ exitReason }) => exitReason === 'delisted').length;
  const lines: [boolean, string][] = [
    [profile !== 'assay', `filled by the rules of ${profile}, not Assay’s: no funding, borrow or liquidation; buy and hold beside it by Assay’s`],
    [walk.equity.some((value) => value <= 0), 'the account was ruined in a test window; the curve ends there'],
    [unchosen > 0, `${unchosen} of ${windows.length} windows stayed flat: no parameter point had a defined ${walk.spec.objective} in sample`],
    [failed > 0, `${failed} of ${walk.trialsEvaluated} in-sample trials failed`],
    [windows.length < 5, `only ${windows.length} window${windows.length === 1 ? '' : 's'}: too few to judge stability`],
    [trades.length < 30, `only ${trades.length} out-of-sample trades: too few to judge`],
    [delisted > 0, `${delisted} position${delisted === 1 ? '' : 's'} closed by a delisting, longs at a loss of ${Number((100 * walk.spec.config.execution.delistingHaircutFrac).toFixed(2))} %`],
    [points === 1, 'one parameter point: nothing was optimised'],
    [(walk.metrics.ambiguousBars ?? 0) > 0, `${walk.metrics.ambiguousBars} bars could have filled either way; resolved ${walk.spec.config.intrabar}`],
    ...fundingWarnings(walk.spec.markets, walk.spec.config).map((text): [boolean, string] => [true, text]),
  ];
  return [
    ...leakWarnings(walk.causality), ...lines.filter(([applies]) => applies).map(([, text]) => text), ...assumptionWarnings(walk.spec.config), ...warmupWarnings(walk.causality),
  ];
}
