import type { CommandModule } from 'yargs';
import type { Defect, ExportFormat } from '../../../datasets/index.ts';
import { type Calendar, formatDuration, InputError, type Instrument, parseTimeMs } from '../../../engine/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { attachmentRows, dataFundingCommand, dataMarkCommand } from './data-attach.ts';
import { dataSyntheticCommand } from './data-synthetic.ts';
import { day, faint, heading, minute, note, number, print, printJson, table, warning } from '../output.ts';

interface ImportArguments extends GlobalArguments {
  readonly files: string[];
  readonly symbol?: string;
  readonly venue?: string;
  readonly timeframe?: string;
  readonly kind?: 'spot' | 'perpetual';
  readonly calendar: Calendar;
  readonly market?: 'continuous' | 'session';
  readonly listedFrom?: string;
  readonly listedTo?: string;
  readonly id?: string;
  readonly onDefect: 'fail' | 'quarantine' | 'keep';
  readonly columns?: string;
  readonly timezone?: string;
  readonly timeUnit?: 's' | 'ms' | 'us' | 'ns';
  readonly decimalComma: boolean;
  readonly volumeUnit?: 'base' | 'quote';
  readonly entry?: string;
  readonly replace: boolean;
}

const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <files..>',
  describe: 'Read candles of one market into the lake; the format is found from the content',
  builder: (yargs) =>
    yargs
      .positional('files', { type: 'string', array: true, demandOption: true, describe: 'One or more files of the same market' })
      .option('symbol', { alias: 's', type: 'string', describe: 'Such as BTC/USDT [from the file, where it says]' })
      .option('venue', { type: 'string', describe: 'Such as binance [from the file, where it says]' })
      .option('timeframe', { alias: 't', type: 'string', describe: 'Such as 1h; checked against the rows' })
      .option('kind', { choices: ['spot', 'perpetual'] as const, describe: 'What is traded [spot, unless the file says]' })
      .option('calendar', { choices: ['24/7', 'session'] as const, default: '24/7' as const, describe: 'session: weekends are no gaps, 252 days a year' })
      .option('market', { choices: ['continuous', 'session'] as const, describe: 'session: an auction opens the day [by calendar]' })
      .option('listed-from', { type: 'string', describe: 'First day of the listing, where the symbol has been used before' })
      .option('listed-to', { type: 'string', describe: 'Last day of the listing, where the symbol has been used again' })
      .option('id', { type: 'string', describe: 'Name of the dataset [venue-symbol-timeframe]' })
      .option('on-defect', { choices: ['fail', 'quarantine', 'keep'] as const, default: 'fail' as const, describe: 'What happens to rows that cannot be a bar' })
      .option('columns', { type: 'string', describe: 'Any CSV: time=Date,open=O,high=H,low=L,close=C,volume=V (names, or indexes from 0)' })
      .option('timezone', { type: 'string', describe: 'Zone of times without one, such as Europe/Berlin [UTC]' })
      .option('time-unit', { choices: ['s', 'ms', 'us', 'ns'] as const, describe: 'Unit of numeric times [by magnitude]' })
      .option('decimal-comma', { type: 'boolean', default: false, describe: 'With --columns: numbers such as 1.234,56' })
      .option('volume-unit', { choices: ['base', 'quote'] as const, describe: 'Currency of the volume column [by format]' })
      .option('entry', { type: 'string', describe: 'Which file of a zip, when there are several' })
      .option('replace', { type: 'boolean', default: false, describe: 'Replace a dataset of that name' })
      .example('assay data import BTCUSDT-1h-2024-*.zip --symbol BTC/USDT --venue binance --timeframe 1h', 'monthly files of one market')
      .example('assay data import prices.csv --columns time=Zeit,close=Kurs -s BTC/EUR --venue own -t 1d', 'any CSV') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { importCandles, openLake, writeDataset } = await import('../../../datasets/index.ts');
    const result = await importCandles(args.files, {
      symbol: args.symbol,
      venue: args.venue,
      timeframe: args.timeframe,
      calendar: args.calendar,
      onDefect: args.onDefect,
      columnMapping: args.columns === undefined ? undefined : columnMapping(args.columns),
      timeZone: args.timezone,
      timeUnit: args.timeUnit,
      decimalComma: args.decimalComma,
      volumeUnit: args.volumeUnit,
      entry: args.entry,
    });
    const instrument = instrumentOf(args, result.instrumentHint);
    const { dataset, isNew } = await writeDataset(openLake(context.lakeDir), result, {
      id: args.id, instrument, timeframeMs: result.timeframeMs, importedAtMs: Date.now(), replace: args.replace,
    });
    if (context.json) {
      printJson({ dataset, isNew });
      return;
    }
    print(`${heading(dataset.id)}  ${number(dataset.rows, 0)} bars of ${formatDuration(dataset.timeframeMs)}, ${minute(dataset.firstTimeMs)} to ${minute(dataset.lastTimeMs)}${isNew ? '' : faint('  (already there, unchanged)')}`);
    for (const { kind, count, severity, examples } of dataset.defects) {
      const text = `${kind} × ${count}${examples.length > 0 ? `: ${examples[0]}` : ''}`;
      print(severity === 'info' ? faint(`  ${text}`) : warning(text));
    }
    for (const text of dataset.notes) print(faint(`  ${text}`));
    if (dataset.rowsQuarantined > 0) print(warning(`${dataset.rowsQuarantined} rows quarantined beside the dataset`));
  },
};

