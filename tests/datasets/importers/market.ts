/** Six hourly bars from 2024-01-01 with a range, so that the order of their columns can be told. */
export interface Bar {
  readonly ms: number;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
}

export const START_MS = Date.UTC(2024, 0, 1);

export function bars(count: number, stepMs = 3_600_000, startMs = START_MS): Bar[] {
  return Array.from({ length: count }, (_, t) => {
    const o = 100 + (t % 5);
    const c = 100 + ((t * 3) % 7) + 0.5;
    return { ms: startMs + t * stepMs, o, h: Math.max(o, c) + 1.25, l: Math.min(o, c) - 0.75, c, v: 10 + t };
  });
}

export function csv(rows: readonly Bar[], line: (bar: Bar) => readonly (string | number)[], head = ''): string {
  return `${head === '' ? '' : `${head}\n`}${rows.map((bar) => line(bar).join(',')).join('\n')}\n`;
}

export const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
export const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Candles as plain rows, to compare with bars. */
export function rowsOf(candles: { openTimeMs: Float64Array; open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array; volume: Float64Array }): Bar[] {
  return Array.from(candles.close, (c, t) => ({
    ms: candles.openTimeMs[t], o: candles.open[t], h: candles.high[t], l: candles.low[t], c, v: candles.volume[t],
  }));
}
