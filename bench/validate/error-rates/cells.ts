import { syntheticMarket } from '../../../datasets/synthetic/index.ts';
import { DAY_MS } from '../../../engine/index.ts';
import { driftingWalk, marketStudy } from './market-study.ts';
import { matrixStudy, peakSharpes, plateauSharpes } from './matrix-study.ts';
import type { StudyOptions, StudyResult } from './study.ts';
import type { Dependence } from './trial-fields.ts';

/** One kind of study, repeated with other seeds. */
export interface Cell {
  readonly name: string;
  readonly kind: 'noise' | 'drift' | 'trend' | 'plateau' | 'peak';
  readonly years: number;
  /** What the design demands of the shares, where it does. */
  readonly goal: { readonly shadow: string; readonly live: string };
  readonly study: (options: StudyOptions) => Promise<StudyResult>;
}

const DEPENDENCE: Readonly<Record<string, Dependence>> = {
  independent: { kind: 'equal', rho: 0 },
  'correlated 0.5': { kind: 'equal', rho: 0.5 },
  'correlated 0.95': { kind: 'equal', rho: 0.95 },
  'smooth grid': { kind: 'smooth', neighbourRho: 0.95 },
};
const NO_SKILL = { shadow: '≤ 5 %', live: '≤ 0.5 %' };
const HOLD_SHARPE = 0.8;
/** A hidden trend of which EMA crosses, long or flat and after costs, earn a Sharpe ratio of about 2. */
const TREND = { kind: 'momentum', timeframeMs: DAY_MS, sharpeAnn: 6, persistenceBars: 30 } as const;
const TRUE_SHARPES = [1, 1.5, 2, 3];
/** Noise of planted grids, and the width of a peak in steps at which a walk-forward holds about 1.5 of a true 2. */
const PLANTED = [{ name: 'correlated 0.5', peakSteps: 4 }, { name: 'smooth grid', peakSteps: 9 }] as const;

/** Every cell of the table, of 4 and of 8 years. */
export function cells(): Cell[] {
  return [4, 8].flatMap((years) => {
    const days = 365 * years;
    const noise = Object.entries(DEPENDENCE).map(([name, dependence]): Cell => ({
      name: `noise, ${name}`, kind: 'noise', years, goal: NO_SKILL, study: (options) => matrixStudy(days, plateauSharpes(0), dependence, options),
    }));
    const drift: Cell = { name: `EMA crosses, holding at ${HOLD_SHARPE}`, kind: 'drift', years, goal: NO_SKILL, study: (options) => marketStudy(driftingWalk(days, HOLD_SHARPE, options.seed), options) };
    const trend: Cell = {
      name: 'EMA crosses, hidden trend', kind: 'trend', years, goal: { shadow: '', live: '' },
      study: (options) => marketStudy(syntheticMarket({ ...TREND, bars: days, seed: options.seed }).bars, options),
    };
    const planted = PLANTED.flatMap(({ name, peakSteps }) => TRUE_SHARPES.flatMap((sharpe): Cell[] => [
      { name: `plateau ${sharpe}, ${name}`, kind: 'plateau', years, goal: goalOf(years, sharpe, '≥ 90 %'), study: (options) => matrixStudy(days, plateauSharpes(sharpe), DEPENDENCE[name], options) },
      { name: `peak ${sharpe}, ${name}`, kind: 'peak', years, goal: goalOf(years, sharpe, '≥ 60 %'), study: (options) => matrixStudy(days, peakSharpes(sharpe, peakSteps), DEPENDENCE[name], options) },
    ]));
    return [...noise, drift, trend, ...planted];
  });
}

function goalOf(years: number, sharpe: number, shadow: string): Cell['goal'] {
  return years === 4 && sharpe === 2 ? { shadow, live: '' } : { shadow: '', live: '' };
}
