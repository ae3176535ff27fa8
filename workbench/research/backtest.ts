import { type Params, type Run, runBacktest, TRIAL_WIDTH, type TrialBlock, writeTrial } from '../../engine/index.ts';
import { type Recorded, studyLedger } from '../ledger/index.ts';
import { configOf, marketsOf, readyStrategy, type ResearchRequest } from './request.ts';

export interface BacktestRequest extends ResearchRequest {
  /** Values of parameters; the others take the strategy's defaults. */
  readonly params?: Params;
}

/** One run: a strategy at one parameter point on its market(s); one trial of the ledger. */
export async function backtest(request: BacktestRequest): Promise<Run & Recorded> {
  const { strategy, codeHash } = await readyStrategy(request);
  const markets = marketsOf(request);
  const run = runBacktest({ strategy, codeHash, params: request.params, markets, config: configOf(request) });
  const ledger = studyLedger(request.ledger, { id: run.id, kind: 'backtest', strategyId: strategy.id, codeHash, markets });
  ledger?.trials(blockOf(run), () => run.spec.params, { markets, config: run.spec.config });
  ledger?.flush();
  return { ...run, ledger: ledger === null ? null : { claim: ledger.claim } };
}

function blockOf({ metrics, band }: Run): TrialBlock {
  const values = new Float64Array(TRIAL_WIDTH);
  writeTrial(metrics, band, values, 0);
  return { from: 0, count: 1, values, failures: {} };
}
