import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalJson, DAY_MS, sha256 } from '../../../engine/index.ts';
import { type ModelVersion, openRegistry, type Registry, registryFolder, type Transition } from '../../../grading/index.ts';
import { journalFiles, readJournal, verifyJournal } from '../../../workbench/index.ts';
import { modelVersion } from '../../support/model-version.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const START = Date.UTC(2026, 0, 1);
let homes = 0;

interface Opened { readonly home: string; readonly registry: Registry; readonly pass: (days: number) => void }

function opened(home = join(root, String(homes++))): Opened {
  let nowMs = START;
  const registry = openRegistry(home, { clock: { nowMs: () => nowMs }, onNotice: expect.unreachable });
  return { home, registry, pass: (days) => void (nowMs += days * DAY_MS) };
}

/** The n-th version: what differs is its parameters. */
function numbered(version: number, overrides: Partial<ModelVersion> = {}): ModelVersion {
  const { strategy } = modelVersion();
  return modelVersion({ version, strategy: { ...strategy, params: { fastBars: 10 + version, slowBars: 48 } }, ...overrides });
}

const move = (model: string, to: Transition['to'], actor = 'operator', reason = 'as planned') =>
  ({ model, to, reason, actor, statistic: null, value: null, threshold: null, evidenceSha256: null });
const codeOf = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('a version that is registered', () => {
  it('is a candidate, and is read back as it was promised', () => {
    const { registry, home } = opened();
    const version = numbered(1);
    expect(registry.nextVersion('ema-cross')).toBe(1);
    const model = registry.register(version, 'promotion');
    expect(model).toEqual({
      key: 'ema-cross@1', modelId: 'ema-cross', version: 1, sha256: sha256(canonicalJson(version)), state: 'CANDIDATE', sinceMs: START, aliases: [], tags: [],
    });
    expect(registry.version('ema-cross@1')).toEqual(version);
    expect(readdirSync(join(home, 'registry', 'objects'))).toEqual([model.sha256]);
    expect(registry.changes(0)).toEqual([{
      seq: 1, tsMs: START, sha256: model.sha256,
      transition: { model: 'ema-cross@1', from: null, to: 'CANDIDATE', reason: 'registered', actor: 'promotion', statistic: null, value: null, threshold: null, evidenceSha256: model.sha256 },
    }]);
    expect(registry.changes(1)).toEqual([]);
    expect(opened(home).registry.models()).toEqual([model]);
  });

  it('again, with another number or day, is the same version; with other content it must have the next number', () => {
    const { registry } = opened();
    const first = registry.register(numbered(1), 'promotion');
    expect(registry.register(numbered(1), 'promotion')).toEqual(first);
    const { strategy, expiry } = numbered(1);
    expect(registry.register(numbered(2, { strategy, promotedAtMs: 1, expiry: { ...expiry, validUntilMs: 2 } }), 'promotion')).toEqual(first);
    for (const wrong of [1, 3]) expect(() => registry.register(numbered(wrong, { author: 'x' }), 'promotion')).toThrow(/version of ema-cross must be 2, the next one, was/);
    expect(registry.register(numbered(2), 'promotion').key).toBe('ema-cross@2');
    expect(registry.nextVersion('ema-cross')).toBe(3);
    expect(registry.nextVersion('other')).toBe(1);
    expect(registry.models().map(({ key }) => key)).toEqual(['ema-cross@1', 'ema-cross@2']);
  });

  it('may be promised anew once it is retired', () => {
    const { registry } = opened();
    registry.register(numbered(1), 'promotion');
    registry.transition(move('ema-cross@1', 'RETIRED'));
    expect(registry.register(numbered(1), 'promotion')).toMatchObject({ key: 'ema-cross@1', state: 'RETIRED' });
    expect(registry.register(numbered(2, { strategy: numbered(1).strategy }), 'promotion')).toMatchObject({ key: 'ema-cross@2', state: 'CANDIDATE' });
  });

  it('has a name that can be typed, and its code', () => {
    const { registry, home } = opened();
    for (const modelId of ['a@b', '', '../x', 'a b']) expect(() => registry.register(modelVersion({ modelId }), 'promotion')).toThrow(codeOf('model-id-invalid'));
    const bundle = Buffer.from('export const own = 1;');
    const strategy = { ...modelVersion().strategy, bundleSha256: sha256(bundle), exportName: 'own' };
    expect(() => registry.register(modelVersion({ strategy }), 'promotion')).toThrow(codeOf('bundle-missing'));
    expect(registry.putObject(bundle)).toBe(sha256(bundle));
    registry.register(modelVersion({ strategy }), 'promotion');
    expect(registry.object(sha256(bundle))).toEqual(bundle);
    writeFileSync(join(home, 'registry/objects', sha256(bundle)), 'export const own = 2;');
    expect(() => registry.object(sha256(bundle))).toThrow(codeOf('object-damaged'));
    expect(registry.putObject(bundle)).toBe(sha256(bundle));
    expect(registry.object(sha256(bundle))).toEqual(bundle);
    expect(() => registry.object('0'.repeat(64))).toThrow(codeOf('object-missing'));
    expect(() => registry.object('../journal.jsonl')).toThrow(codeOf('object-name-invalid'));
  });
});

