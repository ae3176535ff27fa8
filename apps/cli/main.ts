#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { ENGINE_VERSION, InputError, nearestName } from '../../engine/index.ts';
import { auditCommand } from './commands/audit.ts';
import { alertsCommand } from './commands/alerts.ts';
import { backtestCommand } from './commands/backtest.ts';
import { benchCommand } from './commands/bench.ts';
import { dataCommand } from './commands/data.ts';
import { demoCommand } from './commands/demo.ts';
import { keysCommand } from './commands/keys.ts';
import { gradeCommand } from './commands/grade.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { lockCommand } from './commands/lock.ts';
import { modelsCommand } from './commands/models.ts';
import { profileCommand, profiledArguments } from './commands/profile.ts';
import { promoteCommand } from './commands/promote.ts';
import { reportCommand } from './commands/report.ts';
import { screenCommand } from './commands/screen.ts';
import { schemaCommand } from './commands/schema.ts';
import { serveCommand } from './commands/serve.ts';
import { strategiesCommand } from './commands/strategies.ts';
import { sweepCommand } from './commands/sweep.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import { walkForwardCommand } from './commands/walkforward.ts';
import { EXIT, exitCodeOf, explain } from './exit.ts';

const COMMANDS = [
  'demo', 'data', 'strategies', 'backtest', 'sweep', 'screen', 'walkforward', 'validate', 'promote', 'models', 'grade', 'serve', 'keys', 'alerts', 'audit', 'ledger', 'lock', 'verify', 'profile', 'report', 'schema', 'bench', 'completion',
];

function parser(argv: readonly string[]) {
  return yargs([...argv])
    .scriptName('assay')
    .usage('$0 <command>\n\nBacktests, sweeps and walk-forwards of trading strategies, honest reports of them, and live grades of what passes.')
    .option('json', { type: 'boolean', default: false, describe: 'Print the result as JSON on stdout', global: true, group: 'Output:' })
    .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'No progress and no notes on stderr', global: true, group: 'Output:' })
    .option('home', { type: 'string', describe: 'Folder of lake, artefacts and caches [.assay]', global: true, group: 'Output:' })
    .option('config', { type: 'string', describe: 'Configuration file [assay.config.json]', global: true, group: 'Output:' })
    .command(demoCommand)
    .command(dataCommand)
    .command(strategiesCommand)
    .command(backtestCommand)
    .command(sweepCommand)
    .command(screenCommand)
    .command(walkForwardCommand)
    .command(validateCommand)
    .command(promoteCommand)
    .command(modelsCommand)
    .command(gradeCommand)
    .command(serveCommand)
    .command(keysCommand)
    .command(alertsCommand)
    .command(auditCommand)
    .command(ledgerCommand)
    .command(lockCommand)
    .command(verifyCommand)
    .command(profileCommand)
    .command(reportCommand)
    .command(schemaCommand)
    .command(benchCommand)
    .completion('completion', 'Print a script that completes commands in bash or zsh')
    .example('assay demo', 'the whole way on embedded candles')
    .example('assay backtest ema-cross -d binance-btc-usdt-1h', 'one run')
    .demandCommand(1, 'a command is needed')
    .strict()
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .version(ENGINE_VERSION)
    .help()
    .alias('help', 'h')
    .epilog('Exit codes: 0 ok, 1 a fault of Assay, 2 input, 3 data, 4 a gate failed. Colours: NO_COLOR=1 switches them off.')
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? new InputError('arguments-invalid', `${message ?? 'arguments are wrong'}${suggestion(argv)}; see: assay --help`);
    });
}

function suggestion(argv: readonly string[]): string {
  const typed = argv.find((word) => !word.startsWith('-'));
  if (typed === undefined || COMMANDS.includes(typed)) return '';
  const near = nearestName(typed, COMMANDS);
  return near === null ? '' : `; did you mean "${near}"?`;
}

/** An empty value, as of an unset variable of the shell, would be read as the number 0: zero must be typed. */
function refuseEmptyValues(argv: readonly string[]): void {
  argv.forEach((word, i) => {
    const option = word === '' ? argv[i - 1] ?? '' : /^--[^=]+(?==$)/.exec(word)?.[0] ?? '';
    if (option.startsWith('-')) throw new InputError('arguments-invalid', `${option} must have a value, was ""`);
  });
}

/** Runs one command line and returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    refuseEmptyValues(argv);
    await parser(profiledArguments(argv)).parseAsync();
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return exitCodeOf(error);
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});
process.exitCode = await main(hideBin(process.argv));
