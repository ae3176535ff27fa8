import {
  type Axes, baselinesOf, type Bars, capacityOf, type CausalityProof, concentrationOf, contentId, costStress, curveOf, daysOf, type Evidence, type Known, latencyCurve,
  METRIC_NAMES, type Params, permutationOnPool, type PermutationTest, plateauOf, type Pool, type PooledMarkets, pooledMarkets, proveCausality, regimesOf,
  reproductionOf, retrader, ruinOf, sampleSize, type SearchEvidence, sharpeInference, stampTest, type StampTest, tradesTogether, type WalkForward, walkForwardEvidence,
} from '../../engine/index.ts';
import { asOfOpen, type JoinedColumn } from './joined-column.ts';
import { type ReadyStrategy, refOf } from './request.ts';
import { searchedEvidence } from './search-evidence.ts';
import type { StoredRequest, ValidateOptions } from './validate.ts';
import { walkForwardStudy } from './walk-forward.ts';

export interface EvidenceInput extends Omit<StoredRequest, 'stored' | 'pool'>, Omit<ValidateOptions, 'seed' | 'draws'> {
  readonly seed: number;
  readonly draws: number;
  readonly walk: WalkForward;
  readonly ready: ReadyStrategy;
  readonly markets: readonly Bars[];
  readonly pool: Pool;
}

/** Cuts of the look-ahead proof of a study. */
const CUTS = 40;

/** Every fact that the gates read, each computed with the functions of the engine on the bars of the walk-forward. */
export async function evidenceOf(input: EvidenceInput): Promise<Evidence> {
  const { walk, ready: { strategy }, markets, seed, draws } = input;
  const trade = retrader(walk, strategy, markets);
  const reproduction = reproductionOf(walk, trade(walk.spec.config));
  const curve = curveOf(walk);
  const { returns, perYear } = daysOf(curve);
  const outOfSample = sharpeInference(returns, perYear, { seed, draws });
  const searched = await searchedEvidence(input);
  input.onStage?.('robustness', 0, 1);
  const evidence: Evidence = {
    subject: subjectOf(input, searched.claim),
    reproduction,
    causality: causalityOf(input),
    stamps: stampsOf(input),
    latency: latencyCurve(walk, trade),
    sample: sampleSize(walk),
    outOfSample,
    search: searched.search,
    overfit: searched.overfit,
    costs: costStress(walk, trade),
    plateau: searched.plateau,
    walkForward: walkForwardEvidence(walk),
    concentration: concentrationOf(walk, strategy),
    baselines: baselinesOf(walk, strategy, markets, { seed }),
    regimes: regimesOf(walk, markets),
    ruin: returns.length < 2 ? { missing: 'fewer than two days out of sample' } : ruinOf(curve, { seed, blockDays: outOfSample.bootstrap.blockDays, liquidations: walk.metrics.liquidations ?? 0 }),
    capacity: capacityOf(walk, markets, walk.spec.config.account.initialCash),
    pooled: await pooledOf(input),
    holdoutReads: searched.holdoutReads,
  };
  input.onStage?.('robustness', 1, 1);
  return evidence;
}

function subjectOf({ walk, seed }: EvidenceInput, claim: string): Evidence['subject'] {
  const { id, spec, windows } = walk;
  const { strategyId, codeHash, engineVersion, markets, config, sampler, objective, plan } = spec;
  const points = windows[0].trials;
  return { claim, strategyId, codeHash, walkForwardId: id, engineVersion, markets, config, sampler, objective, plan, points, held: heldOf(walk), seed };
}

/** The choice of the last train window. */
function heldOf({ windows }: WalkForward): Params | null {
  return windows[windows.length - 1].chosen;
}

function causalityOf({ walk, ready: { strategy }, markets, seed }: EvidenceInput): Known<CausalityProof> {
  const params = walk.windows.findLast(({ chosen }) => chosen !== null)?.chosen;
  if (params == null) return { missing: 'no window chose a point' };
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
  const { walk, poolWith = [], ready: { strategy } } = input;
  if (poolWith.length === 0) return { missing: 'one market' };
  if (tradesTogether(strategy)) return { missing: `${strategy.id} trades its markets on one account` };
  const curves = [{ name: walk.spec.markets[0].instrument.symbol, curve: curveOf(walk) }];
  for (const bars of poolWith) {
    const other = await walkForwardStudy({ ...requestOf(input), data: bars, onProgress: (done, total) => input.onStage?.(`walk forward ${bars.instrument.symbol}`, done, total) });
    curves.push({ name: bars.instrument.symbol, curve: curveOf(other) });
  }
  return pooledMarkets(curves);
}