describe('a name', () => {
  it('is a number, an alias, or the last version', () => {
    const { registry } = opened();
    for (const n of [1, 2, 3]) registry.register(numbered(n), 'promotion');
    expect(registry.setAlias('ema-cross@2', 'champion').aliases).toEqual(['champion']);
    expect(registry.get('ema-cross').version).toBe(3);
    expect(registry.get('ema-cross@1').version).toBe(1);
    expect(registry.get('ema-cross@champion').version).toBe(2);
    expect(() => registry.get('ema-cros')).toThrow(/did you mean "ema-cross"/);
    expect(() => registry.get('ema-cross@champoin')).toThrow(/did you mean "ema-cross@champion"/);
    expect(() => registry.get('ema-cross@shadow')).toThrow(codeOf('model-unknown'));
    expect(() => registry.get('ema-cross@9')).toThrow(codeOf('model-unknown'));
  });

  it('by alias is one version of a model at a time', () => {
    const { registry } = opened();
    for (const n of [1, 2]) registry.register(numbered(n), 'promotion');
    registry.register(numbered(1, { modelId: 'other' }), 'promotion');
    for (const key of ['ema-cross@1', 'other@1', 'ema-cross@2']) registry.setAlias(key, 'champion');
    registry.setAlias('ema-cross@2', 'challenger');
    expect(registry.models().map(({ key, aliases }) => [key, aliases])).toEqual([['ema-cross@1', []], ['ema-cross@2', ['challenger', 'champion']], ['other@1', ['champion']]]);
    const written = registry.history('ema-cross@2').length;
    registry.setAlias('ema-cross@champion', 'champion');
    expect(registry.history('ema-cross@2')).toHaveLength(written);
    expect(registry.setAlias('ema-cross@champion', null).aliases).toEqual([]);
    expect(() => registry.get('ema-cross@champion')).toThrow(codeOf('model-unknown'));
    expect(() => registry.setAlias('ema-cross', 'winner' as 'champion')).toThrow(codeOf('alias-unknown'));
    registry.setAlias('ema-cross@1', 'shadow');
    registry.transition(move('ema-cross@1', 'RETIRED'));
    expect(registry.get('ema-cross@1').aliases).toEqual([]);
    expect(() => registry.setAlias('ema-cross@1', 'shadow')).toThrow(codeOf('alias-retired'));
  });

  it('may be tagged', () => {
    const { registry, home } = opened();
    registry.register(numbered(1), 'promotion');
    registry.tag('ema-cross', 'slow', 'add');
    expect(registry.tag('ema-cross', 'btc', 'add').tags).toEqual(['btc', 'slow']);
    expect(registry.tag('ema-cross', 'btc', 'add').tags).toEqual(['btc', 'slow']);
    expect(registry.tag('ema-cross', 'slow', 'remove').tags).toEqual(['btc']);
    expect(registry.tag('ema-cross', 'never', 'remove').tags).toEqual(['btc']);
    expect(() => registry.tag('ema-cross', 'a b', 'add')).toThrow(codeOf('tag-invalid'));
    expect(opened(home).registry.history('ema-cross').map(({ type }) => type)).toEqual(['model_changed', 'tag_changed', 'tag_changed', 'tag_changed']);
  });
});

