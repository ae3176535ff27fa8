import type { Random } from '../../core/index.ts';
import type { Trade } from '../../simulate/index.ts';
import { shuffled } from './shuffled.ts';

/** What a random strategy keeps of the real one: its trades' lengths, sides and sizes. */
export interface TradeShape {
  /** Bars from entry to exit, at least 1. */
  readonly lengthBars: number;
  /** Signed size as a share of equity. */
  readonly exposure: number;
}

/** Shapes of trades in their order, with the mean exposure at the closes they were held over (1 where they were held over none). */
export function shapesOf(trades: readonly Trade[], exposure: Float64Array): TradeShape[] {
  return [...trades].sort((a, b) => a.entryBar - b.entryBar || a.exitBar - b.exitBar).map(({ entryBar, exitBar, side }) => {
    let sum = 0;
    for (let t = entryBar; t < exitBar; t++) sum += Math.abs(exposure[t]);
    const size = exitBar > entryBar && sum > 0 ? sum / (exitBar - entryBar) : 1;
    return { lengthBars: Math.max(1, exitBar - entryBar), exposure: side === 'long' ? size : -size };
  });
}

/**
 * Target exposures of a strategy that enters as often, as long and on the same sides, at random times.
 *
 * Sides keep their order (an always-invested strategy stays one); lengths and sizes are shuffled within a side; the bars between trades are cut at
 * random places, with at least one flat bar between two trades of one side where there are enough, so that turnover stays what it was.
 *
 * shape   out[n]: the target decided at each close; the last bar decides nothing
 */
export function randomExposure(shapes: readonly TradeShape[], random: Random, out: Float64Array): void {
  out.fill(0);
  const drawn = shuffledWithinSides(shapes, random);
  const decisions = out.length - 1;
  const held = drawn.reduce((sum, { lengthBars }) => sum + lengthBars, 0);
  const apart = drawn.reduce((sum, { exposure }, i) => (i > 0 && exposure * drawn[i - 1].exposure > 0 ? sum + 1 : sum), 0);
  const least = held + apart <= decisions ? 1 : 0;
  const idle = Math.max(0, decisions - held - least * apart);
  const cuts = Int32Array.from(drawn, () => Math.floor(random() * (idle + 1))).sort();
  let shift = 0;
  drawn.forEach(({ lengthBars, exposure }, i) => {
    if (i > 0 && exposure * drawn[i - 1].exposure > 0) shift += least;
    const from = cuts[i] + shift;
    out.fill(exposure, Math.min(from, decisions), Math.min(from + lengthBars, decisions));
    shift += lengthBars;
  });
}

function shuffledWithinSides(shapes: readonly TradeShape[], random: Random): TradeShape[] {
  const longs = shuffled(shapes.filter(({ exposure }) => exposure > 0), random);
  const shorts = shuffled(shapes.filter(({ exposure }) => exposure <= 0), random);
  let nextLong = 0;
  let nextShort = 0;
  return shapes.map(({ exposure }) => (exposure > 0 ? longs[nextLong++] : shorts[nextShort++]));
}
