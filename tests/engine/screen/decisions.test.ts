import { describe, expect, it } from 'vitest';
import type { SweepKernels } from '../../../engine/screen/kernels.ts';
import { BITS, COLUMN, drawnBits, drawnColumns, LINES, makeTables, onDrawn, OUT, paddedOf, place, twins } from '../../support/drawn-memory.ts';

type Draw = () => number;
const oneOf = <T>(random: Draw, ...values: readonly T[]): T => values[Math.floor(random() * values.length)];

/** Rates, protection and account; leverage so high that some are liquidated. */
function settings(random: Draw, lag: number): (kernels: SweepKernels) => void {
  const [taker, maker, impact] = [0.002 * random(), 0.001 * random(), 0.001 * random()];
  const frac = (): number => (random() < 0.5 ? 0 : 0.15 * random());
  const [stop, target, trail] = [frac(), frac(), lag === 0 ? 0 : frac()];
  const [touch, session, intrabar] = [oneOf(random, 0, 1), oneOf(random, 0, 1), oneOf(random, 0, 1, 2)];
  const sizing = oneOf(random, 0, 0, 1, 2);
  const size = sizing === 0 ? oneOf(random, 1, 1, 0.4, 3) : sizing === 1 ? oneOf(random, 20, 500) : oneOf(random, 4000, 60_000);
  const isMargin = random() < 0.6;
  return (kernels) => {
    kernels.rates(taker, maker, impact, 1 / ((1 + impact) * (1 + taker)), (1 - impact) * (1 - taker));
    kernels.protect(stop, target, trail, touch, session, intrabar);
    kernels.account(sizing, size, 10_000, isMargin ? 5 : 1, isMargin ? 0.05 : 0, isMargin ? 1 : 0);
  };
}

/** Bitsets as the host makes them of two entries and two exits: enter long and short, turn long and short, end long and short; 0 for none. */
function bitsets(random: Draw, n: number): number[] {
  const [long, short, outLong, outShort] = Array.from({ length: 4 }, () => drawnBits(random, n));
  const sides = oneOf(random, 'long', 'short', 'both', 'both');
  const sets = [long.map((x, k) => x & ~short[k]), short.map((x, k) => x & ~long[k]), long, short];
  const ends = [outLong.map((x, k) => x | sets[1][k]), outShort.map((x, k) => x | sets[0][k])];
  [...sets, ...ends].forEach((set, k) => twins.writeInts(BITS + k * COLUMN, set));
  const at = Array.from({ length: 6 }, (_, k) => BITS + k * COLUMN);
  const kept = sides === 'both' ? [0, 1, 2, 3, 4, 5] : sides === 'long' ? [0, 4] : [1, 5];
  return at.map((offset, k) => (kept.includes(k) ? offset : 0));
}

describe('trades from bitsets', () => {
  it('have the same figures by the kernels and by their twin, bit for bit', () => {
    const seen = { walked: 0, left: 0, trades: 0, ambiguous: 0 };
    onDrawn(600, (random, n, where) => {
      const lag = oneOf(random, 0, 1, 1);
      place(n, lag);
      drawnColumns(random, n, oneOf(random, 0.04, 0.2));
      const set = settings(random, lag);
      twins.both(where, set);
      makeTables(where, n);
      const [enterLong, enterShort, turnLong, turnShort, endLong, endShort] = bitsets(random, n);
      const [first, limit, again] = [Math.floor(random() * Math.min(n, 20)), oneOf(random, 0, 0, 1 + Math.floor(20 * random())), oneOf(random, 0, 1)];
      const [memo, tables] = [oneOf(random, 0, LINES), oneOf(random, 0, 1)];
      for (const time of ['first', 'second']) { // then from the touches that were kept
        const result = twins.both(`${time}, ${where}`, (kernels) =>
          kernels.decisions(enterLong, enterShort, turnLong, turnShort, endLong, endShort, first, limit, again, memo, tables, OUT, 8));
        seen[result === 0 ? 'walked' : 'left']++;
      }
      seen.trades += twins.doubles(OUT, 9)[4];
      seen.ambiguous += twins.doubles(OUT, 9)[7];
      twins.write(LINES, new Float64Array(4 * paddedOf(n))); // where nothing is touched a kept price means nothing
      twins.expectSame(where);
    });
    expect(seen.walked).toBeGreaterThan(500);
    expect(seen.left).toBeGreaterThan(50);
    expect(seen.trades).toBeGreaterThan(5000);
    expect(seen.ambiguous).toBeGreaterThan(50);
  });
});
