import { describe, expect, it } from 'vitest';
import type { Leak } from '../../../engine/causality/index.ts';
import { type Evidence, type Gate, GATE_IDS, type GateId, GATES, POLICY } from '../../../engine/validate/index.ts';
import { healthyEvidence, missing } from '../../support/evidence.ts';

const healthy = healthyEvidence();

type Part = keyof Evidence;
type Known<K extends Part> = Exclude<Evidence[K], { readonly missing: string }>;

/** The gate over healthy evidence with one part changed. */
function judged<K extends Part>(id: GateId, part?: K, change?: Partial<Known<K>> | Evidence[K]): Gate {
  const evidence = part === undefined ? healthy : { ...healthy, [part]: Array.isArray(change) ? change : { ...healthy[part] as object, ...change as object } };
  return GATES[id](evidence, POLICY);
}

const states = ({ shadow, live }: Gate): string => `${shadow.state} ${live.state}`;

const LEAK: Leak = {
  name: 'reads-ahead', test: 'truncate', subject: 'decision', cutBar: 700, cutTimeMs: 0, reachBars: 1, changed: 31, message: 'decision reads 1 bar ahead: it changes when bar 700 is cut off',
};

describe('every gate', () => {
  it.each(GATE_IDS)('%s passes healthy evidence, or says why it does not apply', (id) => {
    const gate = judged(id);
    expect(gate.id).toBe(id);
    expect(states(gate)).toBe(id === 'G15' || id === 'G17' ? 'n/a n/a' : 'pass pass');
    expect(gate.question).toMatch(/\?$/);
    expect(gate.shadow.threshold).not.toBe('');
  });
});

describe('G0', () => {
  it('fails a study of which one candle was edited', () => {
    const gate = judged('G0', 'reproduction', { differs: ['equity', 'metrics.sharpeAnn'] });
    expect(states(gate)).toBe('fail fail');
    expect(gate.reason).toContain('metrics.sharpeAnn');
  });
});

describe('G1', () => {
  it('fails a signal shifted back by one bar, in the words of the leak', () => {
    const gate = judged('G1', 'causality', { leaks: [LEAK] });
    expect(states(gate)).toBe('fail fail');
    expect(gate.reason).toBe(LEAK.message);
    expect(gate.shadow.margin).toBe(-31);
    expect(gate.remedy).toContain('reads-ahead');
  });

  it('does not trust few cuts, nor cuts that compare nothing', () => {
    expect(states(judged('G1', 'causality', { cuts: 19 }))).toBe('fail fail');
    expect(states(judged('G1', 'causality', { compared: 0 }))).toBe('fail fail');
  });
});

describe('G1b', () => {
  const stamp = (t: number, partialR: number) => [{ column: 'dailyValue', observations: 900, t, partialR, state: 'pass' as const }];

  it('fails a daily column whose row holds part of its own day', () => {
    const gate = judged('G1b', 'stamps', stamp(-9.1, -0.3));
    expect(states(gate)).toBe('fail fail');
    expect(gate.remedy).toContain('dailyValue');
  });

  it('warns of a load that is significant and small', () => {
    expect(states(judged('G1b', 'stamps', stamp(4.2, 0.05)))).toBe('warn warn');
  });

  it('does not apply without joined columns', () => {
    expect(states(judged('G1b', 'stamps', []))).toBe('n/a n/a');
  });
});

describe('G2', () => {
  const lagged = (sharpeAnn: number, ratio: number, pairedT: number) => [{ lagBars: 1, sharpeAnn, totalReturn: 0, ratio, pairedT }];

  it('fails a rule that trades on the bar it reads: one bar later nothing is left', () => {
    expect(states(judged('G2', 'latency', lagged(-0.2, -0.1, 4)))).toBe('fail fail');
  });

  it('fails a steep loss only where it is significant', () => {
    expect(states(judged('G2', 'latency', lagged(0.5, 0.3, 2.6)))).toBe('fail fail');
    expect(states(judged('G2', 'latency', lagged(0.5, 0.3, 1.2)))).toBe('warn warn');
    expect(states(judged('G2', 'latency', lagged(0.9, 0.45, 2.6)))).toBe('warn warn');
  });

  it('wants a positive net Sharpe ratio at the declared latency for live', () => {
    expect(states(judged('G2', 'outOfSample', { sharpeAnn: -0.1 }))).toBe('pass fail');
  });

  it('does not apply where the lag was not tried', () => {
    expect(states(judged('G2', 'latency', [{ lagBars: 2, sharpeAnn: 1, totalReturn: 1, ratio: 1, pairedT: 0 }]))).toBe('n/a n/a');
  });
});

