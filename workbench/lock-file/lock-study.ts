import { InputError, isMissing, type MarketRef, policyHash, POLICY, type Validation } from '../../engine/index.ts';
import { builtInStrategies } from '../built-ins.ts';
import type { Recorded } from '../ledger/index.ts';
import { loadNamedStrategy } from '../research/index.ts';
import { findLockedBars } from './locked-bars.ts';
import { type Finished, lockResult } from './result.ts';
import { fromLockFile, namedSource, sourceName, sourcesOf, type StatedSources } from './sources.ts';
import type { LockedJudgement, LockedStudy } from './types.ts';

export interface LockOptions extends StatedSources {
  readonly cacheDir: string;
  /** Path of the lock file, from which files are named. */
  readonly lockFile: string;
  /** A user's file, where the strategy is not built in. */
  readonly strategy?: string;
  /** Datasets or files of pooled markets. */
  readonly poolWith?: readonly string[];
  readonly joined?: readonly string[];
}


/**
 * A finished study as the lock file keeps it: its code and its bars are found, and proved to be those that it was made with.
 *
 * throws  InputError `code-differs`, `data-missing`, `data-differs`, `lock-source`, `lock-besides`
 */
export async function lockStudy(finished: Finished, options: LockOptions): Promise<LockedStudy> {
  const { home, cacheDir, lockFile } = options;
  const spec = specOf(finished);
  const name = options.strategy ?? builtInName(spec.strategyId);
  const { strategy, codeHash } = await loadNamedStrategy(name, cacheDir);
  if (codeHash !== spec.codeHash) {
    throw new InputError('code-differs', `code of ${spec.strategyId} must be that of the study (${spec.codeHash.slice(0, 12)}), was ${codeHash.slice(0, 12)} in ${name}: run the study again, or name its file with --strategy`);
  }
  const data = sourcesOf(spec.markets, options, lockFile);
  const { changed, whole } = await findLockedBars({ markets: spec.markets, data }, strategy, home, lockFile);
  for (const { source, market, found } of changed) throw dataDiffers(sourceName(source), market, found);
  const isBuiltIn = builtInStrategies().some(({ id }) => id === name);
  const judgement = finished.kind === 'validation' ? { judgement: judgementOf(finished.validation, options) } : {};
  return {
    kind: finished.kind, spec, ...judgement,
    strategy: isBuiltIn ? name : fileOf(name, lockFile), data, wholeData: whole, claim: claimOf(finished), result: await lockResult(finished),
  } as LockedStudy;
}

/** The specification of a finished study. */
export function specOf(finished: Finished): LockedStudy['spec'] {
  if (finished.kind === 'run') return finished.run.spec;
  return finished.kind === 'sweep' ? finished.sweep.spec : finished.walkForward.spec;
}

function builtInName(id: string): string {
  if (builtInStrategies().some((one) => one.id === id)) return id;
  throw new InputError('code-differs', `strategy ${id} must be built in, or be named by its file: --strategy FILE`);
}

/** `./my.ts#name` keeps its export. */
function fileOf(name: string, lockFile: string): string {
  const [, path = name, exportName = ''] = /^(.+?)(#[\w$-]+)?$/.exec(name) ?? [];
  return `${fromLockFile(path, lockFile)}${exportName}`;
}

function dataDiffers(name: string, market: MarketRef, found: MarketRef): InputError {
  const of = ({ dataHash, bars }: MarketRef): string => `${bars} bars of content ${dataHash.slice(0, 12)}`;
  return new InputError('data-differs', `bars of ${market.instrument.symbol} in ${name} must be those of the study, ${of(market)}, were ${of(found)}`);
}

function claimOf(finished: Finished): string | null {
  const from = finished.kind === 'run' ? finished.run : finished.kind === 'sweep' ? finished.sweep : finished.walkForward;
  return (from as Partial<Recorded>).ledger?.claim ?? null;
}

function judgementOf({ evidence: { subject, outOfSample, search, holdoutReads, pooled, stamps }, verdict: { policy } }: Validation, options: LockOptions): LockedJudgement {
  const { poolWith = [], joined = [], lockFile } = options;
  requireBesides('--pool-with', 'pooled markets', isMissing(pooled) ? [] : pooled.markets.slice(1).map(({ name }) => name), poolWith);
  requireBesides('--joined', 'joined columns', isMissing(stamps) ? [] : stamps.map(({ column }) => column), joined);
  const trials = isMissing(search) || isMissing(search.ledgerTrials) ? null : search.ledgerTrials;
  return {
    seed: subject.seed, draws: outOfSample.bootstrap.draws, permutations: permutationsOf(search),
    policy: policy.thresholds ?? null, policyHash: policy.thresholds === undefined ? policyHash(POLICY) : policy.hash,
    counted: trials === null ? null : { ...trials, holdoutReads: typeof holdoutReads === 'number' ? holdoutReads : 0 },
    pooled: poolWith.map((one) => namedSource(one, { home: options.home }, lockFile)),
    joined: joined.map((file) => fromLockFile(file, lockFile)),
  };
}

/** Null where their number was left to the size of the search. */
function permutationsOf(search: Validation['evidence']['search']): number | null {
  if (isMissing(search)) return null;
  if (!isMissing(search.permutation)) return search.permutation.permutations;
  return search.permutation.missing === 'not asked for' ? 0 : null;
}

/** A study that read something besides its bars is told again where that is; a file may hold several columns. */
function requireBesides(option: string, what: string, promised: readonly string[], named: readonly string[]): void {
  if ((promised.length === 0) === (named.length === 0)) return;
  throw new InputError('lock-besides', `${option} must name the ${what} of the study, ${promised.length === 0 ? 'none' : promised.join(', ')}; named ${named.length === 0 ? 'none' : named.join(', ')}`);
}
