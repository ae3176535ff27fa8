/** A protective fraction: one for the whole run, or one a bar, read at the decision. 0 or NaN = none. */
export type FractionAt = number | Float64Array;

/** What a strategy wants at every close: target exposure and the protection that its orders carry. */
export interface Decisions {
  /** x a bar; NaN reads as flat. */
  readonly exposure: Float64Array | Uint8Array;
  readonly stopLossFrac: FractionAt;
  readonly takeProfitFrac: FractionAt;
  readonly trailFrac: FractionAt;
}

export function fractionAt(fraction: FractionAt, t: number): number {
  const value = typeof fraction === 'number' ? fraction : fraction[t];
  return value > 0 ? value : 0;
}
