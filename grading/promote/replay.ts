import { type Bars, InputError, isMissing, type Policy, policyHash, requireInput } from '../../engine/index.ts';
import type { ModelManifest } from '../../reports/index.ts';
import { type JoinedColumn, loadBars, readJoinedColumns, searchOfSpec, type SearchRequest, type ValidatedStudy, validateStudy } from '../../workbench/index.ts';
import type { Clock } from '../types/index.ts';

/** What the report does not hold: named again by whoever promotes. */
export interface Besides {
  /** Datasets or files of pooled markets, in the report's order. */
  readonly poolWith?: readonly string[];
  /** Files of joined columns. */
  readonly joined?: readonly string[];
}

export interface ReplayOptions extends Pick<SearchRequest, 'workers' | 'pool' | 'signal'> {
  readonly home: string;
  readonly cacheDir: string;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly onStage?: (stage: string, done: number, total: number) => void;
  readonly onNotice?: (text: string) => void;
}

/** The study of a manifest with everything that it reads beside its bars. */
export interface ReplayInput {
  readonly strategy: string;
  readonly markets: readonly Bars[];
  readonly pooled: readonly Bars[];
  readonly joined: readonly JoinedColumn[];
}

/**
 * The whole study once more: search, walk-forward, every gate; recorded in the trial ledger as a replay, which does not count.
 *
 * throws  those of `validateStudy`
 */
export function replay({ spec, random: { seed, draws, permutations }, claim }: ModelManifest, input: ReplayInput, options: ReplayOptions): Promise<ValidatedStudy> {
  const { home, cacheDir, clock, policy, workers, pool, signal, onStage, onNotice } = options;
  return validateStudy({
    strategy: input.strategy, data: input.markets, cacheDir, workers, pool, signal, onStage,
    ...searchOfSpec(spec), seed, draws, permutations, policy, poolWith: input.pooled, joined: input.joined,
    ledger: { home, claim, origin: 'replay', now: () => clock.nowMs(), onNotice },
  });
}

/**
 * Pooled markets and joined columns as the report names them.
 *
 * throws  InputError `pooled-missing`, `joined-missing` where the report was made with others than are named
 */
export async function findBesides({ besides }: ModelManifest, { poolWith = [], joined = [] }: Besides, home: string): Promise<Pick<ReplayInput, 'pooled' | 'joined'>> {
  const pooled = await Promise.all(poolWith.map((name) => loadBars(name, { home })));
  const columns = (await Promise.all(joined.map(readJoinedColumns))).flat();
  requireNames('pooled-missing', 'pooled markets (--pool-with)', besides.pooled, pooled.map(({ instrument }) => instrument.symbol));
  requireNames('joined-missing', 'joined columns (--joined)', besides.joined, columns.map(({ name }) => name));
  return { pooled, joined: columns };
}

function requireNames(code: string, what: string, promised: readonly string[], found: readonly string[]): void {
  if (promised.join('\n') === found.join('\n')) return;
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  throw new InputError(code, `${what} must be those of the report, ${list(promised)}, which does not hold them; were ${list(found)}`);
}

/**
 * A report is judged by thresholds that its reader accepts: the default's, or those of a policy that is named.
 *
 * throws  InputError `policy-differs`
 */
export function requirePolicy({ policy: { version, hash, thresholds } }: ModelManifest, accepted: Policy): void {
  requireInput(thresholds === null || policyHash(thresholds) === hash, 'policy-differs', 'hash of the report’s policy', thresholds === null ? '' : policyHash(thresholds), hash);
  if (hash === policyHash(accepted)) return;
  throw new InputError('policy-differs', `policy must be one that is accepted, ${accepted.version} (${policyHash(accepted)}), the report was judged by ${version} (${hash}): name it with --policy FILE to accept its thresholds`);
}

/** Distinct trials of the claim by the ledger, or why they are not known. */
export function countedTrials({ validation: { evidence: { search } } }: ValidatedStudy): number | null {
  return isMissing(search) || isMissing(search.ledgerTrials) ? null : search.ledgerTrials.n;
}
