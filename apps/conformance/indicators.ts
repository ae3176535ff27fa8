import type { CaseResult, ConformanceCase } from './case.ts';
import { IndicatorCase, plain } from './indicator-case.ts';
import { METRICS, type Outputs, SYNONYMS } from './indicator-metrics.ts';

/** Whether a metric's name, in any of its spellings, is an indicator's. */
export function isIndicatorMetric(name: string): boolean {
  return metricOf(name) !== null;
}

/**
 * What the kernels give for a case, in the shape of `expected`: values at its bars, or Tulip's outputs with their first bars.
 *
 * throws  InputError `case-input-missing` where the case lacks a series or a parameter
 */
export function runIndicatorCase(testCase: ConformanceCase, datasets: Record<string, unknown>): CaseResult {
  const name = metricOf(testCase.metric);
  if (name === null) return { skip: `${testCase.metric}: no such indicator` };
  const read = new IndicatorCase(testCase, datasets);
  const outputs = METRICS[name](read);
  if (read.tulip) return { got: withoutWarmup(outputs, name === 'bbands' ? 3 : name === 'stoch' ? 2 : Number.POSITIVE_INFINITY) };
  const { expected } = testCase;
  const values = outputs instanceof Float64Array ? outputs : chosen(outputs, read.output);
  return values === null ? { skip: `${testCase.metric}: no output ${read.output}` } : { got: shaped(values, expected, outputs) };
}

function metricOf(name: string): string | null {
  const key = plain(name);
  if (Object.hasOwn(METRICS, key)) return key;
  return Object.hasOwn(SYNONYMS, key) ? SYNONYMS[key] : null;
}

/** The output a case asks for, by name or a part of it; the first listed when it asks for none. */
function chosen(outputs: Readonly<Record<string, Float64Array>>, asked: string): Float64Array | null {
  if (asked === '') return outputs.macd ?? outputs.middle ?? Object.values(outputs)[0];
  const synonyms: Record<string, string> = { line: 'macd', hist: 'histogram', mid: 'middle', centre: 'middle', center: 'middle', osc: 'oscillator', b: 'percentb', pb: 'percentb' };
  const key = [asked, synonyms[asked]].find((candidate) => candidate in outputs);
  if (key !== undefined) return outputs[key];
  // `slow %K`, `width/middle`, `upper band`, `signal line`: the part that comes first in the words
  const parts = Object.keys(outputs).filter((name) => (name.length === 1 ? asked.endsWith(name) : asked.includes(name)));
  const earliest = parts.sort((a, b) => asked.lastIndexOf(a) - asked.lastIndexOf(b)).at(0);
  return earliest === undefined ? null : outputs[earliest];
}

/** Values at the bars of pairs [[bar, value], …], every value for a list, by name for an object, or the last one for a number. */
function shaped(values: Float64Array, expected: unknown, outputs: Outputs): unknown {
  if (Array.isArray(expected) && expected.every((part) => Array.isArray(part))) {
    return expected.map((pair: unknown[]) => [pair[0], finite(values[Number(pair[0])])]);
  }
  if (Array.isArray(expected)) return Array.from(expected.length < values.length ? values.subarray(-expected.length) : values, finite);
  if (typeof expected === 'object' && expected !== null && !(outputs instanceof Float64Array)) {
    return Object.fromEntries(Object.entries(expected).map(([name, part]) => {
      const line = chosen(outputs, plain(name));
      return [name, line === null ? null : shaped(line, part, line)];
    }));
  }
  return finite(values[values.length - 1]);
}

/** Outputs from their first value on, and where that is. */
function withoutWarmup(outputs: Outputs, count: number): { outputs: number[][]; first_index: number[] } {
  const lines = outputs instanceof Float64Array ? [outputs] : Object.values(outputs).slice(0, count);
  const first = lines.map((line) => line.findIndex((value) => !Number.isNaN(value)));
  return { outputs: lines.map((line, i) => (first[i] < 0 ? [] : Array.from(line.subarray(first[i])))), first_index: first };
}

function finite(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
