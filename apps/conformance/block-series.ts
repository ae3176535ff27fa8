import { InputError } from '../../engine/index.ts';
import type { SeriesInputs } from './series-inputs.ts';

const PHRASE = /^(?:(first|last) (\d+) (?:values|rows|observations) of )?(?:(absolute|squared) )?(?:(log|simple|percentage)? ?returns of )?(?:the )?(?:dataset )?([\w.%-]+?)(?:[ .](\w+))?(?: in [\w.-]+)?$/i;

/** The series of a block length: stated, the dataset's, or in words such as `absolute log returns of dataset goog close`, `first 300 values of x`. */
export function blockSeries(inputs: SeriesInputs, datasets: Record<string, unknown>): Float64Array {
  const text = inputs.text('series', 'x', 'values', 'returns');
  if (text === '') return inputs.series('series', 'x', 'values', 'returns', 'data');
  const found = named(text, datasets);
  if (found === null) throw new InputError('case-input-missing', `series must say how it comes from a dataset, was "${text}"`);
  return found;
}

function named(text: string, datasets: Record<string, unknown>): Float64Array | null {
  const exact = Object.keys(datasets).filter((name) => text.includes(name)).sort((a, b) => b.length - a.length)[0];
  if (exact === undefined) return null;
  const phrase = PHRASE.exec(text.replace(exact, 'DATASET'));
  if (phrase === null) return null;
  const [, end, count, size, kind, , column] = phrase;
  let values = columnOf(datasets[exact], column);
  if (values === null) return null;
  if (/returns/i.test(text)) values = returnsOf(values, kind?.toLowerCase() === 'log');
  if (size !== undefined) values = values.map((value) => (size.toLowerCase() === 'absolute' ? Math.abs(value) : value * value));
  if (end === undefined) return values;
  return end.toLowerCase() === 'first' ? values.subarray(0, Number(count)) : values.subarray(-Number(count));
}

function columnOf(dataset: unknown, name: string | undefined): Float64Array | null {
  if (Array.isArray(dataset)) return Float64Array.from(dataset, Number);
  const columns = dataset as Record<string, unknown>;
  const chosen = name === undefined ? Object.values(columns).find(Array.isArray) : columns[name];
  return Array.isArray(chosen) ? Float64Array.from(chosen, Number) : null;
}

function returnsOf(prices: Float64Array, isLog: boolean): Float64Array {
  return Float64Array.from({ length: prices.length - 1 }, (_, t) => (isLog ? Math.log(prices[t + 1] / prices[t]) : prices[t + 1] / prices[t] - 1));
}