describe('G3', () => {
  it('fails an average that declares one window of warm-up', () => {
    const gate = judged('G3', 'causality', { warmup: { compared: 9_600, changed: 480, maxDifference: 1 } });
    expect(states(gate)).toBe('fail fail');
    expect(gate.remedy).toContain('warmupBars');
  });

  it('tolerates one decision in a thousand', () => {
    expect(states(judged('G3', 'causality', { warmup: { compared: 10_000, changed: 10, maxDifference: 1 } }))).toBe('pass pass');
    expect(states(judged('G3', 'causality', { warmup: { compared: 10_000, changed: 11, maxDifference: 1 } }))).toBe('fail fail');
  });

  it('fails decisions that differ bar by bar, and a comparison of nothing', () => {
    expect(states(judged('G3', 'causality', { incremental: { compared: 2_400, changed: 1 } }))).toBe('fail fail');
    expect(states(judged('G3', 'causality', { warmup: { compared: 0, changed: 0, maxDifference: 0 } }))).toBe('fail fail');
  });
});

describe('G4', () => {
  it('counts days and bets apart, and says how many are wanting', () => {
    expect(states(judged('G4', 'sample', { days: 364.5 }))).toBe('fail fail');
    expect(states(judged('G4', 'sample', { days: 730, bets: 59 }))).toBe('pass fail');
    const gate = judged('G4', 'sample', { days: 400, bets: 12 });
    expect(states(gate)).toBe('fail fail');
    expect(gate.remedy).toBe('18 bets more');
  });

  it('fails where no trade was held', () => {
    expect(states(judged('G4', 'sample', { bets: null }))).toBe('fail fail');
  });
});

describe('G5', () => {
  const bounded = (estimate: number, lower95: number, lower99: number) =>
    judged('G5', 'outOfSample', { bootstrap: { ...healthy.outOfSample.bootstrap, sharpeAnn: { estimate, lower95, lower99, upper95: 2 * estimate - lower95 } } });

  it('fails a random strategy', () => {
    expect(states(bounded(0.3, -0.5, -0.8))).toBe('fail fail');
  });

  it('takes the 99 % bound for live, and turns what is wanting into years', () => {
    const gate = bounded(1.2, 0.3, -0.1);
    expect(states(gate)).toBe('pass fail');
    expect(gate.live.margin).toBe(-0.1);
    // 1,620 days × ((1.3 / 1.2)² − 1)
    expect(gate.remedy).toBe('0.8 more years at this Sharpe ratio');
  });

  it('promises no number of years to a loser', () => {
    expect(bounded(-0.3, -1, -1.3).remedy).not.toMatch(/years/);
  });
});

describe('G6', () => {
  it('takes 95 and 99.5 %, and states the track record that is wanting', () => {
    const gate = judged('G6', 'outOfSample', { psr: 0.97, minTrackRecordYears: 3.4 });
    expect(states(gate)).toBe('pass fail');
    // 3.4 years × (2.576 / 1.645)² = 8.3 of which 4.4 are there
    expect(gate.remedy).toBe('3.9 more years at this Sharpe ratio: 8.3 instead of 4.4');
  });

  it('fails without a Sharpe ratio', () => {
    expect(states(judged('G6', 'outOfSample', { psr: null, minTrackRecordYears: null }))).toBe('fail fail');
  });
});

describe('G7', () => {
  const checked = (p: number, observed = 3) => judged('G7', 'search', { realityCheck: { ...known('search').realityCheck, p, observed } });

  it('fails the best of 500 variants of noise', () => {
    const gate = checked(0.44, 2.6);
    expect(states(gate)).toBe('fail fail');
    expect(gate.remedy).toMatch(/^\d.* more years at this strength/);
  });

  it('lets a fifth through to shadow and a twentieth to live', () => {
    expect(states(checked(0.2))).toBe('pass fail');
    expect(states(checked(0.05))).toBe('pass pass');
    expect(states(checked(0.201))).toBe('fail fail');
  });

  it('charges the claim’s trials that are not in the matrix', () => {
    const search = known('search');
    const ledgerTrials = { n: 980, studies: 10, ledgerHash: '1e' };
    const gate = judged('G7', 'search', { ledgerTrials, realityCheck: { ...search.realityCheck, p: 0.03 } });
    expect(gate.value).toBeCloseTo(0.3, 12);
    expect(states(gate)).toBe('fail fail');
  });

  it('does not apply without the ledger', () => {
    expect(states(judged('G7', 'search', { ledgerTrials: missing('no ledger') }))).toBe('n/a n/a');
  });
});

