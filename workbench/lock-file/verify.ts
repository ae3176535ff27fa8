import { existsSync } from 'node:fs';
import { formatTime, isAssayError, POLICY, policyHash, unknownName } from '../../engine/index.ts';
import { builtInStrategies } from '../built-ins.ts';
import { loadNamedStrategy, type ReadyStrategy } from '../research/index.ts';
import { compareResult, type ResultDifferences } from './compare.ts';
import { type ChangedData, findLockedBars } from './locked-bars.ts';
import { specOf } from './lock-study.ts';
import { replayStudy, type ReplayPlace } from './replay-study.ts';
import { type Finished, lockResult } from './result.ts';
import { fromHere, missingOf, sourceName } from './sources.ts';
import { storedResult } from './stored-result.ts';
import type { LockedKind, LockedStudy, LockFile } from './types.ts';

export const VERIFY_STATES = ['equal', 'drifted', 'data-changed', 'dataset-missing', 'strategy-missing', 'failed'] as const;

/** What became of one locked study. */
export interface StudyOutcome extends ResultDifferences {
  readonly name: string;
  readonly kind: LockedKind;
  readonly state: (typeof VERIFY_STATES)[number];
  /** What is not as it was and changes no result. */
  readonly notes: readonly string[];
  /** Why there is no comparison; null where there is one. */
  readonly reason: string | null;
  /** The study as it would be locked now; null where it was not replayed. */
  readonly now: LockedStudy | null;
}

export interface VerifyOptions extends ReplayPlace {
  /** Studies to replay; all by default. */
  readonly only?: readonly string[];
  /** Replays on changed data, too, so that what it finds can be locked. */
  readonly acceptsData?: boolean;
}

/**
 * Replays the studies of a lock file, one after another, in the order of their names.
 *
 * throws  InputError `lock-study-unknown`
 */
export async function verifyLock({ studies }: LockFile, options: VerifyOptions): Promise<StudyOutcome[]> {
  const names = Object.keys(studies).sort();
  const unknown = options.only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownName('lock-study-unknown', 'study of the lock file', unknown, names);
  const outcomes: StudyOutcome[] = [];
  for (const name of names) if (options.only?.includes(name) ?? true) outcomes.push(await verifyStudy(name, studies[name], options));
  return outcomes;
}

/** An error that the caller could mend is the outcome of its study: the others are replayed all the same. */
async function verifyStudy(name: string, study: LockedStudy, options: VerifyOptions): Promise<StudyOutcome> {
  const without = (state: StudyOutcome['state'], reason: string): StudyOutcome => ({ name, kind: study.kind, state, notes: [], reason, figures: [], first: [], rewrittenFiles: [], now: null });
  try {
    const strategy = strategyName(study, options.lockFile);
    if (strategy === null) return without('strategy-missing', `${study.strategy} is ${isPath(study.strategy) ? 'not there' : 'not built in any more'}`);
    const missing = [...study.data, ...(study.kind === 'validation' ? study.judgement.pooled : [])].map((source) => missingOf(source, options.home, options.lockFile)).find((one) => one !== null);
    if (missing !== undefined) return without('dataset-missing', `${missing} is not there`);
    const ready = await loadNamedStrategy(strategy, options.cacheDir);
    const { bars, changed } = await findLockedBars({ ...study, markets: study.spec.markets }, ready.strategy, options.home, options.lockFile);
    if (changed.length > 0 && options.acceptsData !== true) return without('data-changed', changed.map(changeText).join('; '));
    return await replayStudy(study, strategy, bars, { ...options, onStage: (stage, done, total) => options.onStage?.(`${name}: ${stage}`, done, total) }, (replayed) => compared(name, study, replayed, { ready, changed, home: options.home }));
  } catch (error) {
    if (isAssayError(error) && error.name !== 'InvariantError') return without('failed', `${error.message} [${error.code}]`);
    throw error;
  }
}

interface Found {
  readonly ready: ReadyStrategy;
  readonly changed: readonly ChangedData[];
  readonly home: string;
}

async function compared(name: string, study: LockedStudy, replayed: Finished, { ready, changed, home }: Found): Promise<StudyOutcome> {
  const result = await lockResult(replayed);
  const now = { ...study, spec: specOf(replayed), result } as LockedStudy;
  const isOther = Object.entries(study.result.series).some(([series, { sha256 }]) => result.series[series as keyof typeof result.series]?.sha256 !== sha256);
  const differences = await compareResult(study.result, result, replayed, isOther ? await storedResult(study, home) : null);
  const isEqual = differences.figures.length === 0 && differences.first.length === 0;
  const notes = [...notesOf(study, now, ready), ...(isEqual ? differences.rewrittenFiles.map((file) => `bytes of ${file} changed, its trials did not`) : [])];
  const state = changed.length > 0 ? 'data-changed' : isEqual ? 'equal' : 'drifted';
  return { name, kind: study.kind, state, notes, reason: changed.length > 0 ? changed.map(changeText).join('; ') : null, ...differences, now };
}

function notesOf(locked: LockedStudy, { spec, result }: LockedStudy, { codeHash }: ReadyStrategy): string[] {
  const isSame = locked.spec.codeHash === codeHash && locked.spec.engineVersion === spec.engineVersion;
  const changed = (what: string, before: string, after: string): string[] => (before === after ? [] : [`${what} changed, ${before.slice(0, 12)} to ${after.slice(0, 12)}`]);
  return [
    ...changed('code', locked.spec.codeHash, codeHash),
    ...changed('engine version', locked.spec.engineVersion, spec.engineVersion),
    ...(isSame ? changed('id', locked.result.id, result.id) : []),
    ...(locked.kind === 'validation' && locked.judgement.policy === null ? changed('default policy', locked.judgement.policyHash, policyHash(POLICY)) : []),
  ];
}

function changeText({ source, market, found }: ChangedData): string {
  const of = ({ dataHash, bars, firstTimeMs, lastTimeMs }: typeof market): string => `${bars} bars ${formatTime(firstTimeMs)} … ${formatTime(lastTimeMs)}, content ${dataHash.slice(0, 12)}`;
  return `${sourceName(source)} holds other bars of ${market.instrument.symbol}: locked ${of(market)}, now ${of(found)}`;
}

/** The strategy as it is loaded from here; null where it is not there. */
function strategyName({ strategy }: LockedStudy, lockFile: string): string | null {
  if (!isPath(strategy)) return builtInStrategies().some(({ id }) => id === strategy) ? strategy : null;
  const [, path = strategy, exportName = ''] = /^(.+?)(#[\w$-]+)?$/.exec(strategy) ?? [];
  const here = fromHere(path, lockFile);
  return existsSync(here) ? `${here}${exportName}` : null;
}

function isPath(strategy: string): boolean {
  return /[/\\.]/.test(strategy);
}

