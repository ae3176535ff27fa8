import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { POLICY } from '../../../engine/index.ts';
import { isLoaded, loadModel, promote, type Promoted } from '../../../grading/index.ts';
import { validateStudy } from '../../../workbench/index.ts';
import { LENIENT, NOW, optionsFor, promotable, registryAt } from '../../support/promotable.ts';
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

describe('a ledger that has grown since the report', () => {
  it('judges by what is known now, and says so', async () => {
    const home = temporaryFolder();
    const policy = { ...LENIENT, required: { ...LENIENT.required, shadow: [...LENIENT.required.shadow, 'G7' as const] }, G7: { maxP: { shadow: 0.2, live: 0.05 } } };
    const { html, bars, study } = await promotable(home, { policy, seed: 2 });
    expect(study.validation.verdict.decision).toBe('shadow');
    await validateStudy({
      strategy: 'ema-cross', data: bars, axes: { fastBars: Array.from({ length: 40 }, (_, i) => 2 + i), slowBars: Array.from({ length: 50 }, (_, i) => 50 + i) }, windows: { train: '200d', test: '60d' },
      cacheDir: join(home, 'cache'), workers: 1, draws: 100, permutations: 0, ledger: { home, now: () => NOW },
    });
    const result = await promote(html, optionsFor(home, { policy }));
    expect(result).toMatchObject({ promoted: false, promisedDecision: 'shadow', blocking: ['G7'], ledger: { isSame: false, promised: { trials: 4 }, found: { trials: 2004 } } });
    expect(result.checks.find(({ what }) => what === 'ledger')?.found).toContain('2004 trials of the claim now, 4 when the report was made');
  });

  it('cannot have shrunk, and cannot be missing where its gate is required', async () => {
    const home = temporaryFolder();
    const { html } = await promotable(home);
    const empty = temporaryFolder();
    const policy = { ...LENIENT, required: { ...LENIENT.required, shadow: [...LENIENT.required.shadow, 'G7' as const] } };
    const strict = await promotable(temporaryFolder(), { policy });
    expect(strict.html).not.toBe(html);
    const { bars: _ } = await promotable(empty, { ledger: null });
    const result = await promote(strict.html, optionsFor(empty, { policy }));
    expect(result).toMatchObject({ promoted: false, blocking: ['G7'] });
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
    const forged = { version: registry.version, object: () => Buffer.from(stored.replace('price>', 'price<').replace('price >', 'price <')) };
    expect(await loadModel(forged, result.key, { cacheDir: temporaryFolder() })).toMatchObject({ code: 'code-differs' });
    writeFileSync(file, OWN.replace('? 1 : 0', '? 0.5 : 0'));
    await expect(promote(html, optionsFor(home, { modelId: 'second', strategy: `${file}#own` }))).rejects.toMatchObject({ code: 'code-differs' });
  });
});
