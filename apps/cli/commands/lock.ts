import { existsSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { InputError } from '../../../engine/index.ts';
import type { LockedStudy } from '../../../workbench/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { type LockedChange, lockedJson, printLocked } from '../lock-output.ts';
import { note, printJson } from '../output.ts';
import { savedStudy } from '../stored-study.ts';

interface LockArguments extends GlobalArguments {
  readonly artefacts: readonly string[];
  readonly lock: string;
  readonly name?: string;
  readonly strategy?: string;
  readonly data?: readonly string[];
  readonly funding?: string;
  readonly mark?: string;
  readonly finer?: string;
  readonly poolWith?: readonly string[];
  readonly joined?: readonly string[];
  readonly replace: boolean;
}

export const lockCommand: CommandModule<object, LockArguments> = {
  command: 'lock <artefacts..>',
  describe: 'Keep what saved studies found in a lock file, which assay verify replays',
  builder: (yargs) =>
    yargs
      .positional('artefacts', { type: 'string', array: true, demandOption: true, describe: 'Ids or paths of saved runs, sweeps, walk-forwards or validations, or latest' })
      .option('lock', { type: 'string', default: 'assay.lock.json', describe: 'Lock file' })
      .option('name', { type: 'string', describe: 'Name of the study in the lock file [strategy-market-timeframe-kind]' })
      .option('replace', { type: 'boolean', default: false, describe: 'Replace another study of that name' })
      .option('strategy', { type: 'string', describe: 'File of the strategy, where it is not built in', group: 'Study:' })
      .option('data', { alias: 'd', type: 'string', array: true, describe: 'Datasets or candle files [those of the lake that have the content]', group: 'Study:' })
      .option('funding', { type: 'string', describe: 'A file of funding rates, where the study was made with one', group: 'Study:' })
      .option('mark', { type: 'string', describe: 'A file of mark candles, where the study was made with one', group: 'Study:' })
      .option('finer', { type: 'string', describe: 'Dataset or file of a shorter timeframe, where the study was made with one', group: 'Study:' })
      .option('pool-with', { type: 'string', array: true, describe: 'Datasets of the pooled markets, where the study has some', group: 'Study:' })
      .option('joined', { type: 'string', array: true, describe: 'CSV of the joined columns, where the study has some', group: 'Study:' })
      .example('assay lock latest', 'the study that was saved last')
      .example('assay lock 3f2a9c81d0e4b756 --strategy ./my.ts -d ./btc-1h.csv --name my-idea', 'of files beside the lock file') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    if (args.name !== undefined && args.artefacts.length > 1) throw new InputError('lock-name', `--name must come with one artefact, came with ${args.artefacts.length}`);
    const changes = await locked(args, context);
    if (context.json) printJson(lockedJson(args.lock, changes));
    else printLocked(changes);
    if (!context.json && !context.quiet) note(`locked in ${args.lock}: assay verify replays it`);
  },
};

/** All or none: the file is written once every study is found. */
async function locked(args: LockArguments, context: Context): Promise<LockedChange[]> {
  const { defaultStudyName, lockStudy, readLockFile, requireStudyName, writeLockFile } = await import('../../../workbench/index.ts');
  const studies: Record<string, LockedStudy> = existsSync(args.lock) ? { ...(await readLockFile(args.lock)).studies } : {};
  const changes: LockedChange[] = [];
  for (const artefact of args.artefacts) {
    const study = await lockStudy(await savedStudy(artefact, context), optionsOf(args, context));
    const name = args.name ?? defaultStudyName(study);
    requireStudyName(name);
    const before = studies[name];
    const state = before === undefined ? 'new' : before.result.id === study.result.id ? 'unchanged' : 'replaced';
    if (state === 'replaced' && !args.replace) {
      throw new InputError('lock-name-taken', `${name} must not be locked already, is with result ${before.result.id} in ${args.lock}: choose another --name, or say --replace`);
    }
    studies[name] = study;
    changes.push({ name, study, state });
  }
  writeLockFile(args.lock, studies);
  return changes;
}

function optionsOf(args: LockArguments, { home, cacheDir }: Context) {
  const { lock: lockFile, strategy, data, funding, mark, finer, poolWith, joined } = args;
  return { home, cacheDir, lockFile, strategy, data, funding, mark, finer, poolWith, joined };
}
