import {
  axesOf, contentId, marketsFor, parseDurationMs, type Pool, type PoolOptions, type StrategyRef, type TrialBlock, type WalkForward, type WalkForwardInput, walkForwardOnPool, walkForwardSpec,
  type WindowPlan,
} from '../../engine/index.ts';
import { type LedgerWindow, type Recorded, studyLedger, type StudyLedger } from '../ledger/index.ts';
import { configOf, marketsOf, readyStrategy, refOf, type SearchRequest, withPool, workerBytes } from './request.ts';

export interface WalkForwardRequest extends SearchRequest {
  /** Durations such as `365d`; milliseconds as numbers. */
  readonly windows: {
    readonly kind?: WindowPlan['kind'];
    readonly train: string | number;
    readonly test: string | number;
    readonly purge?: string | number;
    readonly step?: string | number;
    readonly keepShort?: boolean;
  };
}

/**
 * A walk-forward: on a pool of workers, or in place for a strategy that lives in this process only.
 *
 * The ledger gets every block of the in-sample searches, and one read of the holdout: the stitched test windows.
 */
export async function walkForwardStudy(request: WalkForwardRequest): Promise<WalkForward & Recorded> {
  const ready = await readyStrategy(request);
  const { strategy, codeHash } = ready;
  const input: WalkForwardInput = {
    strategy,
    codeHash,
    markets: marketsFor(strategy, marketsOf(request)),
    config: configOf(request),
    axes: axesOf(strategy.params, request.axes),
    sampler: request.sampler ?? { kind: 'grid' },
    objective: request.objective ?? 'sharpeAnn',
    plan: windowPlan(request.windows),
  };
  return withPool(request, ready, (pool) => walkForwardOf(input, refOf(ready), pool, request));
}

/** The same for what is already prepared, on a pool that stays open. */
export async function walkForwardOf(
  input: WalkForwardInput, ref: StrategyRef, pool: Pool, { ledger: options, onProgress, signal, memoryBytes }: Pick<SearchRequest, 'ledger' | 'onProgress' | 'signal' | 'memoryBytes'>,
): Promise<WalkForward & Recorded> {
  const ledger = ledgerOf(options, input);
  const onBlock: PoolOptions['onBlock'] = (block, { fromMs, toMs, config }, window, space) =>
    ledger?.trials({ ...block, ...atTrial(block, window * space.points) }, (row) => space.pointAt(block.from + row), { markets: input.markets, config, window: { fromMs, toMs } });
  try {
    const walk = await walkForwardOnPool(pool, ref, input, { onProgress, signal, onBlock, indicatorMemoryBytes: workerBytes({ memoryBytes }, pool) });
    ledger?.holdoutRead(walk.metrics, { markets: input.markets, config: input.config, window: stitchedWindow(walk) });
    return { ...walk, ledger: ledger === null ? null : { claim: ledger.claim } };
  } finally {
    ledger?.flush();
  }
}

function ledgerOf(options: SearchRequest['ledger'], input: WalkForwardInput): StudyLedger | null {
  const { strategy, codeHash, objective, markets } = input;
  return studyLedger(options, { id: contentId(walkForwardSpec(input)), kind: 'walkforward', strategyId: strategy.id, codeHash, objective, markets });
}

/** Trials of a walk-forward are numbered window by window. */
function atTrial({ from, failures }: TrialBlock, first: number): Pick<TrialBlock, 'from' | 'failures'> {
  return { from: first + from, failures: Object.fromEntries(Object.entries(failures).map(([trial, reason]) => [first + Number(trial), reason])) };
}

function stitchedWindow({ windows }: WalkForward): LedgerWindow {
  return { fromMs: Math.min(...windows.map(({ testFromMs }) => testFromMs)), toMs: Math.max(...windows.map(({ testToMs }) => testToMs)) };
}

export function windowPlan(windows: WalkForwardRequest['windows']): WindowPlan {
  const ms = (value: string | number, name: string): number => (typeof value === 'number' ? value : parseDurationMs(value, name));
  const testMs = ms(windows.test, 'test');
  return {
    kind: windows.kind ?? 'rolling',
    trainMs: ms(windows.train, 'train'),
    testMs,
    purgeMs: windows.purge === undefined || windows.purge === '0' ? 0 : ms(windows.purge, 'purge'),
    stepMs: windows.step === undefined ? testMs : ms(windows.step, 'step'),
    keepShort: windows.keepShort ?? false,
  };
}
