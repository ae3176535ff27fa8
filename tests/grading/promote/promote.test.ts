import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../engine/index.ts';
import { isLoaded, loadModel, promote, type Promoted, type Promotion } from '../../../grading/index.ts';
import { NOW, optionsFor, promotable, type Promotable, registryAt } from '../../support/promotable.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const key = 'ema-cross-synthetic-momentum-usdt@1';
let made: Promotable;
let result: Promotion;
const version = () => (result as Promoted).version;

describe('a promotion', () => {
  beforeAll(async () => {
    made = await promotable(home);
    result = await promote(made.html, optionsFor(home, { author: 'A. Person', notes: ['first'] }));
  });

  it('computes the report again and registers its model in SHADOW', () => {
    expect(result, JSON.stringify(result.verdict.gates.filter(({ shadow }) => shadow.state === 'fail'))).toMatchObject({ promoted: true, key, isDryRun: false, model: { state: 'SHADOW' }, ledger: { isSame: true } });
    expect(result.checks.map(({ what }) => what)).toEqual(['report', 'code', 'data', 'choices', 'account', 'figures and gates', 'ledger', 'page']);
    expect(result.checks.at(-1)?.found).toBe('byte for byte as the replay is rendered');
    expect(registryAt(home).history(key).map(({ type, payload }) => [type, 'transition' in payload ? payload.transition.to : ''])).toEqual([['model_changed', 'CANDIDATE'], ['model_changed', 'SHADOW']]);
  });

  it('holds the last choice, the promise and how scores become grades', () => {
    const { walkForward } = made.study;
    expect(version()).toMatchObject({
      strategy: { id: 'ema-cross', bundleSha256: null, params: walkForward.windows.at(-1)?.chosen }, universe: ['synthetic:MOMENTUM/USDT'], config: walkForward.spec.config, plan: walkForward.spec.plan,
      oos: { trades: walkForward.trades.length, maxDrawdown: walkForward.metrics.maxDrawdown }, verdict: { decision: 'shadow', policyVersion: 'lenient/1' }, author: 'A. Person', notes: ['first'],
      expiry: { validUntilMs: NOW + 365 * 86_400_000, retrainEveryDays: 60 }, promotedAtMs: NOW,
    });
    expect(version().oos.returnsSha256).toBe(sha256(Float64Array.from(version().oos.dailyReturns)));
    expect(version().grade.base.n).toBeGreaterThan(100);
    expect(registryAt(home).version(key)).toEqual(version());
  });

  it('keeps the report and the manifest by their hashes', () => {
    const registry = registryAt(home);
    const { reportSha256, manifestSha256 } = version().provenance;
    expect(registry.object(reportSha256).toString('utf8')).toBe(made.html);
    const { manifestSha256: _, ...rest } = result.manifest;
    expect(registry.object(manifestSha256).toString('utf8')).toBe(canonicalJson(rest));
  });

  it('counts no trial, so that the same report is verified by the same ledger again', async () => {
    const again = await promote(made.html, optionsFor(home, { modelId: 'other', isDryRun: true, registry: registryAt(temporaryFolder()) }));
    expect(again).toMatchObject({ promoted: true, isDryRun: true, model: null, ledger: { isSame: true } });
  });

  it('is refused the second time by name, and under another name as a clone', async () => {
    await expect(promote(made.html, optionsFor(home))).rejects.toMatchObject({ code: 'already-promoted', message: `report must not be promoted already, is ${key} (SHADOW)` });
    const clone = await promote(made.html, optionsFor(home, { modelId: 'clone' }));
    expect(clone).toMatchObject({ promoted: false, blocking: ['G15'] });
    expect(clone.verdict.gates.find(({ id }) => id === 'G15')?.reason).toContain(`it moves as ${key} does`);
    expect(registryAt(home).models()).toHaveLength(1);
  });

  it('gives the model back with its code', async () => {
    const loaded = await loadModel(registryAt(home), key, { cacheDir: temporaryFolder() });
    expect(isLoaded(loaded) && loaded.strategy.id).toBe('ema-cross');
    const changed = { ...version(), strategy: { ...version().strategy, codeHash: '0'.repeat(64) } };
    expect(await loadModel({ version: () => changed, object: () => new Uint8Array() }, key, { cacheDir: temporaryFolder() })).toMatchObject({ code: 'code-differs', key });
  });
});
