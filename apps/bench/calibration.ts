/** Numbers of the streamed array: 4 MiB, beyond the second-level cache. */
const STREAMED = 1 << 19;
const CHAIN_STEPS = 1_600_000;
const BRANCH_STEPS = 1_500_000;
const STREAMS = 6;

/**
 * A fixed mixed workload of about 20 ms, so that a case's time can be stated as a multiple of it and compared between runs of a
 * machine whose speed drifts: a dependent chain of arithmetic, memory read and written in order, and branches that cannot be predicted.
 */
export class Calibration {
  private readonly from = Float64Array.from({ length: STREAMED }, (_, i) => 1 + (i % 1000) / 1000);
  private readonly to = new Float64Array(STREAMED);

  /** Returns a number that depends on all of the work, so that none of it can be left out. */
  run(): number {
    return chain() + this.stream() + branches();
  }

  private stream(): number {
    const { from, to } = this;
    for (let pass = 0; pass < STREAMS; pass++) for (let i = 0; i < STREAMED; i++) to[i] = from[i] * 1.0001 + to[i] * 0.5;
    return to[STREAMED - 1];
  }
}

function chain(): number {
  let x = 0.5;
  for (let i = 0; i < CHAIN_STEPS; i++) x = 3.7 * x * (1 - x);
  return x;
}

/** Linear congruential numbers modulo 2³² decide each turn. */
function branches(): number {
  let state = 12_345;
  let sum = 0;
  for (let i = 0; i < BRANCH_STEPS; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    if (state < 0) sum += i & 7;
    else if ((state & 0x1000000) === 0) sum -= state & 3;
    else sum ^= i;
  }
  return sum;
}
