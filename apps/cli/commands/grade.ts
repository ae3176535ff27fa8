import type { CommandModule } from 'yargs';
import type { TraderGrade } from '../../../grading/index.ts';
import { loadMarkets, type DataArguments } from '../bars.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { modelsNamed } from '../models.ts';
import { faint, minute, note, number, percent, print, printJson, table } from '../output.ts';

interface Arguments extends GlobalArguments, DataArguments {
  readonly model?: readonly string[];
  readonly output?: string;
  readonly last: number;
  readonly history?: number;
}

export const gradeCommand: CommandModule<object, Arguments> = {
  command: 'grade [data..]',
  describe: 'Grade bars with promoted models in one go, as the live service would have',
  builder: (yargs) =>
    yargs
      .positional('data', { type: 'string', array: true, describe: 'Datasets or candle files [the only dataset]' })
      .option('model', { alias: 'm', type: 'string', array: true, describe: 'Models: ema-cross@1, ema-cross@champion [all that are not retired]' })
      .option('from', { type: 'string', describe: 'First bar that is graded [the first with enough bars before it]' })
      .option('to', { type: 'string', describe: 'End, exclusive' })
      .option('history', { type: 'number', describe: 'Bars before the first graded one that are read [what the models need]' })
      .option('last', { type: 'number', default: 10, describe: 'Grades to print of each market' })
      .option('output', { alias: 'o', type: 'string', describe: 'Write every published grade here, one JSON a line' })
      .example('assay grade demo-planted --last 20', 'the last twenty grades of a market')
      .example('assay grade binance-btc-usdt-1h -m ema-cross@champion -o grades.jsonl', 'every grade of one model') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { gradeBatch, historyBarsOf } = await import('../../../grading/index.ts');
    const { data, from, to, ...rest } = args;
    const markets = await loadMarkets({ ...rest, data: data?.length === 0 ? undefined : data }, context);
    const { canonicalJson, parseTimeMs } = await import('../../../engine/index.ts');
    const models = await modelsNamed(args.model, context, markets.map(({ timeframeMs }) => timeframeMs));
    const historyBars = args.history ?? historyBarsOf(models);
    const grades: TraderGrade[] = [];
    await gradeBatch({
      markets, models, historyBars, settings: { sandbox: true, timeframeMs: markets[0].timeframeMs, indices: [], moonshot: false, paper: null },
      fromMs: from === undefined ? firstGraded(markets, historyBars) : parseTimeMs(from, 'from'),
      ...(to === undefined ? {} : { toMs: parseTimeMs(to, 'to') }),
      onEntries: (entries) => {
        for (const entry of entries) if (entry.type === 'grade_published') grades.push(entry.payload);
      },
    });
    if (args.output !== undefined) {
      const { writeAtomic } = await import('../../../workbench/index.ts');
      writeAtomic(args.output, grades.map((grade) => `${canonicalJson(grade)}\n`).join(''));
      if (!context.quiet) note(`${grades.length} grades: ${args.output}`);
    }
    const shown = lastOfEach(grades, Math.max(1, Math.trunc(args.last)));
    if (context.json) printJson({ models: models.map(({ key }) => key), graded: grades.length, grades: shown });
    else printGrades(shown, grades.length);
  },
};

/** Open of the first bar with as many before it as a grade needs; of the latest of the markets. */
function firstGraded(markets: Awaited<ReturnType<typeof loadMarkets>>, historyBars: number): number {
  return Math.max(...markets.map(({ openTimeMs }) => openTimeMs[Math.min(historyBars, openTimeMs.length - 1)]));
}

function lastOfEach(grades: readonly TraderGrade[], last: number): TraderGrade[] {
  const symbols = [...new Set(grades.map(({ venue, symbol }) => `${venue}:${symbol}`))];
  return symbols.flatMap((key) => grades.filter(({ venue, symbol }) => `${venue}:${symbol}` === key).slice(-last));
}

function printGrades(grades: readonly TraderGrade[], total: number): void {
  const rows = grades.map((grade) => [
    grade.symbol, minute(grade.closeTimeMs), number(grade.traderGrade, 1), percent(grade.pUp), basisPoints(grade.expReturn), interval(grade), signalText(grade.signal),
    number(grade.taGrade, 0), number(grade.quantGrade, 0), grade.reason ?? '',
  ]);
  print(table(['market', 'close (UTC)', 'grade', 'p(up)', 'expected bp', '95 % of the mean', 'signal', 'TA', 'quant', ''], rows, 2));
  print(faint(`${grades.length} of ${total} grades; 50 is no expected return after costs; expected over ${grades.at(-1)?.horizonBars ?? '—'} bars`));
}

const basisPoints = (value: number | null): string => number(value === null ? null : 10_000 * value, 1);

function interval({ meanLow, meanHigh }: TraderGrade): string {
  return meanLow === null ? '—' : `${basisPoints(meanLow)} … ${basisPoints(meanHigh)}`;
}

function signalText(signal: TraderGrade['signal']): string {
  if (signal === null) return '—';
  return signal === 0 ? 'flat' : signal > 0 ? 'long' : 'short';
}
