import { announce, button } from './data.ts';

/** Sort buttons in the headers of a table, and its rows as CSV at a click. */
export function liveTables(root: ParentNode = document): void {
  for (const table of root.querySelectorAll<HTMLTableElement>('table[data-sortable]')) {
    makeSortable(table);
    const tools = document.createElement('div');
    tools.className = 'tools';
    tools.append(button('Copy CSV', (self) => void copy(csvOf(table), self)));
    const place = table.parentElement;
    (place?.nextElementSibling?.classList.contains('footnotes') ? place.nextElementSibling : place)?.after(tools);
  }
}

export function makeSortable(table: HTMLTableElement): void {
  const headers = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
  for (const [column, header] of headers.entries()) {
    const label = document.createElement('button');
    label.type = 'button';
    label.append(...header.childNodes);
    header.append(label);
    label.addEventListener('click', () => {
      const descending = header.ariaSort === 'ascending';
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      sortRows(table, column, descending);
    });
  }
}

export async function copy(text: string, self: HTMLButtonElement): Promise<void> {
  const label = self.textContent ?? '';
  const done = await toClipboard(text);
  self.textContent = done ? 'Copied' : 'Copying was refused';
  announce(self.textContent);
  setTimeout(() => {
    self.textContent = label;
  }, 2_000);
}

export function csvOf(table: HTMLTableElement): string {
  return csv([...table.rows].map((row) => [...row.cells].map((cell) => (cell.querySelector('data')?.value ?? cell.textContent ?? '').trim())));
}

export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.map(csvCell).join(',')).join('\n');
}

function csvCell(value: string | number): string {
  const text = String(value).replace(/\u2212/g, '-').replace(/[\u2009\u00a0]/g, typeof value === 'string' && /\d/.test(value) ? '' : ' ');
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

function sortRows(table: HTMLTableElement, column: number, descending: boolean): void {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column]?.textContent ?? '') }));
  rows.sort((a, b) => compare(a.key, b.key) * (descending ? -1 : 1));
  body.append(...rows.map(({ row }) => row));
}

/** A number where the text is one, words otherwise. */
function keyOf(text: string): number | string {
  const plain = text.trim().replace(/\u2212/g, '-').replace(/[\u2009\u00a0+<>×◆%]/g, '');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : text.trim();
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return String(a).localeCompare(String(b));
}
