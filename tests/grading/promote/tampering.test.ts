import { writeFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importOfBars, openLake, removeDataset, writeDataset } from '../../../datasets/index.ts';
import { barsFromColumns, POLICY } from '../../../engine/index.ts';
import { promote, readReport, type PromoteOptions } from '../../../grading/index.ts';
import { comparePage } from '../../../grading/promote/compare-page.ts';
import { edited, LENIENT, optionsFor, promotable, type Promotable, registryAt } from '../../support/promotable.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
let made: Promotable;
const options = (over: Partial<PromoteOptions> = {}): PromoteOptions => optionsFor(home, over);

beforeAll(async () => {
  made = await promotable(home);
});

describe('a report that was edited', () => {
  it('is refused by its own hash where the section is not what it was', () => {
    const html = edited(made.html, ({ model }) => Object.assign(model.oos.metrics, { sharpeAnn: 3.2 }), { rehash: false });
    expect(() => readReport(html)).toThrow(/section model of the report must have the hash that it states, .* it was edited/);
  });

  it('is refused for one metric, named with what was promised and found', async () => {
    const html = edited(made.html, ({ model }) => Object.assign(model.oos.metrics, { sharpeAnn: 3.2 }));
    await expect(promote(html, options())).rejects.toMatchObject({ code: 'replay-differs', message: expect.stringMatching(/model\.oos\.metrics\.sharpeAnn: promised 3\.2, found \d/) as string });
  });

  it('is refused for one choice, a gate and a figure that only people read, each by its field', async () => {
    const html = edited(made.html, ({ model, metrics, gates }) => {
      Object.assign(model.windows[2], { chosen: { fastBars: 6, slowBars: 12.5 } });
      Object.assign((gates as { G5: { shadow: object } }).G5.shadow, { state: 'fail' });
      Object.assign(metrics, { totalReturn: 99 });
    });
    const message = await promote(html, options()).catch(({ message }: Error) => message);
    expect(message).toMatch(/model\.windows\.2\.chosen\.slowBars: promised 12\.5, found/);
    expect(message).toMatch(/gates\.G5\.shadow\.state: promised "fail", found "pass"/);
    expect(message).toMatch(/; metrics\.totalReturn: promised 99|: metrics\.totalReturn: promised 99/);
  });

  it('is refused where only what people read was edited, or what runs in the page', async () => {
    const html = made.html.replace('</main>', '<img src=x onerror=alert(1)></main>');
    await expect(promote(html, options())).rejects.toMatchObject({ code: 'page-differs', message: expect.stringContaining('onerror') as string });
    expect(() => comparePage({ html: made.html.replace('Shadow:', 'Live-eligible:'), name: 'a.html' }, made.html)).toThrow(/a\.html must be the page of the replay, reads .*Live-eligible/);
  });

  it('is refused for a shorter search than was done', async () => {
    const html = edited(made.html, ({ model }) => Object.assign(model.spec.axes, { fastBars: [3] }));
    await expect(promote(html, options())).rejects.toMatchObject({ code: 'replay-differs', message: expect.stringContaining('model.walkForwardId') as string });
  });

  it('is refused for thresholds that nobody has accepted, or that are not those of its hash', async () => {
    await expect(promote(made.html, options({ policy: POLICY }))).rejects.toMatchObject({ code: 'policy-differs', message: expect.stringContaining('--policy FILE') as string });
    const html = edited(made.html, ({ model }) => Object.assign(model.policy.thresholds as object, { G8: { maxProbabilityOfLoss: { shadow: 1, live: 1 } } }));
    await expect(promote(html, options())).rejects.toMatchObject({ code: 'policy-differs' });
    await expect(promote(made.html, options({ policy: { ...LENIENT, G3: { maxChangedFrac: 1 } } }))).rejects.toMatchObject({ code: 'policy-differs' });
  });

  it('registers nothing of all that', () => {
    expect(registryAt(home).models()).toEqual([]);
  });
});

