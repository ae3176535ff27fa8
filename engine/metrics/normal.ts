import { InputError } from '../core/index.ts';

/**
 * Quantile of the standard normal.
 *
 * throws  InputError `probability-out-of-range` unless 0 < p < 1
 * source  Acklam's rational approximation with one Halley step; error below 1e-15 of the value
 */
export function probit(p: number): number {
  if (!(p > 0 && p < 1)) throw new InputError('probability-out-of-range', `probability must be between 0 and 1, was ${p}`);
  const rough = acklam(p);
  const error = normalCdf(rough) - p;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp((rough * rough) / 2);
  return rough - step / (1 + (rough * step) / 2);
}

/** Distribution function of the standard normal, by the continued fraction of the tail and the series of the middle. */
export function normalCdf(x: number): number {
  const a = Math.abs(x);
  const upper = a < 3 ? 0.5 - middleSeries(a) : tailFraction(a);
  return x > 0 ? 1 - upper : upper;
}

/** Φ(a) − ½ as a·φ(a)·Σ a^(2k)/(1·3·5…(2k+1)). */
function middleSeries(a: number): number {
  let term = a;
  let sum = a;
  for (let k = 1; k < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= (a * a) / (2 * k + 1);
    sum += term;
  }
  return (sum * Math.exp((-a * a) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Q(a) = φ(a) / (a + 1/(a + 2/(a + 3/(a + …)))). */
function tailFraction(a: number): number {
  let fraction = a;
  for (let k = 120; k >= 1; k--) fraction = a + k / fraction;
  return Math.exp((-a * a) / 2) / Math.sqrt(2 * Math.PI) / fraction;
}

function acklam(p: number): number {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const poly = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, k) => sum * x + k, 0);
  if (p < 0.02425) return poly(c, Math.sqrt(-2 * Math.log(p))) / (poly(d, Math.sqrt(-2 * Math.log(p))) * Math.sqrt(-2 * Math.log(p)) + 1);
  if (p > 1 - 0.02425) return -acklam(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (poly(a, r) * q) / (poly(b, r) * r + 1);
}
