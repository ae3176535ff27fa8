import { rowWindows, type RowRange, type RowWindow } from '../../engine/index.ts';
import { asked, bare } from './asked.ts';
import type { ConformanceCase } from './case.ts';
import type { SeriesInputs } from './series-inputs.ts';
import { ROWS } from './split-inputs.ts';

/** Ways to write a range of rows. */
type Form = (range: RowRange) => number[];
const LISTED: Form = ({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i);
const HALF_OPEN: Form = ({ from, to }) => [from, to];
const INCLUSIVE: Form = ({ from, to }) => [from, to - 1];

/** Walk-forward windows in the form in which a case writes them. */
export function windows(inputs: SeriesInputs, testCase: ConformanceCase): unknown {
  const made = rowWindows(inputs.number(ROWS), {
    kind: isAnchored(inputs) ? 'anchored' : 'rolling',
    trainRows: inputs.number(['trainsize', 'trainrows', 'train', 'insample', 'trainbars', 'is', 'window']),
    testRows: inputs.number(['testsize', 'testrows', 'test', 'outofsample', 'testbars', 'oos', 'horizon']),
    purgeRows: inputs.number(['purge', 'purgedsize', 'purgerows', 'gap'], 0),
    stepRows: inputs.number(['step', 'stepsize', 'steprows'], inputs.number(['testsize', 'testrows', 'test', 'outofsample', 'testbars', 'oos', 'horizon'])),
    keepShort: [inputs.value('keepshortlasttest', 'reducetest', 'keepshort', 'keeplast')].includes(true),
  });
  const { expected } = testCase;
  if (Array.isArray(expected)) return written(made, expected, testCase);
  const parts = (expected ?? {}) as Record<string, unknown>;
  const first = Object.entries(parts).flatMap(([name, part]) => (/^(first|last)/.test(bare(name)) && Array.isArray(part) ? [[bare(name), partOf(made, name, part, testCase)] as const] : []));
  const all = Object.entries(parts).flatMap(([name, part]) => (Array.isArray(part) && /^(windows|splits)$/.test(bare(name)) ? [[bare(name), written(made, part, testCase)] as const] : []));
  return asked(testCase, { nwindow: made.length, nsplit: made.length, count: made.length, ...Object.fromEntries([...first, ...all]) }, made.length);
}

function partOf(made: readonly RowWindow[], name: string, part: readonly unknown[], testCase: ConformanceCase): unknown {
  const isOne = !Array.isArray((part[0] as unknown[])[0]);
  const count = isOne ? 1 : part.length;
  const chosen = bare(name).startsWith('last') ? made.slice(-count) : made.slice(0, count);
  const found = written(chosen, isOne ? [part] : part, testCase) as unknown[];
  return isOne ? found[0] : found;
}

/** As lists of rows where all of a case's parts have so many, else as pairs, whose end its notes call inclusive or not. */
function written(made: readonly RowWindow[], expected: readonly unknown[], { notes = '', inputs }: ConformanceCase): unknown {
  const lengths = (expected as unknown[][][]).map(([train, test]) => [train.length, test.length]);
  const isListed = made.length === lengths.length && made.every(({ train, test }, i) => train.to - train.from === lengths[i][0] && test.to - test.from === lengths[i][1]);
  const said = `${notes} ${JSON.stringify(inputs)}`;
  const form = isListed ? LISTED : /inclusive/i.test(said) && !/exclusive|half-open/i.test(said) ? INCLUSIVE : HALF_OPEN;
  return made.map(({ train, test }) => [form(train), form(test)]);
}

function isAnchored(inputs: SeriesInputs): boolean {
  return inputs.value('anchored', 'expandtrain', 'expanding') === true || /anchor|expand/.test(bare(inputs.text('mode', 'kind', 'type', 'window')));
}