describe('G8', () => {
  it('fails a grid of noise, and not a plateau whose PBO is one half', () => {
    expect(states(judged('G8', 'overfit', { probabilityOfLoss: 0.5 }))).toBe('fail fail');
    expect(states(judged('G8', 'overfit', { pbo: 0.5, probabilityOfLoss: 0.08 }))).toBe('pass pass');
    expect(states(judged('G8', 'overfit', { probabilityOfLoss: 0.25 }))).toBe('pass fail');
  });
});

describe('G9', () => {
  const stressed = (double: number, breakEvenMultiple: number | null, returns: readonly [number, number] = [1, 0.5]) =>
    judged('G9', 'costs', { points: [{ multiple: 1, sharpeAnn: 1, totalReturn: returns[0] }, { multiple: 2, sharpeAnn: double, totalReturn: returns[1] }], breakEvenMultiple });

  it('fails a churner, and says which fee would do', () => {
    const gate = stressed(-0.4, 1.7, [1, -0.1]);
    expect(states(gate)).toBe('fail fail');
    // 1.7 / 2 × 15 bps a side, of which 5 are spread and slippage
    expect(gate.remedy).toBe('break-even is 1.7 times the assumed costs: fees of 7.8 bps instead of 10, or fewer trades for the same profit');
  });

  it('wants two and a half times the costs for live', () => {
    expect(states(stressed(0.2, 2.2))).toBe('pass fail');
    expect(states(stressed(0.2, 2.5))).toBe('pass pass');
  });

  it('knows never broken from broken already', () => {
    expect(states(stressed(0.9, null))).toBe('pass pass');
    expect(states(stressed(-0.9, null, [-0.1, -0.5]))).toBe('fail fail');
  });
});

describe('G10', () => {
  it('fails a spike', () => {
    const gate = judged('G10', 'plateau', { median: 0.3, chosen: 1.9, ratio: 0.158 });
    expect(states(gate)).toBe('fail fail');
  });

  it('does not apply below three neighbours', () => {
    expect(states(judged('G10', 'plateau', { neighbours: known('plateau').neighbours.slice(0, 2) }))).toBe('n/a n/a');
  });
});

describe('G11', () => {
  it('fails little profit, and profit in few windows', () => {
    expect(states(judged('G11', 'walkForward', { efficiency: 0.2 }))).toBe('fail fail');
    expect(states(judged('G11', 'walkForward', { positiveWindows: 9 }))).toBe('fail fail');
    expect(states(judged('G11', 'walkForward', { efficiency: 0.25, windows: 20, positiveWindows: 11 }))).toBe('pass pass');
  });

  it('fails an undefined efficiency with its reason', () => {
    expect(judged('G11', 'walkForward', { efficiency: null, efficiencyReason: 'in-sample profit is not positive' }).reason).toBe('in-sample profit is not positive');
  });
});

describe('G12', () => {
  it('fails one lucky trade', () => {
    const gate = judged('G12', 'concentration', { withoutTopTrades: { trades: 5, sharpeAnn: -0.1 } });
    expect(states(gate)).toBe('fail fail');
    expect(gate.reason).toBe('nothing is left without the best 5 trades');
  });

  it('fails one market, and does not apply where nothing can be left out', () => {
    expect(states(judged('G12', 'concentration', { withoutBestMarket: { market: 'DOGE/USDT', sharpeAnn: 0 } }))).toBe('fail fail');
    const none = missing('no trades');
    expect(states(judged('G12', 'concentration', { withoutTopTrades: none, withoutBestMonth: none, withoutBestMarket: none }))).toBe('n/a n/a');
  });
});