const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  aliases: ['ls'],
  describe: 'Datasets of the lake',
  handler: async (args) => {
    const context = await contextOf(args);
    const { listDatasets, openLake } = await import('../../../datasets/index.ts');
    const datasets = listDatasets(openLake(context.lakeDir));
    if (context.json) printJson(datasets);
    else if (datasets.length === 0) note(`the lake ${context.lakeDir} is empty: assay data import <file> --symbol BTC/USDT --venue binance --timeframe 1h`);
    else {
      print(table(
        ['dataset', 'symbol', 'bar', 'first', 'last', 'bars', 'defects', 'quarantined'],
        datasets.map((d) => [
          d.id, d.instrument.symbol, formatDuration(d.timeframeMs), day(d.firstTimeMs), day(d.lastTimeMs), number(d.rows, 0),
          String(d.defects.filter(({ severity }) => severity !== 'info').length), String(d.rowsQuarantined),
        ]),
        5,
      ));
    }
  },
};

interface NameArguments extends GlobalArguments { readonly dataset: string }
const nameOf = (yargs: import('yargs').Argv<object>) => yargs.positional('dataset', { type: 'string', demandOption: true, describe: 'Dataset id' }) as never;

const describe: CommandModule<object, NameArguments> = {
  command: 'describe <dataset>',
  describe: 'Provenance, defects and summary of one dataset',
  builder: nameOf,
  handler: async (args) => {
    const context = await contextOf(args);
    const { describeDataset, openLake } = await import('../../../datasets/index.ts');
    const { dataset, summary } = await describeDataset(openLake(context.lakeDir), args.dataset);
    if (context.json) {
      printJson({ dataset, summary });
      return;
    }
    print(heading(dataset.id) + faint(`  content ${dataset.contentHash.slice(0, 16)}`));
    print(table(['', ''], [
      ['instrument', `${dataset.instrument.symbol} ${dataset.instrument.kind}, ${dataset.instrument.venue}, calendar ${dataset.instrument.calendar}`],
      ['bars', `${number(dataset.rows, 0)} of ${formatDuration(dataset.timeframeMs)}`],
      ['range', `${minute(dataset.firstTimeMs)} to ${minute(dataset.lastTimeMs)} UTC`],
      ['price', `${number(summary.firstOpen, 4)} first, ${number(summary.lastClose, 4)} last, ${number(summary.lowest, 4)} … ${number(summary.highest, 4)}`],
      ['missing', `${number(summary.missingBars, 0)} bars in ${number(summary.gaps, 0)} gaps, longest step ${formatDuration(summary.longestStepMs)}`],
      ['importer', `${dataset.importer.name}, read ${number(dataset.rowsRead, 0)}, kept ${number(dataset.rowsKept, 0)}, quarantined ${number(dataset.rowsQuarantined, 0)}`],
      ...dataset.sources.map((source): [string, string] => ['source', `${source.name}, ${number(source.bytes, 0)} bytes, sha256 ${source.sha256.slice(0, 16)}`]),
      ...attachmentRows(dataset),
    ], 2));
    printDefects(dataset.defects);
    for (const text of [...dataset.notes, ...(dataset.funding?.notes ?? []), ...(dataset.mark?.notes ?? [])]) print(faint(`  ${text}`));
  },
};

const check: CommandModule<object, NameArguments> = {
  command: 'check <dataset>',
  describe: 'Prove that a dataset still is what was imported, and list its defects',
  builder: nameOf,
  handler: async (args) => {
    const context = await contextOf(args);
    const { checkDataset, openLake } = await import('../../../datasets/index.ts');
    const { dataset, defects } = await checkDataset(openLake(context.lakeDir), args.dataset);
    if (context.json) printJson({ dataset: dataset.id, contentHash: dataset.contentHash, isIntact: true, defects });
    else {
      print(`${dataset.id} is intact: ${number(dataset.rows, 0)} bars, content ${dataset.contentHash.slice(0, 16)}`);
      printDefects(defects);
    }
  },
};

