import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registrySchemas } from '../../../apps/cli/registry-schemas.ts';
import { openRegistry } from '../../../grading/index.ts';
import { modelVersion } from '../../support/model-version.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const assay = (...args: readonly string[]) => runCli(args, folder);
const json = (...args: readonly string[]): unknown => JSON.parse(assay(...args, '--json', '--quiet').stdout);
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

const empty = [assay('models', 'list'), assay('audit', 'verify')];
const registry = openRegistry(join(folder, '.assay'), { clock: { nowMs: () => Date.UTC(2026, 0, 1) }, onNotice: expect.unreachable });
const { verdict } = modelVersion();
registry.register(modelVersion(), 'promotion');
registry.register(modelVersion({ version: 2, verdict: { ...verdict, decision: 'shadow' } }), 'promotion');
registry.register(modelVersion({ modelId: 'a-model-of-a-very-long-name-that-somebody-chose-in-november' }), 'promotion');

describe('assay models', () => {
  it('says what to do where there is none', () => {
    expect(empty[0]).toMatchObject({ code: 0, stdout: expect.stringMatching(/^no models yet/) as string });
    expect(empty[1]).toMatchObject({ code: 0, stdout: expect.stringMatching(/^no journals yet/) as string });
  });

  it('moves, names and tags versions, as the published schemas say', () => {
    expect(registrySchemas['models-transition'].parse(json('models', 'transition', 'ema-cross@1', 'shadow', '--reason', 'gates passed'))).toMatchObject({ state: 'SHADOW' });
    expect(registrySchemas['models-alias'].parse(json('models', 'alias', 'ema-cross@1', 'shadow'))).toMatchObject({ aliases: ['shadow'] });
    expect(registrySchemas['models-tag'].parse(json('models', 'tag', 'ema-cross@shadow', 'slow'))).toMatchObject({ tags: ['slow'] });
    expect(assay('models', 'tag', 'ema-cross@shadow', 'slow', '--remove', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(registrySchemas['models-list'].parse(json('models', 'list', '--state', 'shadow'))).toMatchObject([{ key: 'ema-cross@1' }]);
    expect(registrySchemas['models-show'].parse(json('models', 'show', 'ema-cross@shadow'))).toMatchObject({ model: { version: 1 }, version: { modelId: 'ema-cross' } });
    const history = registrySchemas['models-history'].parse(json('models', 'history', 'ema-cross@1'));
    expect(history.map(({ type }) => type)).toEqual(['model_changed', 'model_changed', 'alias_set', 'tag_changed', 'tag_changed']);
    expect(history[1]).toMatchObject({ payload: { transition: { from: 'CANDIDATE', to: 'SHADOW', reason: 'gates passed', actor: 'operator' } } });
  });

  it('lets the operator cut the shadow period short with a reason, and not go beyond the verdict', () => {
    expect(assay('models', 'transition', 'ema-cross@1', 'LIVE', '--reason', 'now')).toMatchObject({ code: 2, stderr: expect.stringContaining('at least 90') as string });
    expect(assay('models', 'transition', 'ema-cross@1', 'LIVE', '--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('reason') as string });
    expect(assay('models', 'transition', 'ema-cross@1', 'LIVE', '--force', '--reason', 'a clone was live for a year').code).toBe(0);
    expect(assay('models', 'history', 'ema-cross@1').stdout).toMatch(/SHADOW → LIVE \(forced\)\s+operator\s+a clone was live for a year/);
    assay('models', 'transition', 'ema-cross@2', 'SHADOW', '--reason', 'gates passed');
    expect(assay('models', 'transition', 'ema-cross@2', 'LIVE', '--force', '--reason', 'please')).toMatchObject({ code: 2, stderr: expect.stringContaining('transition-verdict') as string });
  });

  it('answers what it does not know with what it knows', () => {
    expect(assay('models', 'show', 'ema-crosss')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "ema-cross"') as string });
    expect(assay('models', 'transition', 'ema-cross', 'shadwo', '--reason', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "SHADOW"') as string });
    expect(assay('models', 'alias', 'ema-cross', 'champoin')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "champion"') as string });
  });

  it('prints tables for people, no wider than a terminal', () => {
    const printed = [assay('models', 'list'), assay('models', 'show', 'ema-cross@1'), assay('models', 'history', 'ema-cross@1'), assay('models', 'transition', '--help'), assay('audit', 'show'), assay('audit', 'head')];
    for (const { code, stdout } of printed) {
      expect(code).toBe(0);
      expect(widest(stdout)).toBeLessThanOrEqual(120);
    }
    expect(printed[0].stdout).toMatch(/ema-cross@1\s+LIVE\s+\d{4}-\d\d-\d\d \d\d:\d\d\s+shadow/);
    expect(printed[1].stdout).toMatch(/Sharpe ratio\s+1\.40 ± 0\.96/);
    expect(printed[3].stdout).toContain('replaced by tsmom@8');
  });
});

describe('assay audit', () => {
  it('verifies, shows and heads all journals, as the published schemas say', () => {
    const audit = registrySchemas['audit-verify'].parse(json('audit', 'verify'));
    expect(audit).toMatchObject({ isIntact: true, journals: [{ journal: 'registry/journal', damage: null }] });
    expect(registrySchemas['audit-head'].parse(json('audit', 'head'))).toEqual([{ journal: 'registry/journal', ...audit.journals[0].head }]);
    const entries = registrySchemas['audit-show'].parse(json('audit', 'show', '--model', 'ema-cross@1', '--type', 'model_changed', '--limit', '2'));
    expect(entries).toMatchObject([{ payload: { transition: { to: 'SHADOW' } } }, { payload: { transition: { to: 'LIVE' } } }]);
    expect(json('audit', 'show', '--to', '2026-01-02')).toHaveLength(3);
    expect(assay('audit', 'show', '--limit', '0')).toMatchObject({ code: 2 });
    expect(assay('audit', 'show', '--from', 'soon')).toMatchObject({ code: 2, stderr: expect.stringContaining('from must be a date') as string });
  });

  it('ends with 4 where an entry was changed, and names it; other commands stop there', () => {
    const file = join(folder, '.assay/registry/journal.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('gates passed', 'gates failed'));
    const { code, stdout, stderr } = assay('audit', 'verify');
    expect([code, stdout, stderr]).toEqual([4, expect.stringMatching(/edited at entry 4/), expect.stringMatching(/^failed: the journal .*journal\.jsonl is damaged at entry 4 \(edited\)/)]);
    expect(json('audit', 'verify')).toMatchObject({ isIntact: false, journals: [{ entries: 3, damage: { seq: 4, rule: 'edited' } }] });
    expect(assay('audit', 'head').code).toBe(4);
    expect(assay('audit', 'show')).toMatchObject({ code: 3, stdout: expect.stringContaining('model_changed') as string, stderr: expect.stringContaining('entry 4') as string });
    expect(assay('models', 'list')).toMatchObject({ code: 3, stderr: expect.stringContaining('entry 4') as string });
  });
});
