import type { CommandModule } from 'yargs';
import { DataError, parseTimeMs, requireInput } from '../../../engine/index.ts';
import type { Audit, AuditEntry, AuditFilter } from '../../../grading/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { shortened } from '../model-texts.ts';
import { registryOf } from '../models.ts';
import { alarm, good, minute, number, print, printJson, table } from '../output.ts';

interface ShowArguments extends GlobalArguments {
  readonly journal?: string;
  readonly type?: string;
  readonly model?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

const verify: CommandModule<object, GlobalArguments> = {
  command: 'verify',
  describe: 'Checks every entry of every journal, and every stored file; ends with 4 where one is damaged',
  builder: (yargs) => yargs.example('assay audit verify', 'is everything as it was written?') as never,
  handler: async (args) => {
    const audit = await auditHome(args);
    if (args.json) printJson(audit);
    else printAudit(audit);
    refuseDamage(audit);
  },
};

const replay: CommandModule<object, GlobalArguments> = {
  command: 'replay',
  describe: 'Hears what the live service received again, and compares what follows with what it published; ends with 4 at the first difference',
  builder: (yargs) => yargs.example('assay audit replay', 'would the same bars give the same grades, byte for byte?') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { modelLoader, replayLive } = await import('../../../grading/index.ts');
    const registry = await registryOf(context);
    const result = await replayLive({ home: context.home, registry, loadModel: modelLoader(registry, context.cacheDir) });
    if (args.json) printJson(result);
    else print(`${number(result.inputs, 0)} inputs heard again, ${number(result.derived, 0)} entries ${result.difference === null ? good('the same') : 'the same before the difference'}`);
    if (result.difference !== null) throw new GateFailure(`entry ${result.difference.seq} comes out otherwise than it was published: ${shortened(result.difference.replayed ?? 'nothing', 200)}`);
  },
};

const show: CommandModule<object, ShowArguments> = {
  command: 'show',
  describe: 'What was received, published and decided, the last entries last',
  builder: (yargs) =>
    yargs
      .option('journal', { type: 'string', describe: 'Of one journal only, such as grading/live [all]' })
      .option('type', { type: 'string', describe: 'Entries of this type only, such as transition' })
      .option('model', { type: 'string', describe: 'About this model, or this version of it' })
      .option('from', { type: 'string', describe: 'From this time on, such as 2026-11-01' })
      .option('to', { type: 'string', describe: 'Before this time' })
      .option('limit', { type: 'number', default: 50, describe: 'So many at most, the last ones' })
      .example('assay audit show --type transition --model tsmom', 'every change of state of a model')
      .example('assay audit show --from 2026-11-23 --to 2026-11-24 --json', 'all of one day, for a script') as never,
  handler: async (args) => {
    const limit = args.limit;
    requireInput(Number.isInteger(limit) && limit > 0, 'limit-invalid', 'limit', 'a whole number from 1', limit);
    const { home } = await contextOf(args);
    const { auditEntries } = await import('../../../grading/index.ts');
    const last: AuditEntry[] = [];
    const damage = damageIn(() => {
      for (const entry of auditEntries(home, filterOf(args))) {
        last.push(entry);
        if (last.length > limit) last.shift();
      }
    });
    if (args.json) printJson(last.map(({ journal, line }) => ({ journal, ...line })));
    else print(last.length === 0 ? 'no such entries' : entriesTable(last));
    if (damage !== null) throw damage;
  },
};

const head: CommandModule<object, GlobalArguments> = {
  command: 'head',
  describe: 'Number and hash of the last entry of each journal: kept elsewhere, they prove all that came before',
  builder: (yargs) => yargs.example('assay audit head --json', 'to be published or timestamped') as never,
  handler: async (args) => {
    const audit = await auditHome(args);
    refuseDamage(audit);
    const heads = audit.journals.map(({ journal, head: { seq, hash } }) => ({ journal, seq, hash }));
    if (args.json) printJson(heads);
    else print(heads.length === 0 ? NO_JOURNALS : table(['journal', 'entry', 'hash'], heads.map(({ journal, seq, hash }) => [journal, String(seq), hash])));
  },
};

export const auditCommand: CommandModule<object, object> = {
  command: 'audit <command>',
  describe: 'The journals of live grading: verify, show, head',
  builder: (yargs) =>
    yargs
      .command(verify)
      .command(replay)
      .command(show)
      .command(head)
      .demandCommand(1, 'audit needs a command: verify, show or head')
      .example('assay audit verify', 'ends with 4 and names the entry where something was changed')
      .example('assay audit show --type grade_published --limit 5', 'the last grades as they were published'),
  handler: () => undefined,
};

const NO_JOURNALS = 'no journals yet: assay promote and assay serve write them';

async function auditHome(args: GlobalArguments): Promise<Audit> {
  const { home } = await contextOf(args);
  const { auditOf } = await import('../../../grading/index.ts');
  return auditOf(home);
}

function refuseDamage({ journals, objects }: Audit): void {
  const messages = [...journals.flatMap(({ damage }) => (damage === null ? [] : [damage.message])), ...objects.damage.map(({ message }) => message)];
  if (messages.length > 0) throw new GateFailure(messages.join('\n'));
}

function printAudit({ journals, objects }: Audit): void {
  if (journals.length === 0) {
    print(NO_JOURNALS);
    return;
  }
  const rows = journals.map(({ journal, entries, head: { hash }, damage, tornBytes }) => [
    journal, number(entries, 0), hash.slice(0, 16),
    damage === null ? `${good('intact')}${tornBytes > 0 ? `, and ${tornBytes} bytes that a kill left` : ''}` : alarm(`${damage.rule} at entry ${damage.seq}`),
  ]);
  rows.push(['objects', number(objects.objects, 0), '', objects.damage.length === 0 ? good('intact') : alarm(`${objects.damage.length} damaged`)]);
  print(table(['journal', 'entries', 'head', ''], rows, 4));
}

function filterOf({ journal, type, model, from, to }: ShowArguments): AuditFilter {
  return { journal, type, model, fromMs: from === undefined ? undefined : parseTimeMs(from, 'from'), toMs: to === undefined ? undefined : parseTimeMs(to, 'to') };
}

/** What was damaged while it was read; the entries before it are good. */
function damageIn(read: () => void): DataError | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

function entriesTable(entries: readonly AuditEntry[]): string {
  return table(
    ['time', 'journal', 'entry', 'type', 'model', 'payload'],
    entries.map(({ journal, line }) => [
      minute(line.tsMs), shortened(journal, 16), String(line.seq), shortened(line.type, 18), shortened(typeof line.model === 'string' ? line.model : '', 16), shortened(JSON.stringify(line.payload), 34),
    ]),
    6,
  );
}
