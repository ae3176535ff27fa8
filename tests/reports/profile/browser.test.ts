import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProfiledCall, renderProfile } from '../../../reports/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const folder = temporaryFolder();

const call = (name: string, selfUs: number, calls: readonly ProfiledCall[] = []): ProfiledCall => ({
  name, source: `engine/${name}.ts:1`, selfUs, calls, totalUs: calls.reduce((sum, { totalUs }) => sum + totalUs, selfUs),
});
/** `narrow` is too narrow for its name until its caller is as wide as the page. */
const ROOT = call('root', 0, [call('simulate', 60, [call('walk', 30, [call('narrow', 1)])]), call('measure', 9)]);

describe.runIf(existsSync(CHROMIUM))('a profile in a browser', () => {
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const asked: string[] = [];
  const widthOf = async (name: string): Promise<string | null> => frameWith(name).getAttribute('width');
  const frameWith = (name: string) => page.locator('svg.flame > svg').filter({ hasText: new RegExp(`^${name}\\n`) });
  const readout = (): Promise<string | null> => page.locator('#readout').textContent();

  beforeAll(async () => {
    const bundle = await build({ entryPoints: [fileURLToPath(new URL('../../../reports/client/flame.ts', import.meta.url))], bundle: true, format: 'iife', target: 'es2022', write: false });
    const file = join(folder, 'flame.html');
    writeFileSync(file, renderProfile({ command: 'sweep', root: ROOT, threads: 1, idleUs: 0, intervalUs: 200 }, { script: bundle.outputFiles[0].text }));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(() => browser?.close());

  it('makes a clicked frame as wide as the page, names what is wide enough now, and goes back', async () => {
    expect(await frameWith('narrow').locator('text').count()).toBe(0);
    await frameWith('walk').click();
    expect(await widthOf('walk')).toBe('100%');
    expect(await frameWith('narrow').locator('text').textContent()).toBe('narrow');
    expect(await frameWith('measure').isVisible()).toBe(false);
    await page.locator('#reset').click();
    expect(await frameWith('measure').isVisible()).toBe(true);
    expect(await frameWith('narrow').locator('text').count()).toBe(0);
  });

  it('marks what is searched and says its share, callers and calls counted once', async () => {
    await page.locator('#search').fill('w');
    expect(await readout()).toBe('“w”: 2 frames, with what they call 31.0 % of the time');
    expect(await page.locator('svg.flame > svg.found').count()).toBe(2);
    await page.locator('#search').fill('');
    expect(await page.locator('svg.flame > svg.found').count()).toBe(0);
  });

  it('says what the pointer and the keyboard are on', async () => {
    await frameWith('measure').hover();
    expect(await readout()).toContain('engine/measure.ts:1  ·  self 0.0 ms (9.0 %)');
    await frameWith('root').focus();
    await page.keyboard.press('ArrowDown');
    expect(await readout()).toContain('simulate');
    await page.keyboard.press('Enter');
    expect(await widthOf('simulate')).toBe('100%');
  });

  it('asks for nothing and complains of nothing, and does not scroll sideways on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(said).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
