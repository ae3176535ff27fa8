import Table from 'cli-table3';
import type { Timing } from '../timing.ts';

export interface Row {
  readonly name: string;
  readonly bars: number;
  readonly timing: Timing;
}

/** Bars a second, nanoseconds a bar, spread of the repeats, and how many times as fast as each peer. */
export function printTable(rows: readonly Row[], peers: readonly string[]): void {
  const present = peers.flatMap((name) => rows.filter((row) => row.name === name));
  const table = new Table({
    head: ['', 'bars', 'bars/s', 'ns a bar', 'fastest … slowest', ...present.map(({ name }) => `× ${name}`)],
    colAligns: ['left', 'right', 'right', 'right', 'right', ...present.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const { fastest, slowest } = row.timing;
    const spread = [fastest, slowest].map((seconds) => digits((seconds / row.bars) * 1e9)).join(' … ');
    table.push([row.name, String(row.bars), rate(row), digits(nanoseconds(row)), spread, ...present.map((peer) => digits(nanoseconds(peer) / nanoseconds(row)))]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

function nanoseconds({ timing, bars }: Row): number {
  return (timing.seconds / bars) * 1e9;
}

function rate({ timing, bars }: Row): string {
  const perSecond = bars / timing.seconds;
  return perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} M` : `${(perSecond / 1e3).toFixed(1)} k`;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
