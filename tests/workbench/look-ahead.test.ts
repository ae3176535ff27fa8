import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { above, causalityWords, defineStrategy, int } from '../../engine/index.ts';
import { renderReport } from '../../reports/index.ts';
import { backtest, loadArtefact, loadSweep, saveArtefact, sweepStudy, walkForwardStudy } from '../../workbench/index.ts';
import { randomWalk } from '../support/small-market.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = temporaryFolder();
const params = { windowBars: int({ min: 2, max: 20, default: 5 }) };

const leaking = defineStrategy({
  id: 'knows-tomorrow', summary: 'planted', params, warmupBars: ({ windowBars }) => windowBars,
  targetExposure: ({ close }, { windowBars }, ta) => above(ta.rateOfChange(close, windowBars).map((_, t, all) => all[t + 1] ?? Number.NaN), 0),
});
const honest = defineStrategy({
  id: 'knows-today', summary: 'honest', params, warmupBars: ({ windowBars }) => windowBars + 1,
  targetExposure: ({ close }, { windowBars }, ta) => above(ta.rateOfChange(close, windowBars), 0),
});
const data = randomWalk(1200, 3);
const study = { data, axes: { windowBars: [3, 5, 8] }, ledger: null };
const LOUD = /^LOOK-AHEAD, no figure can be trusted: decision of knows-tomorrow at \d{4}-\d\d-\d\dT00:00:00Z changed when bars after it were (cut off|replaced): it reads 1 bar ahead; use values up to the bar itself$/;

describe('a look-ahead', () => {
  it('does not stop a run, is its first warning, and stands in its report', async () => {
    const run = await backtest({ strategy: leaking, data, ledger: null });
    expect(run.warnings[0]).toMatch(LOUD);
    expect(run.causality.leaks[0]).toMatchObject({ name: 'reads-ahead', subject: 'decision' });
    expect(causalityWords(run.causality)).toBe('look-ahead in decisions (reads-ahead)');
    const page = await renderReport({ kind: 'run', run }, { script: '' });
    expect(page.indexOf(run.causality.leaks[0].message)).toBeGreaterThan(0);
    expect(page).toContain('Look-ahead proof');
  });

  it('is the first warning of a walk-forward, at its last choice', async () => {
    const walk = await walkForwardStudy({ ...study, strategy: leaking, windows: { train: '300d', test: '90d' } });
    expect(walk.warnings[0]).toMatch(LOUD);
  });

  it('stands in a sweep, for the best trial', async () => {
    const sweep = await sweepStudy({ ...study, strategy: leaking, directory: join(root, 'leaking') });
    expect(sweep.causality.leaks.map(({ name }) => name)).toEqual(['reads-ahead']);
    expect(loadSweep(sweep.directory).causality).toEqual(sweep.causality);
  });
});

describe('a strategy that reads the past alone', () => {
  it('is said to, with what was compared', async () => {
    const run = await backtest({ strategy: honest, data, ledger: null });
    expect(causalityWords(run.causality)).toMatch(/^no look-ahead: 24 cuts, \d{1,3}(\u2009\d{3})* decisions unchanged$/);
    expect(run.warnings.filter((text) => /look-ahead|warm-up/i.test(text))).toEqual([]);
  });

  it('has the same proof each time it runs', async () => {
    const [one, two] = [await backtest({ strategy: honest, data, ledger: null }), await backtest({ strategy: honest, data, ledger: null })];
    expect(two.causality).toEqual(one.causality);
  });
});

describe('what was stored before runs had a proof', () => {
  it('is refused by name: artefacts by their schema, sweeps by what they lack', async () => {
    const run = await backtest({ strategy: honest, data, ledger: null });
    const file = saveArtefact(root, { schema: 'assay-artefact/3', kind: 'run', run });
    expect(loadArtefact(root, run.id)).toMatchObject({ kind: 'run', run: { causality: run.causality } });
    writeFileSync(file, readFileSync(file, 'utf8').replace('assay-artefact/3', 'assay-artefact/2'));
    expect(() => loadArtefact(root, run.id)).toThrow('must have schema assay-artefact/3, has assay-artefact/2');

    const directory = join(root, 'old');
    const sweep = await sweepStudy({ ...study, strategy: honest, directory });
    const summary = join(sweep.directory, 'sweep.json');
    const stored = readFileSync(summary, 'utf8');
    writeFileSync(summary, JSON.stringify({ ...JSON.parse(stored), causality: undefined }));
    expect(() => loadSweep(sweep.directory)).toThrow('must state its look-ahead proof: run the sweep again');
    await sweepStudy({ ...study, strategy: honest, directory });
    expect(readFileSync(summary, 'utf8')).toBe(stored);
  });
});
