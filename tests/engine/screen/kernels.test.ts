import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../engine/index.ts';
import { rollingMean } from '../../../engine/kernels/index.ts';
import { BITS, BLOCKS, COLUMN, drawnBits, drawnColumns, drawnLine, EVENTS, LINE, LINES, makeTables, onDrawn, OUT, place, SLOTS, twins } from '../../support/drawn-memory.ts';

describe('the sweep kernels and their twin', () => {
  it('compare lines and levels alike', () => {
    onDrawn(60, (random, n, where) => {
      place(n, 1);
      const gaps = (['none', 'start', 'inside'] as const)[Math.floor(random() * 3)];
      [0, 1].forEach((k) => twins.write(LINES + k * LINE, drawnLine(random, n, gaps)));
      const level = random() < 0.1 ? Number.NaN : 100 + Math.round(4 * (random() - 0.5)) / 2;
      for (const name of ['linesAbove', 'linesNotAbove'] as const) twins.both(where, (kernels) => kernels[name](LINES, LINES + LINE, OUT));
      twins.expectSame(where);
      for (const name of ['levelAbove', 'levelNotAbove', 'levelBelow', 'levelNotBelow'] as const) {
        twins.both(where, (kernels) => kernels[name](LINES, level, OUT));
        twins.expectSame(`${name}, ${where}`);
      }
    });
  });

  it('combine bitsets alike, into an operand too', () => {
    onDrawn(60, (random, n, where) => {
      const [a, b] = [BITS, BITS + COLUMN];
      const bits = [drawnBits(random, n), drawnBits(random, n)];
      const bars = Math.floor(random() * 140);
      for (const name of ['bothHold', 'eitherHolds', 'butNot', 'nowAndBefore', 'since'] as const) {
        for (const out of [OUT, a, b]) {
          place(n, 1);
          [a, b].forEach((offset, k) => twins.writeInts(offset, bits[k]));
          twins.both(where, (kernels) => kernels[name](a, b, out));
          twins.expectSame(`${name}, ${where}`);
        }
      }
      twins.both(where, (kernels) => kernels.doesNotHold(a, OUT));
      twins.both(where, (kernels) => kernels.held(a, bars, OUT + COLUMN));
      twins.expectSame(`doesNotHold and held ${bars} ago, ${where}`);
    });
  });

  it('make the same tables of prices', () => {
    onDrawn(40, (random, n, where) => {
      place(n, random() < 0.5 ? 0 : 1);
      drawnColumns(random, n);
      twins.both(where, (kernels) => kernels.rates(0.001, 0.0005, 0.0003, 0.99, 0.98));
      makeTables(where, n);
      twins.expectSame(where);
    });
  });

  it('turn lines into the same integers, and walk pairs of them to the same figures', () => {
    let trades = 0;
    onDrawn(60, (random, n, where) => {
      const lag = random() < 0.5 ? 0 : 1;
      place(n, lag);
      drawnColumns(random, n);
      const firsts: number[] = [];
      twins.both(where, (kernels) => kernels.rates(0.001, 0.0005, 0.0003, 0.99, 0.98));
      makeTables(where, n);
      const gaps = random() < 0.2 ? 'inside' : random() < 0.5 ? 'start' : 'none';
      [0, 1, 2].forEach((k) => twins.write(LINES + k * LINE, drawnLine(random, n, gaps)));
      twins.writeInts(SLOTS, [LINES, LINES + LINE, LINES + 2 * LINE]);
      twins.both(where, (kernels) => kernels.scales(SLOTS, 2)); // the third may lie outside
      [0, 1, 2].forEach((k) => firsts.push(Number(twins.both(where, (kernels) => kernels.quantise(LINES + k * LINE)))));
      twins.expectSame(`scales and quantise, ${where}`);
      if (firsts.some((first) => first < 0)) return;
      const rows = [[0, 1], [1, 2], [2, 0], [0, 0]].flatMap(([a, b], row) => [LINES + a * LINE, LINES + b * LINE, Math.max(firsts[a], firsts[b]), Math.floor(random() * n), row]);
      twins.writeInts(SLOTS + 64, rows);
      for (const crossing of [0, 1]) {
        twins.both(where, (kernels) => kernels.pairs(SLOTS + 64, 4, crossing, OUT, 32));
        trades += twins.doubles(OUT + 4 * 32, 4).reduce((sum, x) => sum + x, 0);
        twins.writeInts(EVENTS, new Int32Array(n + 256)); // behind the last event each leaves what it likes
        twins.expectSame(`pairs, crossing ${crossing}, ${where}`);
      }
    });
    expect(trades).toBeGreaterThan(1000);
  });

  it('take running sums and means of them alike', () => {
    onDrawn(60, (random, n, where) => means(random, n, random() < 0.15 ? 'inside' : 'none', [1, 2, 1 + Math.floor(random() * 60), n, n + 3], where));
  });

  it('take means across blocks of 4,096 bars', () => {
    means(seededRandom(5, 'kernels'), 5000, 'none', [1, 7, 64, 1000, 2047, 4095, 4096], '5,000 bars');
    means(seededRandom(6, 'kernels'), 4096, 'none', [2, 4096], '4,096 bars');
  });
});

/** Against the twin, and against the kernel of the engine bit for bit. */
function means(random: () => number, n: number, gaps: 'none' | 'inside', windows: readonly number[], where: string): void {
  place(n, 1);
  const values = drawnLine(random, n, gaps).subarray(0, n).map((x, t) => x + Math.sin(t));
  const [high, low, out] = [LINES + LINE, LINES + 2 * LINE, LINES + 3 * LINE];
  twins.write(LINES, values);
  const isFinite = twins.both(where, (kernels) => kernels.runningSums(LINES, high, low, BLOCKS));
  twins.expectSame(`runningSums, ${where}`);
  expect(isFinite, where).toBe(values.every(Number.isFinite) ? 1 : 0);
  if (isFinite === 0) return;
  for (const window of windows) {
    twins.both(where, (kernels) => kernels.rollingMean(high, low, BLOCKS, window, out));
    twins.write(out + 8 * n, [0]); // behind the last bar a pair may leave what it likes
    twins.expectSame(`rollingMean of ${window}, ${where}`);
    const wanted = rollingMean(values, window);
    expect(Buffer.from(twins.doubles(out, n).buffer).equals(Buffer.from(wanted.buffer, wanted.byteOffset, wanted.byteLength)), `rollingMean of ${window}, ${where}`).toBe(true);
  }
}
