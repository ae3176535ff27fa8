/** Log wealth of bets of several sizes against a hypothesis; their mean wealth is the evidence. */
export interface EProcess {
  readonly logWealth: readonly number[];
  readonly peak: number;
  readonly n: number;
}

const SHARES = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

export const NO_EVIDENCE: EProcess = { logWealth: SHARES.map(() => 0), peak: 1, n: 0 };

/** Mean wealth now: at any time at least 1/α with probability at most α while the hypothesis holds, however often one looks. */
export function evidenceOf({ logWealth }: EProcess): number {
  return Math.min(Number.MAX_VALUE, logWealth.reduce((sum, log) => sum + Math.exp(log), 0) / logWealth.length);
}

/**
 * One observation of costs against "their mean is at most `limit`": wealth grows by 1 + λ (cost ÷ limit − 1).
 *
 * Needs no more than costs that are not negative; what is below 0 counts as 0.
 *
 * source  Waudby-Smith & Ramdas (2024), J. R. Stat. Soc. B 86: betting; Ville (1939)
 */
export function pushCost(process: EProcess, cost: number, limit: number): EProcess {
  const excess = Math.max(0, cost) / limit - 1;
  return pushed(process, (share) => Math.log1p(share * excess));
}

/**
 * One standardised observation against "the mean is at least `good`", by bets on less that a single crash or fat tails cannot make: a logarithm takes the
 * place of the excess, and half the squared stake is paid for a variance of 1.
 *
 * source  Catoni (2012); Wang & Ramdas (2023), Catoni-style confidence sequences, Stoch. Proc. Appl. 163
 */
export function pushShortfall(process: EProcess, z: number, good: number): EProcess {
  return pushed(process, (share) => {
    const stake = share / 2;
    return influence(stake * (good - z)) - (stake * stake) / 2;
  });
}

function influence(x: number): number {
  return x >= 0 ? Math.log1p(x + (x * x) / 2) : -Math.log1p(-x + (x * x) / 2);
}

function pushed(process: EProcess, growth: (share: number) => number): EProcess {
  const next = { logWealth: SHARES.map((share, i) => process.logWealth[i] + growth(share)), peak: process.peak, n: process.n + 1 };
  return { ...next, peak: Math.max(process.peak, evidenceOf(next)) };
}
