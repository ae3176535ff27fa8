import { requireInput } from '../../core/index.ts';
import { normalCdf, probit } from '../../metrics/index.ts';

const EULER = 0.5772156649015329;

/**
 * Expected maximum of N independent standard normals: (1 − γ)Φ⁻¹(1 − 1/N) + γΦ⁻¹(1 − 1/(N·e)); 0 for one.
 *
 * throws  InputError `trials-invalid` below one
 * source  Bailey & López de Prado (2014), The Deflated Sharpe Ratio; an approximation, see exactExpectedMaximum
 */
export function expectedMaximum(trials: number): number {
  requireInput(trials >= 1, 'trials-invalid', 'trials', 'at least 1', trials);
  if (trials === 1) return 0;
  return (1 - EULER) * probit(1 - 1 / trials) + EULER * probit(1 - 1 / (trials * Math.E));
}

const STEPS = 4000;
const REACH = 12;

/** The same by integration of 1 − Φ^N above zero less Φ^N below it (Simpson's rule); right to about 1e-12. */
export function exactExpectedMaximum(trials: number): number {
  requireInput(trials >= 1, 'trials-invalid', 'trials', 'at least 1', trials);
  const integrand = (x: number): number => 1 - normalCdf(x) ** trials - normalCdf(-x) ** trials;
  const h = REACH / STEPS;
  let sum = integrand(0) + integrand(REACH);
  for (let i = 1; i < STEPS; i++) sum += (i % 2 === 1 ? 4 : 2) * integrand(i * h);
  return (sum * h) / 3;
}
