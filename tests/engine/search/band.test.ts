import { describe, expect, it } from 'vitest';
import {
  bandOf, createTrialArena, evaluateBlock, evaluateTrial, HEADLINE_NAMES, type IntrabarPolicy, paramSpace, readMetrics, runBacktest, type SimulationConfig, simulationConfig,
  type Strategy, TRIAL_COLUMNS, TRIAL_WIDTH,
} from '../../../engine/index.ts';
import { TIGHT_AXES, tightExits, wideBars } from '../../support/tight-exits.ts';

const bars = wideBars(900, 3);
const space = paramSpace(tightExits, TIGHT_AXES, { kind: 'grid' });
const policies: readonly IntrabarPolicy[] = ['pessimistic', 'optimistic', 'path'];

function configured(intrabar: IntrabarPolicy): SimulationConfig {
  return { ...simulationConfig('spot'), intrabar };
}

function blockOf(strategy: Strategy, intrabar: IntrabarPolicy) {
  return evaluateBlock(strategy, space, configured(intrabar), createTrialArena([bars]), { fromPoint: 0, toPoint: space.points, firstTrial: 0 });
}

/** Trials of a block with their bands. */
function rowsOf(intrabar: IntrabarPolicy) {
  const { values, count } = blockOf(tightExits, intrabar);
  return Array.from({ length: count }, (_, row) => {
    const cells = TRIAL_COLUMNS.map((name, c) => [name, Number.isNaN(values[row * TRIAL_WIDTH + c]) ? null : values[row * TRIAL_WIDTH + c]]);
    return { params: space.pointAt(row), metrics: readMetrics(values, row), band: bandOf(Object.fromEntries(cells) as Parameters<typeof bandOf>[0]) };
  });
}

describe('the ambiguity band of a trial', () => {
  it.each(policies)('holds the figures of a trial under each resolution, configured %s', (policy) => {
    for (const { params, metrics, band } of rowsOf(policy)) {
      expect(band.ambiguousBars).toBe(metrics.ambiguousBars);
      for (const side of ['pessimistic', 'optimistic'] as const) {
        const own = evaluateTrial(tightExits, params, configured(side), createTrialArena([bars])).metrics;
        for (const name of HEADLINE_NAMES) expect(band[side][name], `${name} ${JSON.stringify(params)}`).toBe(own[name]);
      }
    }
  });

  it('encloses the configured return of most trials, in order', () => {
    const rows = rowsOf('path');
    const ambiguous = rows.filter(({ band }) => band.ambiguousBars > 0);
    expect(ambiguous.length).toBeGreaterThanOrEqual(9);
    expect(ambiguous.length).toBeLessThan(rows.length);
    for (const name of HEADLINE_NAMES) {
      const inside = ambiguous.filter(({ metrics, band }) => (band.pessimistic[name] as number) <= (metrics[name] as number) && (metrics[name] as number) <= (band.optimistic[name] as number));
      expect(inside.length, name).toBeGreaterThan(0.8 * ambiguous.length);
    }
    expect(ambiguous.some(({ band }) => (band.pessimistic.totalReturn as number) < (band.optimistic.totalReturn as number))).toBe(true);
  });

  it('is the trial itself where every bar is decided, without another simulation', () => {
    for (const { metrics, band } of rowsOf('path').filter(({ band }) => band.ambiguousBars === 0)) {
      for (const name of HEADLINE_NAMES) expect([band.pessimistic[name], band.optimistic[name]]).toEqual([metrics[name], metrics[name]]);
    }
    expect([decisions('pessimistic', 0.9), decisions('path', 0.9)]).toEqual([1, 1]);
    expect([decisions('pessimistic', 0.01), decisions('optimistic', 0.01), decisions('path', 0.01)]).toEqual([2, 2, 3]);
  });

  it('leaves the curve and figures of a run those of its own policy', () => {
    for (const policy of policies) {
      const config = configured(policy);
      const params = { stopLossFrac: 0.01, takeProfitFrac: 0.01 };
      const run = runBacktest({ strategy: tightExits, codeHash: 'test', params, markets: [bars], config });
      const arena = createTrialArena([bars]);
      expect(run.metrics).toEqual(evaluateTrial(tightExits, params, config, arena).metrics);
      expect([...run.equity]).toEqual([...arena.buffers.equity]);
      expect(run.band.optimistic).toEqual(evaluateTrial(tightExits, params, configured('optimistic'), arena).metrics);
    }
  });
});

/** How often a trial is decided, and so simulated. */
function decisions(intrabar: IntrabarPolicy, exitFrac: number): number {
  let count = 0;
  const counted: Strategy = {
    ...tightExits,
    targetExposure: (...args) => {
      count++;
      return (tightExits.targetExposure as NonNullable<Strategy['targetExposure']>)(...args);
    },
  };
  const one = paramSpace(counted, { stopLossFrac: [exitFrac], takeProfitFrac: [exitFrac] }, { kind: 'grid' });
  evaluateBlock(counted, one, configured(intrabar), createTrialArena([bars]), { fromPoint: 0, toPoint: 1, firstTrial: 0 });
  return count;
}
