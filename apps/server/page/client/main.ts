import { ApiError, keepKey, key } from './api.ts';
import { h } from './dom.ts';
import { createPage, type Page } from './page.ts';
import { emptyStore, putGrade, readCalibrations, readDashboard, readInvestors, readModels, readPortfolios } from './store.ts';
import { follow } from './stream.ts';
import type { GradeRow } from './types.ts';

const POLL_MS = 30_000;
/** Streamed rows are gathered for so long before what depends on them is read again. */
const GATHER_MS = 1_500;

const store = emptyStore();
const main = document.getElementById('main') as HTMLElement;
let page: Page | null = null;
let stop: (() => void) | null = null;
let polling: number | undefined;
let gathering: number | undefined;
const dirty = new Set<string>();

async function readAll(): Promise<void> {
  await readDashboard(store);
  page ??= createPage(main, store, askKey);
  page.draw();
  await Promise.all([readInvestors(store), readModels(store), readCalibrations(store), readPortfolios(store)]);
  page.draw();
}

/** Reads again what the streamed entries have touched. */
async function refresh(): Promise<void> {
  const touched = new Set(dirty);
  dirty.clear();
  const has = (...channels: string[]): boolean => channels.some((one) => touched.has(one));
  try {
    await readDashboard(store);
    if (has('investor_grades')) await readInvestors(store);
    if (has('models', 'transitions')) await Promise.all([readModels(store), readCalibrations(store)]);
    if (has('indices', 'moonshots', 'paper')) await readPortfolios(store);
    page?.draw();
  } catch (error) {
    refused(error);
  }
}

function gather(channel: string): void {
  dirty.add(channel);
  gathering ??= setTimeout(() => { gathering = undefined; void refresh(); }, GATHER_MS);
}

function hear(channel: string, row: object, seq: number): void {
  store.seq = Math.max(store.seq, seq);
  if (channel === 'trader_grades') { putGrade(store, row as GradeRow); page?.drawGrades(); }
  if (channel !== 'prices' && channel !== 'signals') gather(channel);
}

async function start(): Promise<void> {
  stop?.();
  clearInterval(polling);
  try {
    await readAll();
  } catch (error) {
    return refused(error);
  }
  stop = follow({ onDelta: hear, onResync: () => void readAll().catch(refused), onState: (isOpen) => { store.isStreaming = isOpen; page?.drawHeader(); }, seq: () => store.seq });
  polling = setInterval(() => { if (!store.isStreaming) gather('all'); }, POLL_MS);
  return undefined;
}

function refused(error: unknown): void {
  if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return askKey(error.message);
  if (page === null) main.replaceChildren(h('p', { class: 'absent', role: 'alert' }, `The service does not answer: ${error instanceof Error ? error.message : 'no reason'}.`));
  return undefined;
}

/** A form for the key; it stays in this tab. */
function askKey(reason: string): void {
  document.getElementById('key-form')?.remove();
  const input = h('input', { type: 'password', id: 'key', autocomplete: 'off', spellcheck: 'false' }) as HTMLInputElement;
  const form = h('form', {
    class: 'key', id: 'key-form',
    submit: (event) => { event.preventDefault(); keepKey(input.value.trim()); form.remove(); void start(); },
  }, h('p', { role: 'status' }, key() === null ? `This service asks for a key (${reason}).` : `The key was refused (${reason}).`), h('label', {}, 'key ', input), h('button', { class: 'tool', type: 'submit' }, 'use it in this tab'));
  if (page === null) document.getElementById('boot')?.remove();
  main.prepend(form);
}

void start();
