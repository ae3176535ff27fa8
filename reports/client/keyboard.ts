import { announce } from './data.ts';

/** Reads a figure's values by keyboard: arrows one row, with Shift ten, Home, End; Enter keeps the reading, Escape ends it. */
export function keyboardReading(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure')) {
    const plot = figure.querySelector<HTMLElement>('.plot');
    const table = figure.querySelector<HTMLTableElement>('details.data table');
    if (plot === null || table === null) continue;
    const readout = document.createElement('p');
    readout.className = 'readout';
    readout.hidden = true;
    plot.after(readout);
    attach(plot, table, readout);
  }
}

function attach(plot: HTMLElement, table: HTMLTableElement, readout: HTMLElement): void {
  let row = -1;
  let pinned = false;
  const headers = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent?.trim() ?? '');
  const say = (): void => {
    const cells = [...(table.tBodies[0].rows[row]?.cells ?? [])];
    const text = cells.map((cell, i) => `${headers[i]}: ${cell.textContent?.trim() ?? ''}`).join('  ·  ');
    readout.textContent = text;
    readout.hidden = false;
    announce(text);
  };
  const clear = (): void => {
    row = -1;
    pinned = false;
    readout.hidden = true;
  };
  plot.addEventListener('keydown', (event) => {
    const last = table.tBodies[0].rows.length - 1;
    const step = event.shiftKey ? 10 : 1;
    const moves: Record<string, number> = { ArrowRight: row + step, ArrowDown: row + step, ArrowLeft: row - step, ArrowUp: row - step, Home: 0, End: last };
    if (event.key === 'Escape') clear();
    else if (event.key === 'Enter' && row >= 0) pinned = !pinned;
    else if (event.key in moves) {
      row = Math.max(0, Math.min(last, moves[event.key]));
      say();
    } else return;
    event.preventDefault();
  });
  plot.addEventListener('blur', () => {
    if (!pinned) clear();
  });
}
