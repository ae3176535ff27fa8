import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandModule } from 'yargs';
import { ENGINE_VERSION, requireInput } from '../../../engine/index.ts';
import type { BenchCase, BenchResults, CaseResult, Setting } from '../../bench/index.ts';
import type { GateArguments } from '../bench-gate.ts';
import type { GlobalArguments } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { alarm, faint, note, print, printJson, table } from '../output.ts';

interface BenchArguments extends GlobalArguments, GateArguments {
  readonly alone: boolean;
  readonly python?: string;
  readonly html?: string;
}

export const benchCommand: CommandModule<object, BenchArguments> = {
  command: 'bench',
  describe: 'Measure Assay on this machine: each case is proved equal to a reference, then timed',
  builder: (yargs) =>
    yargs
      .option('only', { type: 'string', array: true, default: [], coerce: commaSeparated, describe: 'Cases, such as W2,load [all]' })
      .option('repeats', { type: 'number', describe: 'Repeats of every case [9; 3 with --quick]' })
      .option('quick', { type: 'boolean', default: false, describe: 'Little data: shows that it works, times mean nothing' })
      .option('golden', { type: 'string', describe: 'Folder of values.json and the candles that peers computed it on' })
      .option('python', { type: 'string', describe: 'Python with vectorbt, backtesting, backtrader, to measure beside them' })
      .option('alone', { type: 'boolean', default: false, describe: 'Neither peers nor the C program' })
      .option('html', { type: 'string', describe: 'Write the results as a page too' })
      .option('out', { type: 'string', describe: 'Measure the gated cases and write this baseline' })
      .option('against', { type: 'string', describe: 'Baseline; exit code 4 where a gated case has become slower' })
      .option('results', { type: 'string', implies: 'against', describe: 'Compare these results (of --json) instead of measuring' })
      .option('slow', { type: 'number', default: 0, hidden: true, describe: 'Per cent of busy time added to every run, to prove the gate' })
      .example('assay bench --only W2,W4', 'two sweeps')
      .example('assay bench --against bench/baseline.json', 'has anything become slower?') as never,
  handler: async (args) => {
    requireInput(args.repeats === undefined || (Number.isInteger(args.repeats) && args.repeats >= 1), 'repeats-invalid', '--repeats', 'a whole number of at least 1', args.repeats);
    requireInput(args.slow >= 0 && args.slow <= 1000, 'slow-invalid', '--slow', 'within 0 … 1000', args.slow);
    if (args.out !== undefined || args.against !== undefined) {
      const { gate, writeBaseline } = await import('../bench-gate.ts');
      if (args.out !== undefined) await writeBaseline(args.out, args);
      if (args.against !== undefined) await gate(args.against, args);
      return;
    }
    const { benchPage, benchTable, casesNamed, CASES } = await import('../../bench/index.ts');
    const results = await run(args, casesNamed(args.only));
    if (args.html !== undefined) writeFileSync(args.html, benchPage(results, CASES));
    if (args.json) printJson(results);
    else {
      const { head, rows } = benchTable(results, CASES);
      print(table(head, rows, 2));
      print(faint('* measured by the gate'));
      for (const text of results.notes) note(text);
    }
    failOnErrors(results.cases);
  },
};

function commaSeparated(words: readonly string[]): string[] {
  return words.flatMap((word) => word.split(',')).map((word) => word.trim()).filter((word) => word !== '');
}

async function run(args: BenchArguments, cases: readonly BenchCase[]): Promise<BenchResults> {
  const { goldenFolder, RESULTS_SCHEMA, runSuite } = await import('../../bench/index.ts');
  const repeats = args.repeats ?? (args.quick ? 3 : 9);
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const setting = { size: args.quick ? 'quick' : 'full', golden: goldenFolder(args.golden, packageRoot()), folder } as const;
    const measured = await runSuite(cases, {
      setting, repeats, warmUps: args.quick ? 1 : 3, slowFrac: args.slow / 100,
      onCase: ({ name, error }) => void (args.quiet || note(`${name}: ${error ?? 'measured'}`)),
    });
    const { peers, notes } = args.alone ? { peers: [], notes: [] } : await measurePeers(measured, setting, args, repeats);
    return {
      schema: RESULTS_SCHEMA, engineVersion: ENGINE_VERSION, node: process.version, processor: cpus()[0]?.model ?? 'unknown', size: setting.size, cases: measured, peers, notes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Those that can do a case that was measured; whatever is not there is left out by name. */
async function measurePeers(cases: readonly CaseResult[], setting: Setting, args: BenchArguments, repeats: number): Promise<Pick<BenchResults, 'peers' | 'notes'>> {
  const { buildLimit, measureGridPeers, measureLimit } = await import('../../bench/index.ts');
  const names = cases.filter(({ error }) => error === null).map(({ name }) => name);
  const limit = buildLimit(packageRoot());
  const own = 'why' in limit ? { peers: [], notes: [limit.why] } : { peers: measureLimit(limit.program, names, setting, repeats), notes: [] };
  if (args.python === undefined) return own;
  const theirs = measureGridPeers(names, { python: args.python, packageRoot: packageRoot(), setting, repeats: Math.min(repeats, 5) });
  return { peers: [...own.peers, ...theirs.peers], notes: [...own.notes, ...theirs.notes] };
}

function packageRoot(): string {
  return fileURLToPath(new URL('../../../../', import.meta.url));
}

function failOnErrors(cases: readonly CaseResult[]): void {
  const failed = cases.flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error}`]));
  if (failed.length === 0) return;
  for (const text of failed) note(alarm(text));
  throw new GateFailure(`${failed.length} of ${cases.length} cases failed`);
}