describe('a transition', () => {
  it('is recorded with its statistic, and is heard by others through changes', () => {
    const { registry, home, pass } = opened();
    const other = opened(home).registry;
    registry.register(numbered(1), 'promotion');
    registry.transition(move('ema-cross', 'SHADOW', 'promotion'));
    pass(90);
    registry.transition(move('ema-cross', 'LIVE'));
    pass(1);
    const watched = registry.transition({ ...move('ema-cross@1', 'WATCH', 'T6', 'CUSUM crossed its line'), statistic: 'cusum', value: 31, threshold: 30.7, evidenceSha256: sha256('x') });
    expect(watched).toMatchObject({ state: 'WATCH', sinceMs: START + 91 * DAY_MS });
    expect(other.get('ema-cross')).toEqual(watched);
    expect(other.changes(3)).toEqual([{
      seq: 4, tsMs: START + 91 * DAY_MS, sha256: watched.sha256,
      transition: { model: 'ema-cross@1', from: 'LIVE', to: 'WATCH', reason: 'CUSUM crossed its line', actor: 'T6', statistic: 'cusum', value: 31, threshold: 30.7, evidenceSha256: sha256('x') },
    }]);
  });

  it('of a key that was used does nothing', () => {
    const { registry, home } = opened();
    registry.register(numbered(1), 'promotion');
    registry.transition(move('ema-cross', 'SHADOW'), { once: 'live:7' });
    const after = opened(home).registry;
    expect(after.transition(move('ema-cross', 'SUSPENDED', 'T0'), { once: 'live:7' })).toMatchObject({ state: 'SHADOW' });
    expect(after.transition(move('ema-cross', 'SUSPENDED', 'T0'), { once: 'live:8' })).toMatchObject({ state: 'SUSPENDED' });
    expect(after.changes(0)).toHaveLength(3);
  });

  it('to LIVE waits for 90 days in SHADOW, unless the operator says why not', () => {
    const { registry, pass } = opened();
    registry.register(numbered(1), 'promotion');
    registry.transition(move('ema-cross', 'SHADOW'));
    pass(89.9);
    expect(() => registry.transition(move('ema-cross', 'LIVE'))).toThrow(/days of ema-cross@1 in SHADOW must be at least 90, was 89; 1d to go/);
    expect(() => registry.transition(move('ema-cross', 'LIVE', 'T6'), { force: true })).toThrow(codeOf('transition-actor'));
    expect(() => registry.transition(move('ema-cross', 'LIVE', 'operator', ' '), { force: true })).toThrow(codeOf('transition-reason'));
    registry.transition(move('ema-cross', 'LIVE', 'operator', 'a clone was live for a year'), { force: true });
    expect(registry.changes(2)[0].transition).toMatchObject({ to: 'LIVE', forced: true, reason: 'a clone was live for a year' });
  });

  it('to LIVE counts the days of the last time in SHADOW alone', () => {
    const { registry, pass } = opened();
    registry.register(numbered(1), 'promotion');
    registry.transition(move('ema-cross', 'SHADOW'));
    pass(80);
    registry.transition(move('ema-cross', 'SUSPENDED', 'T0'));
    registry.transition(move('ema-cross', 'SHADOW'));
    pass(80);
    expect(() => registry.transition(move('ema-cross', 'LIVE'))).toThrow(codeOf('shadow-too-short'));
    pass(10);
    const { transition } = registry.changes(0).at(-1) ?? {};
    expect(transition).toMatchObject({ from: 'SUSPENDED', to: 'SHADOW' });
    registry.transition(move('ema-cross', 'LIVE'), { force: true });
    expect(registry.changes(4)[0].transition).not.toHaveProperty('forced');
  });

  it('does not go beyond the verdict, forced or not', () => {
    const { registry } = opened();
    const { verdict } = modelVersion();
    registry.register(numbered(1, { verdict: { ...verdict, decision: 'reject' } }), 'promotion');
    registry.register(numbered(2, { verdict: { ...verdict, decision: 'shadow' } }), 'promotion');
    expect(() => registry.transition(move('ema-cross@1', 'SHADOW'), { force: true })).toThrow(codeOf('transition-verdict'));
    registry.transition(move('ema-cross@2', 'SHADOW'));
    expect(() => registry.transition(move('ema-cross@2', 'LIVE'), { force: true })).toThrow(/verdict of ema-cross@2 must be live-eligible before LIVE, was shadow/);
  });

  it('can stop a model whose file is damaged, and not start it', () => {
    const { registry, home } = opened();
    const { sha256: hash } = registry.register(numbered(1), 'promotion');
    registry.transition(move('ema-cross', 'SHADOW'));
    appendFileSync(join(home, 'registry/objects', hash), ' ');
    expect(() => registry.version('ema-cross')).toThrow(codeOf('object-damaged'));
    registry.transition(move('ema-cross', 'SUSPENDED', 'T0', 'its file is damaged'));
    expect(() => registry.transition(move('ema-cross', 'SHADOW'))).toThrow(codeOf('object-damaged'));
  });
});

