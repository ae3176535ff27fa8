/** A named benchmark: four parts technical, one part quantitative. */
export const TM_LIKE = { ta: 0.8, quant: 0.2 } as const;

/** 0.8 · TA + 0.2 · QUANT. null where either is. */
export function tmLike(ta: number | null, quant: number | null): number | null {
  return ta === null || quant === null ? null : TM_LIKE.ta * ta + TM_LIKE.quant * quant;
}
