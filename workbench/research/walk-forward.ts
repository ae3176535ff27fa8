import {
  axesOf, marketsFor, parseDurationMs, type WalkForward, type WalkForwardInput, walkForwardOnPool, type WindowPlan,
} from '../../engine/index.ts';
import { configOf, marketsOf, readyStrategy, refOf, type SearchRequest, withPool } from './request.ts';

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

/** A walk-forward: on a pool of workers, or in place for a strategy that lives in this process only. */
export async function walkForwardStudy(request: WalkForwardRequest): Promise<WalkForward> {
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
  const { onProgress, signal } = request;
  return withPool(request, ready, (pool) => walkForwardOnPool(pool, refOf(ready), input, { onProgress, signal }));
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
