import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CommandModule } from 'yargs';
import { builtFile, InputError, InvariantError, requireInput } from '../../../engine/index.ts';
import type { GlobalArguments } from '../context.ts';
import { note, print, printJson } from '../output.ts';

interface ProfileArguments extends GlobalArguments {
  /** The command's own name, and the words after `--`. */
  readonly _: readonly string[];
  readonly output: string;
  readonly interval: number;
}

export const profileCommand: CommandModule<object, ProfileArguments> = {
  command: 'profile [words..]',
  describe: 'Run a command and write where its time went, workers included, as a flame graph',
  builder: (yargs) =>
    yargs
      .positional('words', { type: 'string', array: true, describe: 'The command line, without "assay"' })
      .option('output', { alias: 'o', type: 'string', default: 'reports/out/profile.html', describe: 'Page to write' })
      .option('interval', { type: 'number', default: 200, describe: 'Microseconds between two samples' })
      .example('assay profile sweep ema-cross -d binance-btc-usdt-1h', 'options of profile itself stand before the command')
      .example('assay profile -o flame.html --interval 100 backtest ./my-strategy.ts', 'finer, of a strategy of your own') as never,
  handler: async (args) => {
    const { output, interval } = args;
    const words = args._.slice(1);
    if (words.length === 0) throw new InputError('profile-command', 'profile must come with a command, such as: assay profile backtest ema-cross');
    requireInput(Number.isInteger(interval) && interval >= 10, 'profile-interval', '--interval', 'a whole number of at least 10 µs', interval);
    const { profileCommand: profiled } = await import('../profile/profile-command.ts');
    const { renderProfile } = await import('../../../reports/index.ts');
    const { writeAtomic } = await import('../../../workbench/index.ts');
    const { report, exitCode } = await profiled(words, { intervalUs: interval, isQuiet: args.quiet });
    writeAtomic(output, renderProfile(report, { script: flameScript() }));
    if (args.json) printJson({ profile: output, command: report.command, exitCode, threads: report.threads, workUs: report.root.totalUs, idleUs: report.idleUs });
    else print(output);
    if (exitCode !== 0) note(`the profiled command ended with ${exitCode}`);
    process.exitCode = exitCode;
  },
};

function flameScript(): string {
  const file = fileURLToPath(builtFile(import.meta.url, '../../../reports/client/flame.js'));
  if (!existsSync(file)) throw new InvariantError('build-incomplete', `${file} is missing: run npm run build`);
  return readFileSync(file, 'utf8');
}

const OWN_VALUED = ['-o', '--output', '--interval', '--home', '--config'];

/** Puts `--` before the profiled command, so that what follows its name is left to it: `profile -o x backtest …` to `profile -o x -- backtest …`. */
export function profiledArguments(argv: readonly string[]): readonly string[] {
  if (argv[0] !== 'profile' || argv.includes('--')) return argv;
  let at = 1;
  while (at < argv.length && argv[at].startsWith('-')) at += OWN_VALUED.includes(argv[at]) ? 2 : 1;
  return at >= argv.length ? argv : [...argv.slice(0, at), '--', ...argv.slice(at)];
}