describe('G13', () => {
  const hold = (p: number | null) => ({ hold: { ...known('baselines').hold, p } });

  it('fails an unskilled long-only rule in a rising market', () => {
    expect(states(judged('G13', 'baselines', hold(0.4)))).toBe('fail fail');
    expect(states(judged('G13', 'baselines', hold(0.03)))).toBe('pass fail');
  });

  it('fails where random entries do as well', () => {
    const random = { draws: 1_000, seed: 1, percentile: 0.95, sharpesAnn: [] };
    expect(states(judged('G13', 'baselines', { random }))).toBe('fail fail');
  });

  it('judges by the intercept alone where random entries cannot be drawn, and says so', () => {
    const gate = judged('G13', 'baselines', { random: missing('a portfolio') });
    expect(states(gate)).toBe('pass pass');
    expect(gate.statistic).toContain('a portfolio');
  });

  it('does not apply without an intercept', () => {
    expect(states(judged('G13', 'baselines', hold(null)))).toBe('n/a n/a');
  });
});

describe('G14', () => {
  const regime = (name: string, share: number, profitShare: number) => ({ name, days: 100, share, sharpeAnn: 1, profitShare });

  it('fails a loss in a shock beyond the limit', () => {
    const gate = judged('G14', 'regimes', { shocks: [{ name: 'Covid crash', fromMs: 0, toMs: 1, totalReturn: -0.45, holdReturn: -0.5 }] });
    expect(states(gate)).toBe('fail fail');
    expect(gate.reason).toContain('45.0 % in Covid crash');
  });

  it('fails a rare regime that holds all the profit, and warns of a common one', () => {
    expect(states(judged('G14', 'regimes', { regimes: [regime('wild', 0.1, 1.2), regime('calm', 0.9, -0.2)] }))).toBe('fail fail');
    expect(states(judged('G14', 'regimes', { regimes: [regime('trend', 0.5, 1.2), regime('range', 0.5, -0.2)] }))).toBe('warn warn');
  });
});

describe('G16', () => {
  it('fails fills that are a large part of the volume', () => {
    const gate = judged('G16', 'capacity', { medianParticipation: 0.04 });
    expect(states(gate)).toBe('fail fail');
    expect(gate.remedy).toContain('4.0 times smaller');
  });
});

function known<K extends Part>(part: K): Known<K> {
  return healthy[part] as Known<K>;
}

describe('G15', () => {
  const against = (correlation: number | null, alphaAnn: number) =>
    judged('G15', 'uniqueness', { missing: undefined, models: [{ model: 'ema-cross@3', commonDays: 400, correlation }], residual: { days: 400, alphaAnn, t: 1 } } as never);

  it('fails a clone of a registered model at both tiers', () => {
    const gate = against(0.97, 0.2);
    expect(states(gate)).toBe('fail fail');
    expect(gate.reason).toBe('it moves as ema-cross@3 does');
    expect(gate.shadow.margin).toBeCloseTo(-0.12, 12);
    expect(states(against(0.85, 0.2))).toBe('fail fail');
  });

  it('keeps from live what earns nothing beside the registered models', () => {
    expect(states(against(0.3, 0.2))).toBe('pass pass');
    expect(states(against(0.3, -0.01))).toBe('pass fail');
  });

  it('passes where nothing is registered, and is silent where no days are common', () => {
    expect(states(judged('G15', 'uniqueness', { missing: undefined, models: [], residual: null } as never))).toBe('pass pass');
    expect(states(against(null, 0))).toBe('n/a n/a');
  });
});

describe('G17', () => {
  const stated = (ece: number, brierSkill: number, slope = 0.8) =>
    judged('G17', 'calibration', { missing: undefined, n: 900, nEffective: 300, ece, eceLimit95: 0.03, brierSkill, slope } as never);

  it('fails probabilities that are further off than chance explains', () => {
    expect(states(stated(0.08, 0.01))).toBe('fail fail');
    expect(states(stated(0.03, 0.01))).toBe('pass pass');
  });

  it('warns of probabilities that are more careful than what came', () => {
    expect(states(stated(0.08, 0.01, 1.4))).toBe('warn warn');
    expect(states(stated(0.08, -0.01, 1.4))).toBe('fail fail');
  });

  it('keeps from live probabilities that say no more than the base rate', () => {
    expect(states(stated(0.01, 0))).toBe('pass fail');
  });
});
