import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../datasets/index.ts';
import { type Bars, type BarColumns, defineStrategy, type Gate, type GateId, int, isMissing, POLICY, type Strategy, type Validation } from '../../engine/index.ts';
import { listArtefacts, loadArtefact, readJoinedColumns, type ValidatedStudy, type ValidateOptions, validateStored, validateStudy, type WalkForwardRequest } from '../../workbench/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = 86_400_000;
const market = (seed: number, kind: 'momentum' | 'noise' = 'momentum', bars = 1500): Bars => syntheticMarket({ kind, seed, bars, timeframeMs: DAY }).bars;
const AXES = { fastBars: [5, 10, 15], slowBars: [30, 45, 60] };

/** A study in a home of its own, with a clock that stands. */
function request(over: Partial<WalkForwardRequest & ValidateOptions> = {}): WalkForwardRequest & ValidateOptions {
  return {
    strategy: 'ema-cross', data: market(1), axes: AXES, windows: { train: '365d', test: '90d' }, cacheDir: temporaryFolder(), workers: 1, draws: 500, permutations: 19,
    ledger: { home: temporaryFolder(), now: () => 1_700_000_000_000 }, ...over,
  };
}

/** The journal's chain depends on the order in which blocks came in; what it counts does not. */
function withoutLedgerHash(validation: Validation): unknown {
  return JSON.parse(JSON.stringify(validation, (key, value: unknown) => (key === 'ledgerHash' ? undefined : value)));
}

function gate({ verdict }: Validation, id: GateId): Gate {
  return verdict.gates.find((one) => one.id === id) as Gate;
}

describe('a validation', () => {
  let study: ValidatedStudy;
  const home = temporaryFolder();
  const folder = temporaryFolder();
  beforeAll(async () => {
    study = await validateStudy(request({ directory: folder, ledger: { home, now: () => 1_700_000_000_000 } }));
  });

  it('has a value for all that can be computed, and a reason for the rest', () => {
    const { evidence } = study.validation;
    const missing = Object.entries(evidence).filter(([, part]) => isMissing(part)).map(([name]) => name);
    expect(missing).toEqual(['stamps', 'plateau', 'pooled', 'uniqueness', 'calibration']);
    expect(evidence.plateau).toEqual({ missing: 'only 2 neighbours of the chosen point with a Sharpe ratio, at least 3 are needed' }); // it lies at a corner
    expect(isMissing(evidence.reproduction) ? ['missing'] : evidence.reproduction.differs).toEqual([]);
    expect(JSON.stringify(evidence)).not.toMatch(/NaN|Infinity/);
  });

  it('counts the points of the search once, in the windows and over all bars', () => {
    const { search, holdoutReads } = study.validation.evidence;
    expect(search).toMatchObject({ trials: 9, dropped: 0, ledgerTrials: { n: 9, studies: 2 } });
    expect(holdoutReads).toBe(1);
  });

  it('is the same at another number of workers', async () => {
    const again = await validateStudy(request({ workers: 2 }));
    expect(again.validation.id).toBe(study.validation.id);
    expect(withoutLedgerHash(again.validation)).toEqual(withoutLedgerHash(study.validation));
  });

  it('is the same when its returns do not fit in the memory that it may take, and leaves no file of them', async () => {
    const cacheDir = temporaryFolder();
    const again = await validateStudy(request({ cacheDir, returnMemoryBytes: 30_000 })); // two of nine rows
    expect(again.validation.id).toBe(study.validation.id);
    expect(readdirSync(join(cacheDir, 'returns'))).toEqual([]);
  });

  it('is the same from the walk-forward that it has saved', async () => {
    expect(listArtefacts(folder)).toEqual([study.walkForward.id]);
    const artefact = loadArtefact(folder, study.walkForward.id);
    if (artefact.kind !== 'walkforward') throw new Error(artefact.kind);
    const { validation } = await validateStored({ ...request({ ledger: { home, now: () => 1_700_000_000_000 } }), strategy: 'ema-cross', data: market(1), stored: artefact.walkForward });
    expect(validation.evidence.outOfSample).toEqual(study.validation.evidence.outOfSample);
    expect(validation.verdict).toEqual(study.validation.verdict);
  });

  it('refuses other bars and other code than those of the walk-forward', async () => {
    const stored = study.walkForward;
    await expect(validateStored({ ...request(), strategy: 'ema-cross', data: market(2), stored })).rejects.toMatchObject({ code: 'markets-differ' });
    await expect(validateStored({ ...request(), strategy: 'donchian-breakout', data: market(1), stored })).rejects.toMatchObject({ code: 'code-differs' });
  });

  it('finds an artefact whose equity was edited', async () => {
    const equity = study.walkForward.equity.slice();
    equity[equity.length - 1] *= 1.5;
    const { validation } = await validateStored({ ...request(), strategy: 'ema-cross', data: market(1), stored: { ...study.walkForward, equity } });
    expect(gate(validation, 'G0')).toMatchObject({ shadow: { state: 'fail' } });
    expect(gate(validation, 'G0').reason).toMatch(/equity: 1 of \d+ values, first at \d+/);
  });

  it('cannot be passed without a ledger', async () => {
    const { validation } = await validateStudy(request({ ledger: null, permutations: 0 }));
    expect(gate(validation, 'G7')).toMatchObject({ shadow: { state: 'n/a' }, reason: 'the trial ledger was switched off' });
    expect(validation.verdict).toMatchObject({ decision: 'reject' });
    expect(validation.verdict.blocking).toContain('G7');
  });

  it('raises the bar by what was tried before in the same claim', async () => {
    const ledger = { home: temporaryFolder(), claim: 'one idea', now: () => 1_700_000_000_000 };
    await validateStudy(request({ ledger, axes: { fastBars: [6, 7, 8], slowBars: [20, 25, 35] }, permutations: 0 }));
    const { validation } = await validateStudy(request({ ledger, permutations: 0 }));
    const { search } = validation.evidence;
    expect(search).toMatchObject({ trials: 9, ledgerTrials: { n: 18 } });
    expect(gate(validation, 'G7').value).toBeCloseTo(2 * (gate(study.validation, 'G7').value as number), 12);
  });

  it('pools other markets and tests joined columns where they are given', async () => {
    const data = market(1);
    const file = join(temporaryFolder(), 'joined.csv');
    const leaking = Array.from(data.close, (close, t) => `${new Date(data.openTimeMs[t]).toISOString()},${close},${Math.sin(t)}`);
    writeFileSync(file, ['time,ofToday,ofNothing', ...leaking].join('\n'));
    const { validation } = await validateStudy(request({ data, poolWith: [market(2)], joined: await readJoinedColumns(file), permutations: 0 }));
    const { stamps, pooled } = validation.evidence;
    expect(isMissing(stamps) ? [] : stamps.map(({ column, state }) => [column, state])).toEqual([['ofToday', 'fail'], ['ofNothing', 'pass']]);
    expect(isMissing(pooled) ? [] : pooled.markets.map(({ name }) => name)).toHaveLength(2);
    expect(gate(validation, 'G1b')).toMatchObject({ shadow: { state: 'fail' } });
  });
});

