import { InputError, requireInput } from '../core/index.ts';
import type { BarColumns } from '../market/index.ts';
import type { BarContext } from '../orders/index.ts';
import type { Protection } from '../simulate/types.ts';
import type { Indicators } from './indicators.ts';
import type { LineColumns, LineKernels } from './line.ts';
import type { Params, ParamSpecs, ParamValues } from './params.ts';
import type { Rules } from './rules.ts';

/** One byte a bar: 1 where a condition holds. */
export type Signal = Uint8Array;
/** Target exposure a bar as a fraction of equity: 1 all in, −1 short all in, 0 flat; NaN before it is known (flat). */
export type Exposure = Float64Array | Signal;

/** Entry and exit conditions, each one byte a bar; those left out never hold. */
export interface EntryExitSignals {
  readonly enterLong?: Signal;
  readonly exitLong?: Signal;
  readonly enterShort?: Signal;
  readonly exitShort?: Signal;
  /** Left so many bars after the entry's decision, at the latest; 0 = no limit. */
  readonly exitAfterBars?: number;
  /** Exposure of a position, 1 unless said otherwise. */
  readonly size?: number;
}

interface StrategyBase<P extends ParamSpecs> {
  /** kebab-case name, unique in an index. */
  readonly id: string;
  /** One sentence: what it does. */
  readonly summary: string;
  /** Why it should earn. */
  readonly thesis?: string;
  /** When it will not. */
  readonly fails?: string;
  readonly source?: string;
  readonly params: P;
  /** Parameter points that make sense together; others are no trials. */
  readonly admissible?: (params: ParamValues<P>) => boolean;
  /** Bars of history after which a longer history changes no decision; no decision is made before. */
  readonly warmupBars: (params: ParamValues<P>) => number;
  /** Stop-loss, take-profit and trailing fractions of the position's average entry. */
  readonly protection?: (params: ParamValues<P>) => Partial<Protection>;
  /**
   * How strongly it leans at each close, of one market: positive leans long; only its order and its zero matter.
   *
   * causal  value t may read bars ≤ t
   * NaN     while unknown
   */
  readonly score?: (bars: BarColumns, params: ParamValues<P>, ta: Indicators) => Float64Array;
}

interface ExposureStrategy<P extends ParamSpecs> extends StrategyBase<P> {
  /** causal: value t may read bars ≤ t. */
  readonly targetExposure: (bars: BarColumns, params: ParamValues<P>, ta: Indicators) => Exposure;
}

interface SignalStrategy<P extends ParamSpecs> extends StrategyBase<P> {
  /** causal: value t may read bars ≤ t. An exit beats an entry of the same side; opposite entries on one bar cancel. */
  readonly signals: (bars: BarColumns, params: ParamValues<P>, ta: Indicators) => EntryExitSignals;
}

interface RuleStrategy<P extends ParamSpecs> extends StrategyBase<P> {
  /**
   * The same as conditions of named lines: `({ close }, { fastBars, slowBars }, ta) => ({ long: above(ta.sma(close, fastBars), ta.sma(close, slowBars)) })`.
   * They say what is compared and never read a value, so that a screen need not visit every bar; called once a point, it must be quick.
   */
  readonly rules: (bars: LineColumns, params: ParamValues<P>, ta: LineKernels) => Rules;
  /** After a stop or a target the next entry enters; otherwise only one that follows the end of the position's own conditions. */
  readonly reenters?: boolean;
}

interface LegsStrategy<P extends ParamSpecs> extends Omit<StrategyBase<P>, 'protection' | 'score'> {
  /** How many instruments trade together, on one clock and one account. */
  readonly legs: number;
  /** Target exposure of each leg as a fraction of the account's equity; causal as above. */
  readonly legExposures: (legs: readonly BarColumns[], params: ParamValues<P>, ta: readonly Indicators[]) => readonly Float64Array[];
}

interface OrderStrategy<P extends ParamSpecs, S> extends Omit<StrategyBase<P>, 'protection'> {
  /** How many instruments trade on one account, on the bars that all of them have; 1 unless said otherwise. `any`: as many as are given, each on its own bars. */
  readonly legs?: number | 'any';
  /** Series prepared once a run and market, read bar by bar with `context.feature(name)`; value t may read bars ≤ t. A market listed late has few bars. */
  readonly features?: (bars: BarColumns, params: ParamValues<P>, ta: Indicators) => Readonly<Record<string, Float64Array>>;
  /** What the strategy remembers from bar to bar; made anew for every run, so that no run knows another. */
  readonly initialState?: (params: ParamValues<P>) => S;
  /** Called at every close after the warm-up: reads the past, places orders that are live from the next open. */
  readonly onBar: (context: BarContext, params: ParamValues<P>, state: S) => void;
}

