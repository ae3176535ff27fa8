import { type Params, type Run, runBacktest } from '../../engine/index.ts';
import { configOf, marketsOf, readyStrategy, type ResearchRequest } from './request.ts';

export interface BacktestRequest extends ResearchRequest {
  /** Values of parameters; the others take the strategy's defaults. */
  readonly params?: Params;
}

/** One run: a strategy at one parameter point on its market(s). */
export async function backtest(request: BacktestRequest): Promise<Run> {
  const { strategy, codeHash } = await readyStrategy(request);
  return runBacktest({ strategy, codeHash, params: request.params, markets: marketsOf(request), config: configOf(request) });
}
