import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../reports/index.ts';
import { runFixture, sweepFixture, walkForwardFixture } from '../support/report-fixtures.ts';
import { VALIDATION_STATES } from '../support/validation-fixture.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const found = existsSync(CHROMIUM);
const NAMES = ['run', 'sweep', 'walk', 'validation', 'bare'] as const;

it.runIf(process.env.CI !== undefined)('finds a browser where tests must not be skipped', () => {
  expect(found).toBe(true);
});

describe.runIf(found)('a report in a browser', () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'assay-report-'));
  const url = (name: string): string => pathToFileURL(join(folder, `${name}.html`)).href;

  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [fileURLToPath(new URL('../../reports/client/main.ts', import.meta.url))], bundle: true, minify: true, format: 'iife', target: 'es2022', charset: 'utf8',
      legalComments: 'none', loader: { '.css': 'text' }, write: false,
    });
    const assets = { script: bundle.outputFiles[0].text };
    const pages = {
      run: await renderReport({ kind: 'run', run: runFixture({ ambiguousBars: 31, open: true }) }, assets),
      sweep: await renderReport({ kind: 'sweep', ...sweepFixture({ axes: { fastBars: [4, 8, 12], slowBars: [36, 48, 72], stopFrac: [0.01, 0.05] }, failEvery: 9, ambiguousBars: 31 }) }, assets),
      walk: await renderReport({ kind: 'walkforward', walkForward: walkForwardFixture({ unchosen: 3, ambiguousBars: 31 }) }, assets),
      validation: await renderReport({ kind: 'validation', ...VALIDATION_STATES.rejected() }, assets),
      bare: await renderReport({ kind: 'validation', ...VALIDATION_STATES['everything missing']() }, assets),
    };
    for (const [name, page] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), page);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, options: { width?: number; scripts?: boolean; dark?: boolean } = {}): Promise<{ page: Page; said: string[]; asked: string[] }> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 800 }, javaScriptEnabled: options.scripts ?? true, colorScheme: options.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url(name));
    return { page, said, asked };
  }

  it.each(NAMES.flatMap((name) => [[name, 'light', 1280], [name, 'dark', 1280], [name, 'light', 360]] as const))('breaks no rule of accessibility: %s, %s, %i px', async (name, scheme, width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(url(name));
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const broken = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
    });
    await context.close();
    expect(broken).toEqual([]);
  });

  it.each(NAMES)('opens from disk without a message or a request, also when its figures come alive: %s', async (name) => {
    const { page, said, asked } = await open(name);
    for (const wide of await page.locator('figure .plot > .wide').all()) {
      if (!(await wide.isVisible())) continue;
      await wide.scrollIntoViewIfNeeded();
      await wide.hover();
    }
    const live = await page.locator('figure[data-live=true]').count();
    expect(live).toBeGreaterThan(1);
    expect(said).toEqual([]);
    expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([url(name)]);
    await page.context().close();
  });

  it.each(NAMES)('shows its figures, tables and verdict without scripts: %s', async (name) => {
    const { page } = await open(name, { scripts: false });
    expect(await page.locator('.verdict').isVisible()).toBe(true);
    const figures = await page.locator('figure').all();
    let drawn = 0;
    for (const figure of figures) {
      if (!(await figure.isVisible())) continue;
      const box = await figure.locator('.wide svg').first().boundingBox();
      expect(box?.width).toBeGreaterThan(600);
      drawn++;
    }
    expect(drawn).toBeGreaterThan(2);
    await page.context().close();
  });

  it.each(NAMES)('does not scroll sideways and keeps its text apart at 320 px: %s', async (name) => {
    for (const width of [320, 360, 768]) {
      const { page } = await open(name, { width });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.evaluate<string[]>(OVERLAPS)).toEqual([]);
      expect(await page.evaluate<number>(SMALLEST_TEXT)).toBeGreaterThanOrEqual(11);
      await page.context().close();
    }
  });

  it('shows verdict, identity and the top of figure 1, or of the gates, on the first screen', async () => {
    for (const name of NAMES) {
      const { page } = await open(name);
      const bottom = await page.evaluate<number>("document.querySelector('.verdict').getBoundingClientRect().bottom");
      const opening = await page.evaluate<number>("document.querySelector('figure,table').getBoundingClientRect().top");
      expect(bottom).toBeLessThan(800);
      expect(opening).toBeLessThanOrEqual(560);
      await page.context().close();
    }
  });

  it('zooms, keeps the view in the address and comes back', async () => {
    const { page, said } = await open('run');
    await page.getByRole('button', { name: 'Zoom' }).click();
    const over = page.locator('.u-over').first();
    await over.scrollIntoViewIfNeeded();
    const box = await over.boundingBox();
    if (box === null) throw new Error('the zoomable plot has no box');
    await page.mouse.move(box.x + 100, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 50, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/#zoom=\d+,\d+,log$/);
    await page.getByRole('button', { name: 'Linear axis' }).click();
    await page.waitForURL(/linear$/);
    await page.getByRole('button', { name: 'Back to the drawing' }).click();
    expect(await page.locator('#equity .wide svg').first().isVisible()).toBe(true);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it('reads a figure by keyboard', async () => {
    const { page } = await open('sweep');
    await page.locator('#trials .plot').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    expect(await page.locator('#trials .readout').textContent()).toContain('Count:');
    expect(await page.locator('#live').textContent()).toContain('Count:');
    await page.keyboard.press('Escape');
    expect(await page.locator('#trials .readout').isVisible()).toBe(false);
    await page.context().close();
  });

  it('lists every embedded trade, sorted and filtered', async () => {
    const { page } = await open('run');
    await page.getByRole('button', { name: /Show all/ }).click();
    expect(await page.locator('#trades tbody tr').count()).toBe(100);
    await page.locator('#trades thead button', { hasText: 'Net %' }).click();
    expect(await page.locator('#trades th[aria-sort=ascending]').textContent()).toContain('Net %');
    await page.getByLabel('Side', { exact: true }).selectOption('gains');
    expect(await page.locator('#trades tbody tr').first().textContent()).toContain('+');
    await page.context().close();
  });

  it('chooses a pair of parameters without scripts', async () => {
    const { page } = await open('sweep', { scripts: false });
    expect(await page.locator('#plane-1').isVisible()).toBe(false);
    await page.locator('label[for=plane-pick-1]').click();
    expect(await page.locator('#plane-1').isVisible()).toBe(true);
    expect(await page.locator('#plane-0').isVisible()).toBe(false);
    await page.context().close();
  });

  it('prints in light colours', async () => {
    const { page } = await open('run', { dark: true });
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(15, 19, 24)');
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.context().close();
  });
});

/** Pairs of visible chart texts that cover each other by more than two pixels each way. */
const OVERLAPS = `(() => {
  const found = [];
  for (const svg of document.querySelectorAll('.plot svg')) {
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim() !== '' && text.getBoundingClientRect().width > 0);
    const boxes = texts.map((text) => text.getBoundingClientRect());
    for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (x > 2 && y > 4) found.push(svg.getAttribute('aria-labelledby').split(' ')[0] + ': ' + texts[j].textContent + ' | ' + texts[i].textContent);
    }
  }
  return found;
})()`;

/** Font size of the smallest visible chart text, as drawn on the screen. */
const SMALLEST_TEXT = `Math.min(...[...document.querySelectorAll('.plot svg')].filter((svg) => svg.getBoundingClientRect().width > 0).flatMap((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim() !== '').map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
}))`;