interface ExportArguments extends NameArguments { readonly file: string; readonly format?: ExportFormat }

const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <dataset> <file>',
  describe: 'Write a dataset as Parquet, CSV or Arrow IPC',
  builder: (yargs) =>
    yargs
      .positional('dataset', { type: 'string', demandOption: true, describe: 'Dataset id' })
      .positional('file', { type: 'string', demandOption: true, describe: 'File to write' })
      .option('format', { choices: ['parquet', 'csv', 'arrow'] as const, describe: 'Format [by the file’s ending]' }) as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { exportDataset, openLake } = await import('../../../datasets/index.ts');
    await exportDataset(openLake(context.lakeDir), args.dataset, args.file, args.format ?? formatOf(args.file));
    if (context.json) printJson({ file: args.file });
    else note(`wrote ${args.file}`);
  },
};

const remove: CommandModule<object, NameArguments> = {
  command: 'remove <dataset>',
  describe: 'Remove a dataset from the lake',
  builder: nameOf,
  handler: async (args) => {
    const context = await contextOf(args);
    const { openLake, removeDataset } = await import('../../../datasets/index.ts');
    removeDataset(openLake(context.lakeDir), args.dataset);
    if (context.json) printJson({ removed: args.dataset });
    else note(`removed ${args.dataset}`);
  },
};

export const dataCommand: CommandModule<object, object> = {
  command: 'data <command>',
  describe: 'Import, list, describe, check and export candles; attach funding and mark prices',
  builder: (yargs) =>
    yargs
      .command(importCommand)
      .command(dataFundingCommand)
      .command(dataMarkCommand)
      .command(dataSyntheticCommand)
      .command(list)
      .command(describe)
      .command(check)
      .command(exportCommand)
      .command(remove)
      .demandCommand(1, 'data needs a command: import, funding, mark, synthetic, list, describe, check, export or remove'),
  handler: () => undefined,
};

function instrumentOf(args: ImportArguments, hint: { symbol?: string; venue?: string; kind?: 'spot' | 'perpetual' }): Instrument {
  const symbol = args.symbol ?? hint.symbol;
  const venue = args.venue ?? hint.venue;
  if (symbol === undefined) throw new InputError('symbol-missing', '--symbol must be given such as BTC/USDT: the file does not say');
  if (venue === undefined) throw new InputError('venue-missing', '--venue must be given such as binance: the file does not say');
  const market = args.market ?? (args.calendar === 'session' ? 'session' : 'continuous');
  return { venue, symbol, kind: args.kind ?? hint.kind ?? 'spot', calendar: args.calendar, market, ...listingOf(args) };
}

function listingOf({ listedFrom, listedTo }: ImportArguments): Pick<Instrument, 'listedFromMs' | 'listedToMs'> {
  const from = listedFrom === undefined ? undefined : parseTimeMs(listedFrom, '--listed-from');
  const to = listedTo === undefined ? undefined : parseTimeMs(listedTo, '--listed-to');
  if (from !== undefined && to !== undefined && from >= to) throw new InputError('listing-invalid', `--listed-to must be after --listed-from, were ${listedTo} and ${listedFrom}`);
  return { ...(from === undefined ? {} : { listedFromMs: from }), ...(to === undefined ? {} : { listedToMs: to }) };
}

/** One line a kind, with one example; --json has them all. */
function printDefects(defects: readonly Defect[]): void {
  for (const { kind, count, examples } of defects) print(`  ${kind} × ${count}  ${faint(examples[0] ?? '')}`);
}

function columnMapping(text: string) {
  const entries = text.split(',').map((pair) => pair.split('='));
  const bad = entries.find((pair) => pair.length !== 2 || !['time', 'open', 'high', 'low', 'close', 'volume'].includes(pair[0].trim()));
  if (bad) throw new InputError('columns-invalid', `--columns must be time=…,open=…,high=…,low=…,close=…,volume=…, was "${bad.join('=')}"`);
  const mapping = Object.fromEntries(entries.map(([role, column]) => [role.trim(), /^\d+$/.test(column) ? Number(column) : column]));
  if (mapping.time === undefined || mapping.close === undefined) throw new InputError('columns-invalid', '--columns must name at least time and close');
  return mapping as { time: string | number; close: string | number };
}

function formatOf(file: string): ExportFormat {
  if (/\.parquet$/i.test(file)) return 'parquet';
  if (/\.csv$/i.test(file)) return 'csv';
  if (/\.(arrow|feather|ipc)$/i.test(file)) return 'arrow';
  throw new InputError('export-format-unknown', `--format must be parquet, csv or arrow when the file’s ending does not say, was ${file}`);
}
