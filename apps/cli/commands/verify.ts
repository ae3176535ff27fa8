import type { CommandModule } from 'yargs';
import type { LockFile, StudyOutcome } from '../../../workbench/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { interruption } from '../interruption.ts';
import { isReplaceable, printVerified, verifiedJson } from '../lock-output.ts';
import { note, printJson, warning } from '../output.ts';
import { stageBars } from '../progress.ts';

interface VerifyArguments extends GlobalArguments {
  readonly lock: string;
  readonly only?: readonly string[];
  readonly update: boolean;
  readonly workers?: number;
}

export const verifyCommand: CommandModule<object, VerifyArguments> = {
  command: 'verify',
  describe: 'Replay every study of a lock file; exit code 4 where a result is not the locked one',
  builder: (yargs) =>
    yargs
      .option('lock', { type: 'string', default: 'assay.lock.json', describe: 'Lock file' })
      .option('only', { type: 'string', array: true, describe: 'Names of the studies to replay [all]' })
      .option('update', { type: 'boolean', default: false, describe: 'Accept what the replays find: lock it, and show what changed' })
      .option('workers', { alias: 'w', type: 'number', describe: 'Worker threads [all cores]' })
      .example('assay verify', 'in CI')
      .example('assay verify --only ema-cross-btc-usdt-1h-run --update', 'after a change that was meant') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { readLockFile } = await import('../../../workbench/index.ts');
    const file = await readLockFile(args.lock);
    const outcomes = await verified(file, args, context);
    const updated = args.update ? await update(file, outcomes, args.lock) : new Set<string>();
    if (context.json) printJson(verifiedJson(args.lock, outcomes, updated));
    else printVerified(outcomes, updated);
    const bad = outcomes.filter(({ name, state }) => state !== 'equal' && !updated.has(name));
    if (bad.length > 0) throw new GateFailure(`${bad.length} of ${outcomes.length} studies are not as locked: ${bad.map(({ name, state }) => `${name} (${state})`).join(', ')}`);
  },
};

async function verified(file: LockFile, { lock: lockFile, only, update: acceptsData, workers }: VerifyArguments, { home, cacheDir, config, quiet }: Context): Promise<StudyOutcome[]> {
  const { verifyLock } = await import('../../../workbench/index.ts');
  const progress = stageBars(quiet);
  const { signal, release } = interruption();
  try {
    const onNotice = (text: string): void => note(warning(text));
    return await verifyLock(file, { home, cacheDir, lockFile, only, acceptsData, workers: workers ?? config.workers, signal, onStage: progress.update, onNotice });
  } finally {
    progress.stop();
    release();
  }
}

/** Locks what the replays found; the names of the studies that are not as they were. */
async function update({ studies }: LockFile, outcomes: readonly StudyOutcome[], lockFile: string): Promise<Set<string>> {
  const { writeLockFile } = await import('../../../workbench/index.ts');
  const changed = outcomes.filter(isReplaceable);
  if (changed.length > 0) writeLockFile(lockFile, { ...studies, ...Object.fromEntries(changed.map(({ name, now }) => [name, now])) });
  return new Set(changed.map(({ name }) => name));
}
