import { type Bars, type Decisions, kernels } from '../../../engine/index.ts';

export const FAST_BARS = 10;
export const SLOW_BARS = 50;

/** Both averages in given memory, as a sweep keeps them. */
export class Averages {
  readonly fast: Float64Array<ArrayBuffer>;
  readonly slow: Float64Array<ArrayBuffer>;

  constructor(length: number) {
    this.fast = new Float64Array(length);
    this.slow = new Float64Array(length);
  }

  of({ close }: Bars): this {
    kernels.sma(close, FAST_BARS, this.fast);
    kernels.sma(close, SLOW_BARS, this.slow);
    return this;
  }
}

/** Everything while the fast average is above the slow one. */
export function decisionsOfCross({ fast, slow }: Averages, exposure: Uint8Array): Decisions {
  for (let t = 0; t < exposure.length; t++) exposure[t] = fast[t] > slow[t] ? 1 : 0;
  return { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
}
