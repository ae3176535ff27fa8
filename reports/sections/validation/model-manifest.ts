import {
  canonicalJson, curveOf, DAY_MS, type Days, daysOf, type Decision, type GateState, isMissing, type Metrics, type Params, type Policy, sha256, type Validation, type WalkForward, type WalkForwardSpec,
} from '../../../engine/index.ts';

export const MODEL_SCHEMA = 'model-manifest/1';

/** Everything that a replay of a validated study needs, and everything that it is compared with. */
export interface ModelManifest {
  readonly schema: typeof MODEL_SCHEMA;
  readonly validationId: string;
  readonly walkForwardId: string;
  readonly env: { readonly engineVersion: string };
  /** The family within which its trials are counted. */
  readonly claim: string;
  readonly spec: WalkForwardSpec;
  readonly windows: readonly {
    readonly trainFromMs: number; readonly trainToMs: number; readonly testFromMs: number; readonly testToMs: number; readonly chosen: Params | null;
  }[];
  /** Of every random number, and how many searches on permuted bars were done. */
  readonly random: { readonly seed: number; readonly draws: number; readonly permutations: number };
  /** With its thresholds where it is not the default. */
  readonly policy: { readonly version: string; readonly hash: string; readonly thresholds: Policy | null };
  /** What the report does not hold and a replay must be given again: pooled markets and joined columns by name. */
  readonly besides: { readonly pooled: readonly string[]; readonly joined: readonly string[] };
  readonly trials: { readonly evaluated: number; readonly counted: number | null; readonly ledgerHash: string | null };
  readonly oos: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly bars: number;
    /** The days of the daily returns as stretches without a gap: first day, number of days. */
    readonly stretches: readonly (readonly [number, number])[];
    /** sha256 of the doubles, little-endian. */
    readonly returnsSha256: string;
    readonly equitySha256: string;
    readonly metrics: Metrics;
  };
  readonly verdict: { readonly decision: Decision; readonly gates: Readonly<Record<string, { readonly shadow: GateState; readonly live: GateState; readonly value: number | null }>> };
  /** sha256 of the canonical JSON of all the rest. */
  readonly manifestSha256: string;
}

/** The section of the manifest that a model is promoted by. */
export function modelManifest({ validation, walkForward }: { readonly validation: Validation; readonly walkForward: WalkForward }): ModelManifest {
  const { evidence, verdict } = validation;
  const { id, spec, windows, openTimeMs, equity, metrics, trialsEvaluated } = walkForward;
  const { search, pooled, stamps, subject, outOfSample } = evidence;
  const ledger = isMissing(search) || isMissing(search.ledgerTrials) ? null : search.ledgerTrials;
  const days = daysOf(curveOf(walkForward));
  const { timeframeMs } = spec.markets[0];
  const rest: Omit<ModelManifest, 'manifestSha256'> = {
    schema: MODEL_SCHEMA,
    validationId: validation.id,
    walkForwardId: id,
    env: { engineVersion: spec.engineVersion },
    claim: subject.claim,
    spec,
    windows: windows.map(({ trainFromMs, trainToMs, testFromMs, testToMs, chosen }) => ({ trainFromMs, trainToMs, testFromMs, testToMs, chosen })),
    random: { seed: subject.seed, draws: outOfSample.bootstrap.draws, permutations: isMissing(search) || isMissing(search.permutation) ? 0 : search.permutation.permutations },
    policy: { version: verdict.policy.version, hash: verdict.policy.hash, thresholds: verdict.policy.thresholds ?? null },
    besides: { pooled: isMissing(pooled) ? [] : pooled.markets.slice(1).map(({ name }) => name), joined: isMissing(stamps) ? [] : stamps.map(({ column }) => column) },
    trials: { evaluated: trialsEvaluated, counted: ledger?.n ?? null, ledgerHash: ledger?.ledgerHash ?? null },
    oos: {
      fromMs: openTimeMs[0], toMs: openTimeMs[openTimeMs.length - 1] + timeframeMs, bars: openTimeMs.length - 1, stretches: stretchesOf(days, Math.max(DAY_MS, timeframeMs)),
      returnsSha256: sha256(days.returns), equitySha256: sha256(equity), metrics,
    },
    verdict: { decision: verdict.decision, gates: Object.fromEntries(verdict.gates.map((gate) => [gate.id, { shadow: gate.shadow.state, live: gate.live.state, value: gate.value }])) },
  };
  return { ...rest, manifestSha256: sha256(canonicalJson(rest)) };
}

/** Days of the daily returns, from the stretches of a manifest. */
export function daysOfStretches(stretches: ModelManifest['oos']['stretches'], stepMs: number): number[] {
  return stretches.flatMap(([first, count]) => Array.from({ length: count }, (_, d) => first + d * stepMs));
}

function stretchesOf({ timeMs }: Days, stepMs: number): (readonly [number, number])[] {
  const stretches: [number, number][] = [];
  for (const time of timeMs) {
    const last = stretches.at(-1);
    if (last !== undefined && time === last[0] + last[1] * stepMs) last[1]++;
    else stretches.push([time, 1]);
  }
  return stretches;
}
