import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guestOf, listen } from '../../../../apps/server/index.ts';
import { pagePlugin } from '../../../../apps/server/page/index.ts';
import { calibrationTable, type Entry, type TraderGrade } from '../../../../grading/index.ts';
import { testServer, type TestServer, type TestServerOptions } from '../../../support/grading-server.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const EVIL = '<img src=x onerror=alert(1)>/USDT';
const found = existsSync(CHROMIUM);

it.runIf(process.env.CI !== undefined)('finds a browser where tests must not be skipped', () => {
  expect(found).toBe(true);
});

describe.runIf(found)('the live page', () => {
  let browser: Browser;
  let script: string;
  let shared: TestServer & { readonly url: string };

  beforeAll(async () => {
    const bundle = await build({ entryPoints: [fileURLToPath(new URL('../../../../apps/server/page/client/main.ts', import.meta.url))], bundle: true, minify: true, format: 'iife', target: 'es2022', write: false });
    script = bundle.outputFiles[0].text;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    shared = await serve();
  }, 60_000);

  afterAll(() => browser?.close());

  /** A service over the seeded stream whose guests may read. */
  async function serve({ overrides = {}, ...options }: TestServerOptions = {}): Promise<TestServer & { readonly url: string }> {
    const server = await testServer({
      ...options,
      overrides: { guest: guestOf(['grades:read', 'models:read']), calibrate: (outcomes) => (outcomes.length < 50 ? { n: outcomes.length, reason: 'too few outcomes' } : calibrationTable(outcomes.slice(-400), { seed: 1, draws: 20 })), ...overrides },
    });
    await server.app.register(pagePlugin, { script });
    await listen(server.app, { port: 0, isTls: false });
    return { ...server, url: `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}/` };
  }

  async function open(url: string, { width = 1280, dark = false, bypassCSP = false } = {}): Promise<{ page: Page; said: string[]; asked: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', bypassCSP, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const [said, asked]: [string[], string[]] = [[], []];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    return { page, said, asked };
  }

  /** The newest published grade of a market with what a test changes in it, as the next entry. */
  function grade(server: TestServer, change: Partial<TraderGrade>): Entry {
    const last = [...server.view.state.markets.values()][0].grades.last();
    if (last === null) throw new Error('the stream has no grade');
    return { seq: server.view.state.seq + 1, tsMs: server.clock.nowMs(), type: 'grade_published', model: null, payload: { ...last.value, closeTimeMs: last.value.closeTimeMs + last.value.timeframeMs, ...change } };
  }

  const ready = (page: Page): Promise<unknown> => page.waitForSelector('#moonshots ~ div table');

  it('shows grades, models, calibration and portfolios without a message or a request to elsewhere', async () => {
    const { page, said, asked } = await open(shared.url);
    await ready(page);
    expect(await page.locator('#grade-table tbody tr').count()).toBe(3);
    expect(await page.locator('#grade-table').innerText()).toMatch(/BTC\/USDT 1h/);
    expect(await page.locator('article.model').count()).toBe(2);
    expect(await page.locator('.strip').first().locator('li').count()).toBe(12);
    for (const name of ['blue-chip', 'paper-1', 'momentum', 'signal-flip', 'the venue has no such bar', 'LIVE → WATCH']) expect(await page.locator('main').innerText()).toContain(name);
    expect(await page.locator('dd', { hasText: 'streamed' }).count()).toBe(1);
    expect(said).toEqual([]);
    expect(asked.filter((address) => !address.startsWith(shared.url) && !address.startsWith('data:'))).toEqual([]);
    await page.context().close();
  });

  it('says why a grade is missing instead of a number', async () => {
    const server = await serve();
    server.commit([grade(server, { traderGrade: null, pUp: null, expReturn: null, meanLow: null, meanHigh: null, outcomeLow: null, outcomeHigh: null, signal: null, change24h: null, reason: 'a bar is missing' })]);
    const { page } = await open(server.url);
    await ready(page);
    const row = page.locator('#grade-table tbody tr', { hasText: 'no grade: a bar is missing' });
    expect(await row.count()).toBe(1);
    expect(await row.locator('svg').count()).toBe(0);
    await page.context().close();
  });

  it('follows the stream: a new grade is shown without a reload, and a name from outside stays text', async () => {
    const server = await serve();
    const { page, said } = await open(server.url);
    await page.waitForSelector('dd:has-text("streamed")');
    await ready(page);
    server.commit([grade(server, { traderGrade: 99.9 })]);
    await page.waitForSelector('#grade-table td:has-text("99.9 surging")');
    server.commit([grade(server, { symbol: EVIL, traderGrade: 12.3, reason: null })]);
    await page.waitForSelector('#grade-table td:has-text("12.3 crashing")');
    expect(await page.locator('#grade-table').innerText()).toContain('<img src=x');
    expect(await page.locator('img').count()).toBe(0);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it('filters by text and signal, sorts, and shows what is not published', async () => {
    const server = await serve({ ahead: 12 * 24 * 3 });
    const { page } = await open(server.url);
    await ready(page);
    await page.fill('#filter-text', 'eth');
    expect(await page.locator('#grade-table tbody th').allInnerTexts()).toEqual(['ETH/USDT 1h']);
    await page.fill('#filter-text', '');
    await page.click('#sort-pair');
    expect(await page.locator('#grade-table tbody th').allInnerTexts()).toEqual(['SOL/USDT 1h', 'ETH/USDT 1h', 'BTC/USDT 1h']);
    expect(await page.locator('#grade-table th[aria-sort=descending]').innerText()).toContain('market');
    await page.check('#filter-shadow');
    expect(await page.locator('#grade-table tr.shadow').count()).toBe(3);
    await page.context().close();
  });

  it('opens and closes a market by the keyboard', async () => {
    const { page } = await open(shared.url);
    await ready(page);
    await page.locator('#grade-table button.link').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#detail svg');
    expect(await page.evaluate(() => (globalThis as unknown as { document: { activeElement: { id: string } } }).document.activeElement.id)).toBe('detail');
    expect(await page.locator('#detail').innerText()).toMatch(/What followed its grades here[^]*donchian@1\s+\d+/);
    await page.locator('#detail-close').press('Enter');
    expect(await page.locator('#detail').count()).toBe(0);
    await page.context().close();
  });

  it('asks for a key where guests may not read, keeps it in the tab, and streams with it', async () => {
    const server = await serve({ overrides: { guest: undefined } });
    const { page } = await open(server.url);
    await page.waitForSelector('#key-form');
    await page.fill('#key', server.token('grades:read', 'models:read'));
    await page.click('#key-form button');
    await page.waitForSelector('dd:has-text("streamed")');
    expect(await page.locator('#key-form').count()).toBe(0);
    expect(page.url()).toBe(server.url);
    await page.reload();
    await ready(page);
    expect(await page.locator('#key-form').count()).toBe(0);
    await page.context().close();
  });

  it('says that shadow models are published in the sandbox', async () => {
    const server = await serve({ overrides: { sandbox: true } });
    const { page } = await open(server.url);
    expect(await page.locator('#sandbox').innerText()).toContain('sandbox');
    await page.context().close();
  });

  it('is sent under a policy that allows nothing inline and nothing from elsewhere', async () => {
    const { headers, body } = await shared.app.inject({ url: '/' });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/<script(?![^>]*src)|style=|onclick|https?:/);
  });

  it.each([['light', 1280], ['dark', 1280], ['light', 768], ['dark', 768], ['light', 320], ['dark', 320]] as const)('breaks no rule of accessibility and never scrolls sideways: %s, %i px', async (scheme, width) => {
    const { page } = await open(shared.url, { width, dark: scheme === 'dark', bypassCSP: true });
    await ready(page);
    await page.locator('#grade-table button.link').first().click();
    await page.waitForSelector('#detail svg');
    const folder = process.env.ASSAY_SCREENSHOTS;
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${scheme}-${width}.png`), fullPage: true });
    expect(await page.evaluate(() => { const { documentElement: root } = (globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }).document; return root.scrollWidth - root.clientWidth; })).toBe(0);
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const broken = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
    });
    expect(broken).toEqual([]);
    await page.context().close();
  });
});
