import { formatCount, formatMinute, formatNumber, formatSigned, MINUS } from '../format.ts';
import { announce, button, readJson } from './data.ts';
import { copy, csv } from './tables.ts';

type Cell = number | string;

interface Trades {
  readonly quote: string;
  readonly symbols: readonly string[];
  readonly priceDigits: number;
  readonly total: number;
  readonly rows: readonly (readonly Cell[])[];
}

const PAGE = 100;
/** As many as the page lists without scripts. */
const LISTED = 60;

interface Column {
  readonly label: string;
  readonly index: number;
  readonly number: boolean;
  readonly text: (value: Cell) => string;
}

/** The whole embedded list of trades in place of the extremes: sorted by any column, filtered by side, a hundred at a time. */
export function liveTrades(): void {
  const place = document.getElementById('trade-list');
  const trades = readJson('assay-trades') as Trades | null;
  if (place === null || trades === null) return;
  const tools = document.createElement('div');
  tools.className = 'tools';
  const columns = columnsOf(trades);
  tools.append(
    button(trades.rows.length <= LISTED ? 'Sort and filter' : `Show all ${formatCount(trades.rows.length)} trades`, (self) => {
      self.remove();
      expand(place, trades, columns);
    }),
    button('Copy CSV', (self) => void copy(csv([columns.map(({ label }) => label), ...trades.rows.map((row) => columns.map(({ index }) => plain(row[index], index)))]), self)),
  );
  place.append(tools);
}

function plain(value: Cell, index: number): Cell {
  return index === 3 || index === 4 ? new Date(value).toISOString() : value;
}

function expand(place: HTMLElement, trades: Trades, columns: readonly Column[]): void {
  const table = place.querySelector('table');
  if (table === null) return;
  let sortBy = columns[0];
  let descending = false;
  let side = 'all';
  let page = 0;
  const caption = table.caption;
  const headers = columns.map((column) => {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.className = column.number ? 'num' : 'text';
    const label = document.createElement('button');
    label.type = 'button';
    label.textContent = column.label;
    label.addEventListener('click', () => {
      descending = sortBy === column && !descending;
      sortBy = column;
      page = 0;
      draw();
    });
    cell.append(label);
    return cell;
  });
  const body = table.tBodies[0];
  table.tHead?.rows[0].replaceChildren(...headers);
  const filter = document.createElement('select');
  filter.ariaLabel = 'Side';
  for (const name of ['all', 'long', 'short', 'gains', 'losses']) filter.append(new Option(name === 'all' ? 'all trades' : name, name));
  filter.addEventListener('change', () => {
    side = filter.value;
    page = 0;
    draw();
  });
  const previous = button('Previous 100', () => turn(-1));
  const next = button('Next 100', () => turn(1));
  const status = document.createElement('span');
  place.querySelector('.tools')?.prepend(filter, previous, next);
  place.querySelector('.tools')?.append(status);
  draw();

  function turn(by: number): void {
    page += by;
    draw();
  }

  function draw(): void {
    const kept = trades.rows.filter((row) => side === 'all' || row[2] === side || (side === 'gains' && (row[12] as number) > 0) || (side === 'losses' && (row[12] as number) < 0));
    kept.sort((a, b) => {
      const [left, right] = [a[sortBy.index], b[sortBy.index]];
      const order = typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
      return descending ? -order : order;
    });
    const pages = Math.max(1, Math.ceil(kept.length / PAGE));
    page = Math.max(0, Math.min(pages - 1, page));
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
    for (const [i, header] of headers.entries()) {
      if (columns[i] === sortBy) header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      else header.removeAttribute('aria-sort');
    }
    body.replaceChildren(...kept.slice(page * PAGE, (page + 1) * PAGE).map((row) => rowOf(row, columns)));
    status.textContent = `${formatCount(kept.length)} trades, page ${page + 1} of ${pages}`;
    if (caption !== null) announce(status.textContent);
  }
}

function rowOf(row: readonly Cell[], columns: readonly Column[]): HTMLTableRowElement {
  const element = document.createElement('tr');
  for (const [i, column] of columns.entries()) {
    const cell = document.createElement(i === 0 ? 'th' : 'td');
    if (i === 0) cell.setAttribute('scope', 'row');
    cell.className = column.number ? 'num' : 'text';
    cell.textContent = column.text(row[column.index]);
    element.append(cell);
  }
  return element;
}

function columnsOf({ quote, symbols, priceDigits }: Trades): Column[] {
  const price = (value: number): string => formatNumber(value, priceDigits);
  return [
    word('#', 0), ...(symbols.length > 1 ? [word('Market', 1, (value) => symbols[value as number] ?? String(value))] : []), word('Side', 2),
    word('Entry (UTC)', 3, (value) => formatMinute(value as number)), word('Exit (UTC)', 4, (value) => formatMinute(value as number)),
    number(`Net ${quote}`, 12, (value) => formatSigned(value, 2)), number('Net %', 13, percent), word('Reason', 16), number('Bars', 5, formatCount),
    number('Entry price', 6, price), number('Exit price', 7, price), number('Quantity', 8, (value) => String(Number(value.toPrecision(6))).replace('-', MINUS)),
    number(`Fees ${quote}`, 9, (value) => formatNumber(value, 2)), number(`Spread + slip ${quote}`, 10, (value) => formatNumber(value, 2)), number(`Funding ${quote}`, 11, (value) => formatNumber(value, 2)),
    number('MAE %', 14, percent), number('MFE %', 15, percent),
  ];
}

function word(label: string, index: number, text: (value: Cell) => string = String): Column {
  return { label, index, number: false, text };
}

function number(label: string, index: number, text: (value: number) => string): Column {
  return { label, index, number: true, text: (value) => text(value as number) };
}

function percent(value: number): string {
  return formatSigned(value * 100, 2);
}
