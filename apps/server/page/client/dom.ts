export type Child = Node | string | number | null | undefined | false;
type Listener = (event: Event) => void;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | Listener>>;

/** An element; text is only ever set as text, so that a name from outside cannot become markup. */
export function h(tag: string, attributes: Attributes = {}, ...children: readonly (Child | readonly Child[])[]): HTMLElement {
  return filled(document.createElement(tag), attributes, children);
}

export function s(tag: string, attributes: Attributes = {}, ...children: readonly (Child | readonly Child[])[]): SVGElement {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<T extends Element>(element: T, attributes: Attributes, children: readonly (Child | readonly Child[])[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
  return element;
}

export interface Column<T> {
  readonly name: string;
  readonly cell: (row: T) => Child;
  readonly isNumber?: boolean;
  readonly isLong?: boolean;
}

/** A table that scrolls sideways where it must; the first column names the row, and a column of reasons is left out where there are none. */
export function table<T>(caption: string, all: readonly Column<T>[], rows: readonly T[]): HTMLElement {
  const columns = all.filter(({ isLong, cell }) => !isLong || rows.some((row) => cell(row) !== ''));
  const kind = ({ isNumber, isLong }: Column<T>): string | null => (isNumber ? 'num' : isLong ? 'why' : null);
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, h('span', {}, caption)),
      h('thead', {}, h('tr', {}, columns.map((one) => h('th', { scope: 'col', class: one.isNumber ? 'num' : null }, one.name)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, columns.map((one, i) => (i === 0 ? h('th', { scope: 'row' }, one.cell(row)) : h('td', { class: kind(one) }, one.cell(row)))))))));
}

export function absent(text: string): HTMLElement {
  return h('p', { class: 'absent' }, text);
}