export type StrategySpec<P extends ParamSpecs, S = undefined> = ExposureStrategy<P> | SignalStrategy<P> | RuleStrategy<P> | LegsStrategy<P> | OrderStrategy<P, S>;

/** A strategy with its parameter types erased, as engines and registries hold it. */
export interface Strategy {
  readonly kind: 'assay-strategy/1';
  readonly id: string;
  readonly summary: string;
  readonly thesis: string | null;
  readonly fails: string | null;
  readonly source: string | null;
  /** `any`: a portfolio of as many instruments as are given. */
  readonly legs: number | 'any';
  readonly params: ParamSpecs;
  readonly admissible: (params: Params) => boolean;
  readonly warmupBars: (params: Params) => number;
  readonly protection: (params: Params) => Protection;
  /** Of a one-market strategy that declares one. */
  readonly score?: (bars: BarColumns, params: Params, ta: Indicators) => Float64Array;
  /** Exactly one of the four is present. */
  readonly targetExposure?: (bars: BarColumns, params: Params, ta: Indicators) => Exposure;
  readonly signals?: (bars: BarColumns, params: Params, ta: Indicators) => EntryExitSignals;
  readonly rules?: (bars: LineColumns, params: Params, ta: LineKernels) => Rules;
  readonly reenters: boolean;
  readonly legExposures?: (legs: readonly BarColumns[], params: Params, ta: readonly Indicators[]) => readonly Float64Array[];
  readonly onBar?: (context: BarContext, params: Params, state: unknown) => void;
  /** Of an `onBar` strategy. */
  readonly features?: (bars: BarColumns, params: Params, ta: Indicators) => Readonly<Record<string, Float64Array>>;
  readonly initialState?: (params: Params) => unknown;
}

const NO_PROTECTION: Protection = { stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };

/**
 * Declares a strategy: typed parameters, its memory, and one of `rules`, `targetExposure`, `signals`, `legExposures` or `onBar`.
 *
 * throws  InputError `strategy-invalid`
 */
export function defineStrategy<const P extends ParamSpecs, S = undefined>(spec: StrategySpec<P, S>): Strategy {
  requireInput(/^[a-z][a-z0-9-]*$/.test(spec.id), 'strategy-invalid', 'strategy id', 'kebab-case', spec.id);
  const targetExposure = 'targetExposure' in spec ? spec.targetExposure : undefined;
  const signals = 'signals' in spec ? spec.signals : undefined;
  const rules = 'rules' in spec ? spec.rules : undefined;
  const legExposures = 'legExposures' in spec ? spec.legExposures : undefined;
  const onBar = 'onBar' in spec ? spec.onBar : undefined;
  const given = [rules, targetExposure, signals, legExposures, onBar].filter((f) => f !== undefined).length;
  if (given !== 1) throw new InputError('strategy-invalid', `strategy ${spec.id} must have exactly one of rules, targetExposure, signals, legExposures or onBar, has ${given}`);
  const legs = 'legs' in spec ? (spec.legs ?? 1) : 1;
  const score = 'score' in spec ? spec.score : undefined;
  if (score !== undefined && legs !== 1) throw new InputError('strategy-invalid', `strategy ${spec.id} must trade one market to have a score, trades ${legs}`);
  const erased = {
    kind: 'assay-strategy/1' as const,
    id: spec.id,
    summary: spec.summary,
    thesis: spec.thesis ?? null,
    fails: spec.fails ?? null,
    source: spec.source ?? null,
    legs,
    params: spec.params,
    admissible: (params: ParamValues<P>) => spec.admissible?.(params) ?? true,
    warmupBars: (params: ParamValues<P>) => Math.max(1, Math.ceil(spec.warmupBars(params))),
    protection: (params: ParamValues<P>) => ({ ...NO_PROTECTION, ...('protection' in spec ? spec.protection?.(params) : undefined) }),
    targetExposure,
    signals,
    rules,
    reenters: ('reenters' in spec ? spec.reenters : undefined) ?? false,
    legExposures,
    onBar,
    features: 'features' in spec ? spec.features : undefined,
    initialState: 'initialState' in spec ? spec.initialState : undefined,
    score,
  };
  return Object.freeze(erased) as unknown as Strategy;
}

/** Whether its instruments keep their own bars, listings and gaps. */
export function isPortfolio({ legs }: Pick<Strategy, 'legs'>): boolean {
  return legs === 'any';
}

/** Whether markets that are given together are traded together. */
export function tradesTogether({ legs }: Pick<Strategy, 'legs'>): boolean {
  return legs === 'any' || legs > 1;
}

export function isStrategy(value: unknown): value is Strategy {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'assay-strategy/1';
}
