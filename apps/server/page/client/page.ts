import { h } from './dom.ts';
import { calibration } from './sections/calibration.ts';
import { detail, type Detail, readDetail } from './sections/detail.ts';
import { type GradeChoices, gradeFilters, grades } from './sections/grades.ts';
import { header } from './sections/header.ts';
import { models, reports } from './sections/models.ts';
import { accounts, alerts, gaps, indices, moonshots } from './sections/portfolios.ts';
import { horizons } from './sections/quadrants.ts';
import { marketOf, readCalibrations, type Store } from './store.ts';

export interface Page {
  draw(): void;
  drawHeader(): void;
  drawGrades(): void;
}

/** The page's sections; each is drawn anew from the store, and what was focused or open stays so. */
export function createPage(main: HTMLElement, store: Store, askKey: (reason: string) => void): Page {
  const choices: GradeChoices = { text: '', signal: '', withShadow: false, sort: 'trader_grade', isDown: true, open: null };
  let opened: Detail | null = null;
  const slot = (): HTMLElement => h('div', {});
  const [top, table, aside] = [slot(), slot(), slot()];
  const open = (market: string): void => void toggle(market).catch(() => undefined);

  const drawHeader = (): void => put(top, header(store));
  const drawGrades = (): void => put(table, grades(store, choices, { onChange: drawGrades, onOpen: open }));
  const drawDetail = (): void => {
    if (opened === null) aside.replaceChildren();
    else put(aside, detail(store, opened, () => open(opened?.market ?? '')));
  };
  const toggle = async (market: string): Promise<void> => {
    const row = store.dashboard?.grades.find((one) => marketOf(one) === market);
    choices.open = choices.open === market || row === undefined ? null : market;
    opened = null;
    drawGrades();
    drawDetail();
    if (choices.open === null || row === undefined) return document.getElementById(`market-${market}`)?.focus();
    const read = await readDetail(row);
    if (choices.open !== market) return undefined;
    opened = read;
    drawDetail();
    return document.getElementById('detail')?.focus();
  };
  const choose = (model: string): void => {
    store.calibrated = model;
    void readCalibrations(store).then(draw);
  };

  const sections: readonly (readonly [string, string, () => HTMLElement])[] = [
    ['horizons', 'Quick trade or long hold', () => horizons(store)], ['models', 'Models against their promise', () => models(store)], ['calibration', 'What grades were worth', () => calibration(store, choose)],
    ['indices', 'Indices', () => indices(store)], ['moonshots', 'Moonshots', () => moonshots(store)], ['paper', 'Paper account', () => accounts(store)], ['alerts', 'Alerts', () => alerts(store)],
    ['reports', 'Reports', () => reports(store)], ['gaps', 'Gaps', () => gaps(store)],
  ];
  const slots = sections.map(slot);
  const draw = (): void => {
    drawHeader();
    drawGrades();
    drawDetail();
    sections.forEach(([, , make], i) => put(slots[i], make()));
  };
  main.replaceChildren(top, h('section', { 'aria-labelledby': 'grades' }, h('h2', { id: 'grades', tabindex: -1 }, 'Grades'), gradeFilters(choices, drawGrades), table, aside),
    ...sections.map(([id, title], i) => h('section', { 'aria-labelledby': id }, h('h2', { id }, title), slots[i])),
    h('p', { class: 'foot' }, h('button', { type: 'button', class: 'tool', click: () => askKey('another key') }, 'use a key'), ' ', h('a', { href: '/openapi.json' }, 'API')));
  return { draw, drawHeader, drawGrades };
}

/** Replaces what a slot holds, keeping the focus and the details that were open. */
function put(slot: HTMLElement, content: HTMLElement): void {
  const focused = slot.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const open = new Set([...slot.querySelectorAll('details[open]')].map(({ id }) => id));
  const scrolled = [...slot.querySelectorAll('.scroll')].map(({ scrollLeft }) => scrollLeft);
  slot.replaceChildren(content);
  for (const details of slot.querySelectorAll('details')) if (open.has(details.id)) details.open = true;
  slot.querySelectorAll('.scroll').forEach((one, i) => { one.scrollLeft = scrolled[i] ?? 0; });
  if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus({ preventScroll: true });
}
