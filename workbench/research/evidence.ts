import {
  type Bars, type CausalityProof, curveOf, daysOf, type Evidence, type Known, type Params, type Pool, type PooledMarkets, pooledMarkets, proveCausality, reproductionOf,
  retrader, robustnessEvidence, sharpeInference, stampTest, type StampTest, tradesTogether, type WalkForward,
} from '../../engine/index.ts';
import { asOfOpen } from './joined-column.ts';
import { type ReadyStrategy, refOf } from './request.ts';
import { searchedEvidence } from './search-evidence.ts';
import type { StoredRequest, ValidateOptions } from './validate.ts';
import { walkForwardOf } from './walk-forward.ts';

export interface EvidenceInput extends Omit<StoredRequest, 'stored' | 'pool'>, Omit<ValidateOptions, 'seed' | 'draws'> {
  readonly seed: number;
  readonly draws: number;
  readonly walk: WalkForward;
  readonly ready: ReadyStrategy;
  readonly markets: readonly Bars[];
  readonly pool: Pool;
}

/** Cuts of the look-ahead proof of a study, over all of its bars. */
const CUTS = 40;

/** Every fact that the gates read, each computed by the engine on the bars of the walk-forward. */
export async function evidenceOf(input: EvidenceInput): Promise<Evidence> {
  const { walk, ready: { strategy }, markets, seed, draws, onStage } = input;
  const reproduction = reproductionOf(walk, retrader(walk, strategy, markets)(walk.spec.config));
  const { returns, perYear } = daysOf(curveOf(walk));
  onStage?.('inference', 0, 1);
  const outOfSample = sharpeInference(returns, perYear, { seed, draws });
  const searched = await searchedEvidence(input);
  onStage?.('robustness', 0, 1);
  const { blockDays } = outOfSample.bootstrap;
  const robustness = robustnessEvidence({ walk, strategy, markets, seed, blockDays, search: searched.full });
  onStage?.('robustness', 1, 1);
  return {
    subject: subjectOf(input, searched.claim),
    reproduction,
    causality: causalityOf(input),
    stamps: stampsOf(input),
    outOfSample,
    search: searched.search,
    overfit: searched.overfit,
    ...robustness,
    pooled: await pooledOf(input),
    holdoutReads: searched.holdoutReads,
    uniqueness: { missing: 'no registered model is known to a study; judged at promotion' },
    calibration: { missing: 'the study states no probabilities; judged at promotion' },
  };
}

function subjectOf({ walk, seed }: EvidenceInput, claim: string): Evidence['subject'] {
  const { id, spec: { strategyId, codeHash, engineVersion, markets, config, sampler, objective, plan }, windows } = walk;
  const [{ trials }] = windows;
  return {
    claim, strategyId, codeHash, walkForwardId: id, engineVersion, markets, config, sampler, objective, plan, points: trials, held: windows[windows.length - 1].chosen, seed,
  };
}

function causalityOf({ walk, ready: { strategy }, markets, seed }: EvidenceInput): Known<CausalityProof> {
  const params: Params | null = walk.windows.findLast(({ chosen }) => chosen !== null)?.chosen ?? null;
  if (params === null) return { missing: 'no window chose a point' };
  return proveCausality(strategy, params, markets, walk.spec.config, { seed, cuts: CUTS, budgetBars: Infinity });
}

/** Joined columns against the returns of the first market's bars. */
function stampsOf({ joined = [], markets: [first] }: EvidenceInput): Known<readonly StampTest[]> {
  if (joined.length === 0) return { missing: 'no joined column was given' };
  const returns = first.close.map((close, t) => (t === 0 ? Number.NaN : close / first.close[t - 1] - 1));
  return joined.map((column) => stampTest(column.name, asOfOpen(column, first), returns));
}

/** The same search walked forward on other markets, beside the first. */
async function pooledOf(input: EvidenceInput): Promise<Known<PooledMarkets>> {
  const { walk, poolWith = [], ready, ready: { strategy, codeHash }, pool, ledger, signal, memoryBytes } = input;
  if (poolWith.length === 0) return { missing: 'one market' };
  if (tradesTogether(strategy)) return { missing: `${strategy.id} trades its markets on one account` };
  const { config, axes, sampler, objective, plan } = walk.spec;
  const curves = [{ name: walk.spec.markets[0].instrument.symbol, curve: curveOf(walk) }];
  for (const bars of poolWith) {
    const { symbol } = bars.instrument;
    const onProgress = (done: number, total: number): void => input.onStage?.(`walk forward ${symbol}`, done, total);
    const other = await walkForwardOf({ strategy, codeHash, markets: [bars], config, axes, sampler, objective, plan }, refOf(ready), pool, { ledger, signal, onProgress, memoryBytes });
    curves.push({ name: symbol, curve: curveOf(other) });
  }
  return pooledMarkets(curves);
}
