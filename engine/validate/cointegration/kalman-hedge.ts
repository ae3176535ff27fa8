import { requireInput, type Series } from '../../core/index.ts';

export interface KalmanHedge {
  /** Of y on x, after the row. */
  readonly hedgeRatio: Float64Array;
  readonly intercept: Float64Array;
  /** y less its forecast from the state before the row: the spread. */
  readonly error: Float64Array;
  /** Variance of that error. */
  readonly errorVariance: Float64Array;
}

/**
 * Hedge ratio and intercept of y on x as a random walk, followed by a Kalman filter from zero.
 *
 * shape   y[n], x[n] → n rows each
 * causal  out[t] reads rows 0..t; `error` forecasts with rows 0..t−1
 * throws  InputError `lengths-differ`, `variance-out-of-range`
 * source  Chan (2013), Algorithmic Trading, ch. 3: R = P + Vw, Q = F R Fᵀ + Ve, gain R Fᵀ/Q; the first row has R = 0 and moves nothing
 */
export function kalmanHedge(
  y: Series,
  x: Series,
  { stateVariance = 1e-4, observationVariance = 1e-3 }: { /** Of a row's step of the ratio and of the intercept; δ/(1 − δ) in Chan. */ readonly stateVariance?: number; readonly observationVariance?: number } = {},
): KalmanHedge {
  requireInput(x.length === y.length, 'lengths-differ', 'the length of x', `that of y, ${y.length}`, x.length);
  requireInput(stateVariance >= 0, 'variance-out-of-range', 'stateVariance', 'at least 0', stateVariance);
  requireInput(observationVariance > 0, 'variance-out-of-range', 'observationVariance', 'above 0', observationVariance);
  const rows = y.length;
  const out = { hedgeRatio: new Float64Array(rows), intercept: new Float64Array(rows), error: new Float64Array(rows), errorVariance: new Float64Array(rows) };
  let [hedge, intercept, pHedge, pBoth, pIntercept] = [0, 0, 0, 0, 0];
  for (let t = 0; t < rows; t++) {
    const rHedge = t === 0 ? 0 : pHedge + stateVariance;
    const rIntercept = t === 0 ? 0 : pIntercept + stateVariance;
    // F = [x, 1]: R Fᵀ and F R Fᵀ written out
    const toHedge = rHedge * x[t] + pBoth;
    const toIntercept = pBoth * x[t] + rIntercept;
    const variance = toHedge * x[t] + toIntercept + observationVariance;
    const error = y[t] - hedge * x[t] - intercept;
    hedge += (toHedge / variance) * error;
    intercept += (toIntercept / variance) * error;
    pHedge = rHedge - (toHedge * toHedge) / variance;
    pBoth -= (toHedge * toIntercept) / variance;
    pIntercept = rIntercept - (toIntercept * toIntercept) / variance;
    out.hedgeRatio[t] = hedge;
    out.intercept[t] = intercept;
    out.error[t] = error;
    out.errorVariance[t] = variance;
  }
  return out;
}