describe('the verdict', () => {
  /** In the market after a day that will have been followed by a gain: a signal shifted back by one bar. */
  const peeking: Strategy = defineStrategy({
    id: 'peeking', summary: 'Reads the close of tomorrow.', params: { span: int({ min: 1, max: 3, default: 1 }) }, warmupBars: () => 5,
    targetExposure: ({ close }: BarColumns, { span }) => Float64Array.from(close, (price, t) => (close[Math.min(close.length - 1, t + 1 + span)] > price ? 1 : 0)),
  });

  it('rejects what reads the future, however good it looks, and says what it reads', async () => {
    const { validation, walkForward } = await validateStudy(request({ strategy: peeking, data: market(3, 'noise'), axes: { span: [1, 2, 3] }, permutations: 0 }));
    expect(walkForward.metrics.sharpeAnn).toBeGreaterThan(3);
    expect(validation.verdict).toMatchObject({ decision: 'reject' });
    expect(gate(validation, 'G1')).toMatchObject({ shadow: { state: 'fail' } });
    expect(gate(validation, 'G1').reason).toMatch(/reads \d bars? ahead/);
    expect(walkForward.warnings[0]).toMatch(/decision of peeking at .* reads \d bars? ahead/);
  });

  it('rejects the best of a search on noise', async () => {
    const { validation } = await validateStudy(request({ data: market(4, 'noise'), permutations: 19 }));
    expect(validation.verdict.decision).toBe('reject');
  });

  it('follows the policy that is given', async () => {
    const policy = { ...POLICY, version: 'strict/1', G4: { minDays: { shadow: 3650, live: 3650 }, minBets: { shadow: 30, live: 60 } } };
    const { validation } = await validateStudy(request({ policy, permutations: 0 }));
    expect(validation.verdict.policy.version).toBe('strict/1');
    expect(gate(validation, 'G4')).toMatchObject({ shadow: { state: 'fail' } });
  });
});
