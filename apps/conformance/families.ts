import { errorMessage } from '../../engine/index.ts';
import { runAccountingCase } from './accounting.ts';
import type { CaseResult, ConformanceCase } from './case.ts';
import { isIndicatorMetric, runIndicatorCase } from './indicators.ts';
import { isPeer, runPeerCase } from './peer-fills.ts';
import { isPairsMetric, runPairsCase } from './pairs.ts';
import { isReturnMetric, runReturnMetricCase } from './return-metrics.ts';
import { isSharpeMetric, runSharpeCase } from './sharpe-inference.ts';
import { isSplitMetric, runSplitCase } from './time-series-cv.ts';

/** Cases of one kind: which metrics it answers, by their name or by the family that their file states, and how. */
export interface Family {
  /** A file's family that holds this word is meant for it. */
  readonly name: string;
  knows(metric: string, family: string): boolean;
  run(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult;
}

const FAMILIES: readonly Family[] = [
  { name: 'accounting', knows: (_metric, family) => family === 'accounting', run: runAccountingCase },
  { name: 'peer_fills', knows: (metric, family) => family.includes('peer_fills') && isPeer(metric), run: runPeerCase },
  { name: 'indicator', knows: isIndicatorMetric, run: runIndicatorCase },
  { name: 'sharpe', knows: isSharpeMetric, run: runSharpeCase },
  { name: 'pairs', knows: isPairsMetric, run: runPairsCase },
  { name: 'time_series_cv', knows: isSplitMetric, run: runSplitCase },
  { name: 'return', knows: (metric, family) => isReturnMetric(metric) || family.includes('return'), run: runReturnMetricCase },
];

/** What the library gives for a case: by its metric, and where two families know that, by the one that its file states. */
export function compute(testCase: ConformanceCase, datasets: Record<string, unknown>, family: string): CaseResult {
  const knowing = FAMILIES.filter((one) => one.knows(testCase.metric, family));
  const chosen = knowing.find(({ name }) => family.includes(name)) ?? knowing[0];
  if (chosen === undefined) return { skip: `${family}: no metric ${testCase.metric}` };
  try {
    return chosen.run(testCase, datasets);
  } catch (error) {
    return { got: `threw: ${errorMessage(error)}` };
  }
}
