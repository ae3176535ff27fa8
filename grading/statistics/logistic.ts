/** Log-odds of an outcome as intercept + slope × log-odds of its forecast; 0 and 1 where the forecast is calibrated. */
export interface CalibrationLine {
  readonly intercept: number;
  readonly slope: number;
}

const STEPS = 50;
const TOLERANCE = 1e-10;
/** Forecasts are kept this far from 0 and 1, where log-odds end. */
const EDGE = 1e-6;

/**
 * Calibration intercept and slope by maximum likelihood (Newton's method).
 *
 * null    where forecasts do not differ, all outcomes are the same, or the likelihood has no maximum
 * source  Cox (1958), Biometrika 45
 */
export function calibrationLine(forecasts: ArrayLike<number>, outcomes: ArrayLike<number>): CalibrationLine | null {
  const x = Float64Array.from(forecasts, (p) => logOdds(Math.min(1 - EDGE, Math.max(EDGE, p))));
  let [intercept, slope] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const p = 1 / (1 + Math.exp(-(intercept + slope * x[i])));
      const weight = p * (1 - p);
      const error = outcomes[i] - p;
      g0 += error;
      g1 += error * x[i];
      h00 += weight;
      h01 += weight * x[i];
      h11 += weight * x[i] * x[i];
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-12 * h00 * h11)) return null;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    intercept += d0;
    slope += d1;
    if (!Number.isFinite(intercept) || !Number.isFinite(slope)) return null;
    if (Math.abs(d0) + Math.abs(d1) < TOLERANCE) return { intercept, slope };
  }
  return null;
}

function logOdds(p: number): number {
  return Math.log(p / (1 - p));
}
