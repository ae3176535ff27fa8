import {
  type BacktestingPyAction, InputError, type PeerBars, type PeerOptions, simulateBacktestingPy, simulateVectorbt, unknownName, type VectorbtSignal,
} from '../../engine/index.ts';
import type { CaseResult, ConformanceCase } from './case.ts';

const PROFILES = ['vectorbt', 'backtesting.py'] as const;

/** A case as its file has it: which peer, what it was told, its options; bars and cash of its own, or the file's. */
export interface PeerCase {
  readonly id: string;
  readonly profile: string;
  readonly signals?: readonly VectorbtSignal[];
  readonly actions?: readonly BacktestingPyAction[];
  readonly options?: PeerOptions;
  readonly bars?: PeerBars;
  readonly cash?: number;
  readonly expected: unknown;
  readonly tolerance?: ConformanceCase['tolerance'];
}

/** A file of such cases. */
export interface PeerFile {
  readonly family: string;
  readonly bars?: PeerBars;
  readonly cash?: number;
  readonly cases: readonly PeerCase[];
}

/** The cases as the runner takes them: the peer is the metric, everything that it reads the inputs. */
export function peerCases({ bars, cash, cases }: PeerFile): (Partial<ConformanceCase> | null)[] {
  return cases.map((one: PeerCase | null) => one && {
    id: one.id,
    metric: one.profile,
    inputs: { bars: one.bars ?? bars, cash: one.cash ?? cash, signals: one.signals, actions: one.actions, options: one.options },
    expected: one.expected,
    tolerance: one.tolerance ?? { rel: 1e-9, abs: 1e-9 },
  });
}

export function isPeer(metric: string): boolean {
  return (PROFILES as readonly string[]).includes(metric);
}

/**
 * What our profile makes of a case: orders or trades, equity a bar, final equity.
 *
 * An expected object is compared by the parts that it has; `{ "error": true }` expects a refusal.
 */
export function runPeerCase({ metric, inputs, expected }: ConformanceCase): CaseResult {
  const { bars, cash, signals = [], actions = [], options = {} } = inputs as Partial<Omit<PeerCase, 'id'>>;
  if (bars === undefined) throw new InputError('case-input-missing', 'a case of peer fills must have bars, its own or those of its file');
  try {
    return { got: metric === 'vectorbt' ? vectorbt(bars, signals, { init_cash: cash, ...options }) : backtestingPy(bars, actions, { cash, ...options }, metric) };
  } catch (error) {
    const isExpected = typeof expected === 'object' && expected !== null && 'error' in expected;
    if (isExpected && error instanceof InputError) return { got: { error: true } };
    throw error;
  }
}

function vectorbt(bars: PeerBars, signals: readonly VectorbtSignal[], options: PeerOptions): object {
  const { value, position, ...rest } = simulateVectorbt(bars, signals, options);
  return { ...rest, value: [...value], equity: [...value], position: [...position] };
}

function backtestingPy(bars: PeerBars, actions: readonly BacktestingPyAction[], options: PeerOptions, profile: string): object {
  if (profile !== 'backtesting.py') throw unknownName('profile-unknown', 'profile', profile, PROFILES);
  const { equity, position, ...rest } = simulateBacktestingPy(bars, actions, options);
  return { ...rest, equity: [...equity], position: [...position] };
}
