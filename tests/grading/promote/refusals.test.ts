import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { POLICY } from '../../../engine/index.ts';
import { isLoaded, loadModel, promote, type Promoted } from '../../../grading/index.ts';
import { sweepStudy } from '../../../workbench/index.ts';
import { LENIENT, NOW, optionsFor, promotable, type Promotable, registryAt } from '../../support/promotable.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const OWN = `import { defineStrategy, int } from 'assay';
export const own = defineStrategy({
  id: 'own-trend', summary: 'Long above the mean of the last bars.', params: { bars: int({ min: 2, max: 60, default: 10 }) }, warmupBars: ({ bars }) => bars,
  targetExposure: ({ close }, { bars }, ta) => { const mean = ta.sma(close, bars); return close.map((price, t) => (price > mean[t] ? 1 : 0)); },
});
`;

describe('a study that is rejected', () => {
  it('is a result, not an error, and is not registered', async () => {
    const home = temporaryFolder();
    const { html } = await promotable(home, { policy: POLICY });
    const result = await promote(html, optionsFor(home, { policy: POLICY }));
    expect(result).toMatchObject({ promoted: false, promisedDecision: 'reject', verdict: { decision: 'reject' } });
    expect(result.promoted ? [] : result.blocking).toContain('G4');
    expect(registryAt(home).models()).toEqual([]);
  });
});

describe('a ledger that is not as it was when the report was made', () => {
  const required = { ...LENIENT.required, shadow: [...LENIENT.required.shadow, 'G7' as const] };
  const policy = { ...LENIENT, required, G7: { maxP: { shadow: 0.2, live: 0.05 } } };
  const home = temporaryFolder();
  let before: Promotable;
  beforeAll(async () => {
    before = await promotable(home, { policy });
    await sweepStudy({
      strategy: 'ema-cross', data: before.bars, axes: { fastBars: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11], slowBars: Array.from({ length: 40 }, (_, i) => 13 + i) }, cacheDir: join(home, 'cache'),
      directory: join(home, 'sweeps'), workers: 1, ledger: { home, now: () => NOW },
    });
  });

  it('judges by the trials that are known now, and says so', async () => {
    expect(before.study.validation.verdict.decision).toBe('shadow');
    const result = await promote(before.html, optionsFor(home, { policy }));
    expect(result).toMatchObject({ promoted: false, promisedDecision: 'shadow', blocking: ['G7'], ledger: { isSame: false, promised: { trials: 4 } } });
    expect(result.ledger.found.trials).toBeGreaterThan(300);
    expect(result.checks.find(({ what }) => what === 'ledger')?.found).toMatch(/\d{3} trials of the claim now, 4 when the report was made: judged as of now/);
  });

  it('may not know of fewer trials than the report', async () => {
    const { html } = await promotable(home);
    const forgetful = temporaryFolder();
    await promotable(forgetful);
    await expect(promote(html, optionsFor(forgetful))).rejects.toMatchObject({ code: 'replay-differs', message: expect.stringMatching(/model\.trials\.counted: promised \d{3}, found 4/) as string });
  });

  it('fails the gate that counts where there is none', async () => {
    const empty = temporaryFolder();
    await promotable(empty, { ledger: null });
    expect(await promote(before.html, optionsFor(empty, { policy }))).toMatchObject({ promoted: false, blocking: ['G7'] });
  });
});

describe('a strategy of one’s own', () => {
  it('is promoted with its code, which runs from the registry alone', async () => {
    const home = temporaryFolder();
    const file = join(home, 'own.ts');
    writeFileSync(file, OWN);
    const { html } = await promotable(home, { strategy: `${file}#own`, axes: { bars: [5, 10, 20] } });
    await expect(promote(html, optionsFor(home))).rejects.toMatchObject({ code: 'strategy-unknown' });
    const result = (await promote(html, optionsFor(home, { strategy: `${file}#own` }))) as Promoted;
    expect(result).toMatchObject({ promoted: true, key: 'own-trend-synthetic-momentum-usdt@1', version: { strategy: { exportName: 'own' } } });
    const registry = registryAt(home);
    const stored = registry.object(String(result.version.strategy.bundleSha256)).toString('utf8');
    expect(stored).not.toContain(home);
    const loaded = await loadModel(registry, result.key, { cacheDir: temporaryFolder() });
    expect(isLoaded(loaded) ? loaded.strategy.id : loaded).toBe('own-trend');
    const forged = { version: () => result.version, object: () => Buffer.from(stored.replace('price>', 'price<').replace('price >', 'price <')) };
    expect(await loadModel(forged, result.key, { cacheDir: temporaryFolder() })).toMatchObject({ code: 'code-differs' });
    writeFileSync(file, OWN.replace('? 1 : 0', '? 0.5 : 0'));
    await expect(promote(html, optionsFor(home, { modelId: 'second', strategy: `${file}#own` }))).rejects.toMatchObject({ code: 'code-differs' });
  });
});
