import {
  bootstrapMaxima, cscvOnPool, createPool, overfitEvidence, overfitProbability, type Panel, rowOf, seededDraws, seededNormal, seededRandom, sharpe, sharpeScores, snoopingOnPool, SPA_BOUNDS, spaStatistics,
} from '../../../engine/index.ts';
import type { BenchCase, Prepared, Proof, Setting } from '../case.ts';
import { DifferenceMeter } from '../reference/difference.ts';

const MEAN_BLOCK = 5;

/** Daily returns of trials without skill that share half of their variance. */
function noisePanel(trials: number, days: number): Panel {
  const normal = seededNormal(seededRandom(1, 'bench panel'));
  const values = new Float64Array(new SharedArrayBuffer(8 * trials * days));
  for (let day = 0; day < days; day++) {
    const common = normal();
    for (let k = 0; k < trials; k++) values[k * days + day] = 0.02 * Math.SQRT1_2 * (common + normal());
  }
  return { trials, days, values };
}

/** The first split against halves cut from the rows. */
function proveSplits(): Proof {
  const panel = noisePanel(6, 64);
  const { splits } = overfitProbability(panel, { blocks: 2 });
  const halves = [0, 32].map((from) => Array.from({ length: 6 }, (_, k) => sharpe(rowOf(panel, k).subarray(from, from + 32), 1) ?? 0));
  const winner = halves[0].indexOf(Math.max(...halves[0]));
  const meter = new DifferenceMeter(1e-12);
  meter.compare('winner of the first split', splits.winner[0], winner);
  meter.compare('its Sharpe ratio out of sample', splits.outOfSample[0], halves[1][winner]);
  return meter.proof('halves cut from the rows');
}

/** Largest of all trials in each draw, against rows put together day by day. */
function proveDraws(): Proof {
  const [days, draws] = [64, 20];
  const panel = noisePanel(6, days);
  const source = seededDraws(days, { draws, meanBlock: 4, seed: 2 });
  const { statistic } = sharpeScores(panel, 4);
  const [maxima] = bootstrapMaxima(panel, [statistic], source);
  const [starts, lengths] = [new Int32Array(days), new Int32Array(days)];
  const meter = new DifferenceMeter(1e-9);
  for (let b = 0; b < draws; b++) {
    const count = source.blocksOf(b, starts, lengths);
    const drawn = Array.from({ length: count }, (_, i) => Array.from({ length: lengths[i] }, (__, j) => (starts[i] + j) % days)).flat();
    const ofTrial = (k: number): number => statistic.scale[k] * ((sharpe(drawn.map((t) => rowOf(panel, k)[t]), 1) ?? 0) - (sharpe(rowOf(panel, k), 1) ?? 0));
    meter.compare(`maximum of draw ${b}`, maxima[b], Math.max(...Array.from({ length: 6 }, (_, k) => ofTrial(k))));
  }
  return meter.proof('rows put together day by day');
}

async function prepareStatistic({ size }: Setting, prove: () => Proof, run: (panel: Panel, pool: Awaited<ReturnType<typeof createPool>>) => Promise<unknown>): Promise<Prepared> {
  const panel = size === 'full' ? noisePanel(1_000, 2_000) : noisePanel(20, 200);
  const pool = await createPool(1);
  return { shape: `${panel.trials} trials × ${panel.days} days`, units: panel.trials, prove, run: async () => void (await run(panel, pool)), close: () => pool.close() };
}

/** Tests over a whole search, on one worker. */
export const STATISTIC_CASES: readonly BenchCase[] = [
  {
    name: 'pbo', what: 'probability of overfitting, 16 blocks', unit: 'trials', quantity: 'processor', isGated: false, goals: [],
    prepare: (setting) => prepareStatistic(setting, proveSplits, (panel, pool) => overfitEvidence(panel, 365, cscvOnPool(pool))),
  },
  {
    name: 'snooping', what: 'Reality Check and SPA, 10000 draws in blocks of 5 (200 with --quick)', unit: 'trials', quantity: 'processor', isGated: false, goals: [],
    prepare: (setting) => prepareStatistic(setting, proveDraws, (panel, pool) => {
      const plan = { draws: setting.size === 'full' ? 10_000 : 200, meanBlock: MEAN_BLOCK, seed: 1 };
      const { byBound } = spaStatistics(panel, plan);
      return snoopingOnPool(pool)(panel, [sharpeScores(panel, MEAN_BLOCK).statistic, ...SPA_BOUNDS.map((bound) => byBound[bound])], plan);
    }),
  },
];
