import type { CommandModule } from 'yargs';
import { DataError, unknownName } from '../../../engine/index.ts';
import type { LedgerCheck, LedgerFigures, LedgerStudy } from '../../../workbench/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { entryText } from '../ledger-entries.ts';
import { day, faint, heading, minute, note, number, print, printJson, table, warning } from '../output.ts';

interface ListArguments extends GlobalArguments { readonly claim?: string; readonly last: number }
interface ShowArguments extends GlobalArguments { readonly entry: string; readonly top: number }
interface StatsArguments extends GlobalArguments { readonly claim?: string }
interface NoteArguments extends GlobalArguments { readonly text: string; readonly claim?: string }

const list: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'Every study that evaluated something, the last ones last',
  builder: (yargs) =>
    yargs
      .option('claim', { type: 'string', describe: 'Studies of this claim only' })
      .option('last', { type: 'number', default: 30, describe: 'So many at most' }) as never,
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const { listStudies } = await import('../../../workbench/index.ts');
    const { studies, check } = listStudies(home);
    const shown = studies.filter(({ claim }) => args.claim === undefined || claim === args.claim).slice(-Math.max(1, Math.trunc(args.last)));
    if (json) printJson({ studies: shown, damage: check.damage });
    else printStudies(shown, studies.length, check);
  },
};

const show: CommandModule<object, ShowArguments> = {
  command: 'show <entry>',
  describe: 'What one study, or one entry by its number, recorded',
  builder: (yargs) =>
    yargs
      .positional('entry', { type: 'string', demandOption: true, describe: 'Id of a study, or number of an entry' })
      .option('top', { type: 'number', default: 20, describe: 'Trials to print of each entry, the best first' }) as never,
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const { readEntries } = await import('../../../workbench/index.ts');
    const entries = readEntries(home, args.entry);
    if (json) printJson(entries);
    else print(entries.map((entry) => entryText(entry, Math.max(1, Math.trunc(args.top)))).join('\n\n'));
  },
};

const stats: CommandModule<object, StatsArguments> = {
  command: 'stats [claim]',
  describe: 'How often a claim has been tried, and what that many tries show without skill',
  builder: (yargs) => yargs.positional('claim', { type: 'string', describe: 'One claim [all]' }) as never,
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const { figuresOfClaims } = await import('../../../workbench/index.ts');
    const all = figuresOfClaims(home);
    if ('missing' in all) throw new DataError('ledger-damaged', all.missing);
    const claims = all.filter(({ claim }) => args.claim === undefined || claim === args.claim);
    if (args.claim !== undefined && claims.length === 0) throw unknownName('claim-unknown', 'claim', args.claim, all.map(({ claim }) => claim));
    if (json) printJson(claims);
    else printClaims(claims);
  },
};

const verify: CommandModule<object, GlobalArguments> = {
  command: 'verify',
  describe: 'Checks every entry and the chain; ends with 4 where the ledger is damaged',
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const { verifyLedger } = await import('../../../workbench/index.ts');
    const check = verifyLedger(home);
    if (json) printJson(check);
    if (check.damage !== null) throw new GateFailure(check.damage.message);
    if (!json) print(`${number(check.entries, 0)} entries, intact${check.tornBytes > 0 ? `, and ${check.tornBytes} bytes that a kill left` : ''}\n${faint(check.hash)}`);
  },
};

const noteCommand: CommandModule<object, NoteArguments> = {
  command: 'note <text>',
  describe: 'Write down why, for whoever reads the ledger',
  builder: (yargs) =>
    yargs
      .positional('text', { type: 'string', demandOption: true, describe: 'Any text' })
      .option('claim', { type: 'string', describe: 'The claim that it is about' }) as never,
  handler: async (args) => {
    const { home, json, quiet } = await contextOf(args);
    const { noteInLedger } = await import('../../../workbench/index.ts');
    const written = { text: args.text, claim: args.claim ?? null };
    noteInLedger(home, written.text, written.claim, { now: Date.now, onNotice: (text) => note(warning(text)) });
    if (json) printJson(written);
    else if (!quiet) note('noted');
  },
};

export const ledgerCommand: CommandModule<object, object> = {
  command: 'ledger <command>',
  describe: 'The journal of every trial: list, show, stats, verify, note',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(show)
      .command(stats)
      .command(verify)
      .command(noteCommand)
      .demandCommand(1, 'ledger needs a command: list, show, stats, verify or note')
      .example('assay ledger stats', 'trials of each claim, and the best that luck shows')
      .example('assay ledger verify', 'is it as it was written?'),
  handler: () => undefined,
};

function printStudies(shown: readonly LedgerStudy[], all: number, { damage }: LedgerCheck): void {
  if (damage !== null) note(warning(damage.message));
  if (shown.length === 0) {
    print('no studies yet: backtest, sweep and walkforward write themselves down');
    return;
  }
  print(table(
    ['last entry', 'kind', 'study', 'claim', 'trials', 'best Sharpe'],
    shown.map(({ lastMs, study, origin, claim, rows, bestSharpeAnn }) => [
      minute(lastMs), origin === 'replay' ? `${study.kind} (replay)` : study.kind, study.id, shortened(claim), number(rows, 0), number(bestSharpeAnn),
    ]),
    4,
  ));
  if (shown.length < all) print(faint(`${shown.length} of ${all}`));
}

function printClaims(claims: readonly LedgerFigures[]): void {
  if (claims.length === 0) print('no trials yet: backtest, sweep and walkforward write themselves down');
  for (const [i, claim] of claims.entries()) {
    if (i > 0) print();
    print(heading(claim.claim) + faint(`  ${day(claim.firstMs)} to ${day(claim.lastMs)}`));
    print(table(['', ''], [
      ['distinct points (N)', number(claim.n, 0)],
      ['trials, failed', `${number(claim.trials, 0)}, ${number(claim.failed, 0)}`],
      ['studies, days of research', `${number(claim.studies, 0)}, ${number(claim.days, 0)}`],
      ['holdout reads', number(claim.holdoutReads, 0)],
      ['best Sharpe ratio', number(claim.bestSharpeAnn)],
      ['best of N without skill', number(claim.luckSharpeAnn)],
    ]));
  }
}

function shortened(text: string): string {
  return text.length <= 36 ? text : `${text.slice(0, 35)}…`;
}