describe('a registry after a kill', () => {
  it('at any byte of its last entry is whole, and goes on', () => {
    const { registry, home } = opened();
    registry.register(numbered(1), 'promotion');
    registry.setAlias('ema-cross', 'candidate');
    const { lines, head } = journalFiles(registryFolder(home), 'journal');
    const [before, headBefore] = [readFileSync(lines), readFileSync(head)];
    registry.transition(move('ema-cross', 'SHADOW'));
    const after = readFileSync(lines);
    for (let cut = before.length; cut <= after.length; cut++) {
      writeFileSync(lines, after.subarray(0, cut));
      writeFileSync(head, headBefore);
      const again = openRegistry(home, { clock: { nowMs: () => START }, onNotice: () => undefined });
      const isWhole = cut === after.length;
      expect(again.get('ema-cross@candidate').state).toBe(isWhole ? 'SHADOW' : 'CANDIDATE');
      if (cut % 61 !== 0 && !isWhole) continue;
      expect(again.tag('ema-cross', 'later', 'add')).toMatchObject({ state: isWhole ? 'SHADOW' : 'CANDIDATE', tags: ['later'] });
      expect(verifyJournal(registryFolder(home), 'journal')).toMatchObject({ entries: isWhole ? 4 : 3, damage: null, tornBytes: 0 });
    }
  });

  it('refuses to answer or to write where it is damaged', () => {
    const { registry, home } = opened();
    for (const n of [1, 2, 3]) registry.register(numbered(n), 'promotion');
    const { lines } = journalFiles(registryFolder(home), 'journal');
    writeFileSync(lines, readFileSync(lines, 'utf8').replace('"to":"CANDIDATE"', '"to":"LIVE"'));
    const damaged = openRegistry(home, { clock: { nowMs: () => START }, onNotice: () => undefined });
    expect(() => damaged.models()).toThrow(/journal .*registry.journal\.jsonl is damaged at entry 1 \(edited\)/);
    expect(() => damaged.register(numbered(4), 'promotion')).toThrow(codeOf('journal-damaged'));
  });
});

describe('several processes that register at once, one of them killed again and again', () => {
  it('leave every version whole, under the next number each', async () => {
    const home = join(root, 'crowd');
    const built = pathToFileURL(fileURLToPath(new URL('../../../dist/grading/index.js', import.meta.url))).href;
    const script = join(root, 'crowd.mjs');
    const template = join(root, 'version.json');
    writeFileSync(template, JSON.stringify(modelVersion()));
    writeFileSync(script, `
      import { readFileSync } from 'node:fs';
      import { openRegistry } from ${JSON.stringify(built)};
      const [home, name, count] = process.argv.slice(2);
      const version = JSON.parse(readFileSync(${JSON.stringify(template)}, 'utf8'));
      const registry = openRegistry(home, { clock: { nowMs: () => 1 }, onNotice: () => undefined });
      for (let i = 0; i < Number(count); i++) {
        for (;;) {
          try {
            const { key } = registry.register({ ...version, version: registry.nextVersion('ema-cross'), author: name + i }, name);
            process.stdout.write(key + '\\n');
            break;
          } catch (error) {
            if (error.code !== 'version-invalid') throw error;
          }
        }
      }`);
    /** Keys that a process was told are registered; it is killed after so many. */
    const run = (name: string, count: number, killAfter = Infinity) => new Promise<{ readonly keys: string[]; readonly end: number | string | null }>((resolve) => {
      const child = spawn(process.execPath, [script, home, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (out.split('\n').length > killAfter) child.kill('SIGKILL');
      });
      child.on('close', (code, signal) => resolve({ keys: out.split('\n').slice(0, -1), end: signal ?? code }));
    });
    const victim = async () => [await run('v', 1_000, 2), await run('w', 1_000, 5)];
    const [a, b, killed] = await Promise.all([run('a', 12), run('b', 12), victim()]);
    expect([a.end, b.end, ...killed.map(({ end }) => end)]).toEqual([0, 0, 'SIGKILL', 'SIGKILL']);
    const { registry } = opened(home);
    const models = registry.models();
    expect(models.map(({ version }) => version)).toEqual(models.map((_, i) => i + 1));
    expect(registry.nextVersion('ema-cross')).toBe(models.length + 1);
    expect(models.map(({ key }) => key)).toEqual(expect.arrayContaining([a, b, ...killed].flatMap(({ keys }) => keys)));
    for (const { key, sha256: hash } of models) expect(sha256(canonicalJson(registry.version(key)))).toBe(hash);
    registry.tag('ema-cross', 'after', 'add');
    expect(verifyJournal(registryFolder(home), 'journal')).toMatchObject({ entries: models.length + 1, damage: null, tornBytes: 0 });
    const { lines } = journalFiles(registryFolder(home), 'journal');
    expect([...readJournal(registryFolder(home), 'journal')]).toHaveLength(readFileSync(lines, 'utf8').trimEnd().split('\n').length);
  });
});
