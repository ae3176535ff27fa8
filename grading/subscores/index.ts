import { QUANT_BARS } from './quant-grade.ts';
import { TA_BARS } from './ta-grade.ts';

export { QUANT_BARS, QUANT_RULE, quantGrade } from './quant-grade.ts';
export { TA_BARS, TA_RULE, taGrade } from './ta-grade.ts';
export { TM_LIKE, tmLike } from './tm-like.ts';

/** Bars that both sub-scores need. */
export const SUBSCORE_BARS = Math.max(TA_BARS, QUANT_BARS);