describe('a report that is no report', () => {
  it('is refused with the field that is wrong', () => {
    expect(() => readReport(edited(made.html, ({ model }) => Object.assign(model, { extra: 1 })))).toThrow(/manifest of the report must follow its schema: .*extra/);
    expect(() => readReport(edited(made.html, ({ model }) => Object.assign(model.spec, { strategyId: '../../evil' })))).toThrow(/kebab-case.*strategyId/);
    expect(() => readReport(edited(made.html, ({ model }) => Object.assign(model, { claim: 7 })))).toThrow(/claim/);
    expect(() => readReport(edited(made.html, (page) => Object.assign(page, { kind: 'run' })))).toThrow(/must be the report of a validation/);
    expect(() => readReport(edited(made.html, (page) => delete (page as { model?: unknown }).model, { rehash: false }))).toThrow(/field model/);
    expect(() => readReport(made.html.replace('"kind":"validation"', '"__proto__":{"kind":"validation"},"kind":"validation"'))).toThrow(/__proto__/);
  });

  it('is refused with two blocks, none, or a broken one', () => {
    expect(() => readReport(`${made.html}<script type="application/json" id="assay-manifest">{}</script>`)).toThrow(/exactly one data block .* has 2/);
    expect(() => readReport(made.html.replace('<main>', "<main><script id='assay-manifest'>{}</script>"))).toThrow(/has 2/);
    expect(() => readReport('<p>nothing</p>')).toThrow(/has 0/);
    expect(() => readReport('<script type="application/json" id="assay-manifest">{</script>')).toThrow(/must be JSON/);
  });

  it('is refused where it is not there or larger than 64 MiB', () => {
    const file = join(home, 'large.html');
    writeFileSync(file, '<p>');
    truncateSync(file, 64 * 1024 * 1024 + 1);
    expect(() => readReport(file)).toThrow(/must have at most 67108864 bytes, has 67108865/);
    expect(() => readReport(join(home, 'none.html'))).toThrow(/report must be a file/);
  });
});

describe('what a report was made of', () => {
  it('must be the code at hand', async () => {
    const html = edited(made.html, ({ model }) => Object.assign(model.spec, { codeHash: 'ab'.repeat(32) }));
    await expect(promote(html, options())).rejects.toMatchObject({ code: 'code-differs', message: expect.stringMatching(/must be that of the report, (ab){32}, was [0-9a-f]{64}/) as string });
    await expect(promote(edited(made.html, ({ model }) => Object.assign(model.spec, { strategyId: 'ema-crss' })), options())).rejects.toMatchObject({ code: 'strategy-unknown', message: expect.stringMatching(/--strategy FILE/) as string });
  });

  it('must be bars with the same content, to the last candle', async () => {
    const { bars } = made;
    const close = bars.close.slice();
    close[300] = (close[300] + bars.low[300]) / 2;
    const other = barsFromColumns({ ...bars, close }, bars.timeframeMs, bars.instrument);
    const lake = openLake(join(home, 'lake'));
    const write = (of: typeof bars) => writeDataset(lake, importOfBars(of, 'synthetic/1', []), { id: 'planted-2', instrument: bars.instrument, timeframeMs: bars.timeframeMs, importedAtMs: 0, replace: true });
    await write(other);
    try {
      const differs = { code: 'data-differs', message: expect.stringContaining(`must have content ${bars.dataHash} (the report read 700 bars`) as string };
      await expect(promote(made.html, options())).rejects.toMatchObject(differs);
      await expect(promote(made.html, options({ data: ['planted-2'] }))).rejects.toMatchObject(differs);
      removeDataset(lake, 'planted-2');
      await expect(promote(made.html, options())).rejects.toMatchObject({ code: 'data-missing' });
    } finally {
      await write(bars);
    }
  });

  it('must be named again where the report does not hold it', async () => {
    const html = edited(made.html, ({ model }) => Object.assign(model.besides, { pooled: ['ETH/USDT'], joined: ['hashRate'] }));
    await expect(promote(html, options())).rejects.toMatchObject({ code: 'pooled-missing', message: expect.stringMatching(/those of the report, ETH\/USDT, which does not hold them; were none/) as string });
    await expect(promote(made.html, options({ poolWith: ['planted-2'] }))).rejects.toMatchObject({ code: 'pooled-missing' });
  });

  it('must have a name that is no path', async () => {
    await expect(promote(made.html, options({ modelId: '../../etc' }))).rejects.toMatchObject({ code: 'model-id-invalid' });
    await expect(promote(made.html, options({ universe: ['<script>'], isDryRun: true }))).rejects.toMatchObject({ code: 'universe-invalid' });
  });
});
