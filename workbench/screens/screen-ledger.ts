import { type Bars, trialMoments, type ParamSpace, trialOf } from '../../engine/index.ts';
import { studyLedger, type StudyLedger } from '../ledger/index.ts';
import { missingRanges } from '../studies/ranges.ts';
import type { PartSummary } from './part-summary.ts';
import type { ScreenPlan, ScreenStudyInput } from './screen-input.ts';

/** The ledger of a screen, and how it is told of a part. */
export interface ScreenLedger {
  readonly ledger: StudyLedger;
  /** One entry a market of the part, unless the ledger has it. */
  record(part: PartSummary): void;
}

export function screenLedger(input: ScreenStudyInput, { id, spec, space, configs }: ScreenPlan): ScreenLedger | null {
  const { strategyId, codeHash, objective, axes, sampler } = spec;
  const ledger = studyLedger(input.ledger, { id, kind: 'screen', strategyId, codeHash, objective, markets: input.markets.flat() });
  if (ledger === null) return null;
  const recorded = ledger.recorded();
  return {
    ledger,
    record({ pieces, sha256 }) {
      for (const { from, to, market, fromPoint, tally } of pieces) {
        if (missingRanges(from, to, recorded).length === 0) continue;
        const evaluated: { readonly markets: readonly Bars[]; readonly config: ScreenPlan['configs'][number] } = { markets: input.markets[market], config: configs[market] };
        ledger.screened({
          axes, sampler, firstTrial: from, points: { from: fromPoint, to: fromPoint + to - from }, failed: tally.failed, sharpeAnn: trialMoments(tally.sharpeAnn), partHash: sha256,
          best: tally.bestSharpe.map((one) => trialOf(one, market, paramsAt(space)))[0] ?? null,
        }, evaluated);
      }
    },
  };
}

/** Parameters of a trial by its index. */
export function paramsAt(space: ParamSpace) {
  return (trial: number) => space.pointAt(trial % space.points);
}
