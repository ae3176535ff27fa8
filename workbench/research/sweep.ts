import { axesOf, type Bars, marketsFor, type Strategy, tradesTogether } from '../../engine/index.ts';
import { runSweep } from '../studies/index.ts';
import { configOf, marketsOf, readyStrategy, refOf, type SearchRequest, withPool, workerBytes } from './request.ts';

export interface SweepRequest extends SearchRequest {
  /** Folder of the sweeps; the same request in the same folder goes on where it was stopped. `.assay/sweeps` by default. */
  readonly directory?: string;
}

/** Every parameter point on every market; for a strategy of several legs, or a portfolio, the markets share one account. */
export async function sweepStudy(request: SweepRequest): ReturnType<typeof runSweep> {
  const ready = await readyStrategy(request);
  const { strategy } = ready;
  const { onProgress, signal, ledger, directory = '.assay/sweeps' } = request;
  return withPool(request, ready, (pool) =>
    runSweep({
      strategy,
      ref: refOf(ready),
      markets: marketGroups(strategy, marketsOf(request)),
      config: configOf(request),
      axes: axesOf(strategy.params, request.axes),
      sampler: request.sampler ?? { kind: 'grid' },
      objective: request.objective ?? 'sharpeAnn',
      pool,
      directory,
      onProgress,
      signal,
      ledger,
      indicatorMemoryBytes: workerBytes(request, pool),
    }),
  );
}

/** The market of each trial, or the markets that are traded together. */
export function marketGroups(strategy: Strategy, markets: readonly Bars[]): readonly (readonly Bars[])[] {
  return tradesTogether(strategy) ? [marketsFor(strategy, markets)] : markets.map((bars) => [bars]);
}
