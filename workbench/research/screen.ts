import { axesOf, type ScreenColumn } from '../../engine/index.ts';
import { runScreen, type StoredScreen } from '../screens/index.ts';
import { configOf, marketsOf, readyStrategy, refOf, type SearchRequest, withPool } from './request.ts';
import { marketGroups } from './sweep.ts';

export interface ScreenRequest extends SearchRequest {
  /** Maximised; a figure of a screen, the annualised Sharpe ratio by default. */
  readonly objective?: ScreenColumn;
  /** Folder of the screens; the same request in the same folder goes on where it was stopped. `.assay/screens` by default. */
  readonly directory?: string;
  /** Ceiling of what all workers together keep of lines, conditions and tables; 256 MiB for all by default. */
  readonly memoryBytes?: number;
  /** Work on an unfinished part of 65,536 trials is kept on disk so often; every two seconds by default. */
  readonly keepEveryMs?: number;
}

/** Every parameter point on every market for seven figures each, up to millions; for a strategy of several legs, or a portfolio, the markets share one account. */
export async function screenStudy(request: ScreenRequest): Promise<StoredScreen> {
  const ready = await readyStrategy(request);
  const { strategy } = ready;
  const { onProgress, signal, ledger, memoryBytes, keepEveryMs, directory = '.assay/screens' } = request;
  return withPool(request, ready, (pool) =>
    runScreen({
      strategy,
      ref: refOf(ready),
      markets: marketGroups(strategy, marketsOf(request)),
      config: configOf(request),
      axes: axesOf(strategy.params, request.axes),
      sampler: request.sampler ?? { kind: 'grid' },
      objective: request.objective ?? 'sharpeAnn',
      pool, directory, memoryBytes, keepEveryMs, onProgress, signal, ledger,
    }),
  );
}
