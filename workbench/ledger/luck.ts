import { probit } from '../../engine/index.ts';

const EULER_GAMMA = 0.5772156649015329;

/**
 * Expected largest of n independent standard normal draws, about; 0 of one.
 *
 * source  Bailey & López de Prado (2014); statistics.md §2
 */
export function expectedMaximum(n: number): number {
  return n < 2 ? 0 : (1 - EULER_GAMMA) * probit(1 - 1 / n) + EULER_GAMMA * probit(1 - 1 / (n * Math.E));
}
