import { InputError, requireInput, unknownName } from '../core/index.ts';

interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Step of a grid; integers default to one. */
  readonly step?: number;
  /** Where samplers and axes spread their points. */
  readonly scale?: 'linear' | 'log';
}

export interface IntSpec extends NumberRange { readonly type: 'int' }
export interface FloatSpec extends NumberRange { readonly type: 'float' }
export interface ChoiceSpec<V extends string = string> { readonly type: 'choice'; readonly options: readonly V[]; readonly default: V }
export interface BoolSpec { readonly type: 'bool'; readonly default: boolean }

export type ParamSpec = IntSpec | FloatSpec | ChoiceSpec | BoolSpec;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string | boolean;
export type Params = Readonly<Record<string, ParamValue>>;

type ValueOf<S extends ParamSpec> = S extends IntSpec | FloatSpec ? number : S extends ChoiceSpec<infer V> ? V : boolean;
/** The typed values that a strategy's functions receive. */
export type ParamValues<P extends ParamSpecs> = { readonly [K in keyof P]: ValueOf<P[K]> };

/** A whole number in [min, max]. */
export function int(range: NumberRange): IntSpec {
  return { type: 'int', ...range };
}

/** A real number in [min, max]. */
export function float(range: NumberRange): FloatSpec {
  return { type: 'float', ...range };
}

/** One of a few names. */
export function choice<const V extends string>(spec: { readonly options: readonly V[]; readonly default: V }): ChoiceSpec<V> {
  return { type: 'choice', ...spec };
}

/** Yes or no. */
export function bool(spec: { readonly default: boolean }): BoolSpec {
  return { type: 'bool', ...spec };
}

/**
 * Defaults overlaid with what was given, each checked against its spec.
 *
 * throws  InputError `param-unknown` (with "did you mean"), `param-invalid`
 */
export function resolveParams(specs: ParamSpecs, given: Params): Params {
  for (const name of Object.keys(given)) {
    if (!(name in specs)) throw unknownName('param-unknown', 'parameter', name, Object.keys(specs));
  }
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, checkValue(name, spec, given[name] ?? spec.default)]));
}

/** A parameter value from text such as a command line's. */
export function parseParam(name: string, spec: ParamSpec, text: string): ParamValue {
  if (spec.type === 'choice') return checkValue(name, spec, text);
  if (spec.type === 'bool') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new InputError('param-invalid', `${name} must be true or false, was "${text}"`);
  }
  return checkValue(name, spec, text.trim() === '' ? Number.NaN : Number(text));
}

function checkValue(name: string, spec: ParamSpec, value: ParamValue): ParamValue {
  switch (spec.type) {
    case 'bool':
      requireInput(typeof value === 'boolean', 'param-invalid', name, 'true or false', value);
      return value;
    case 'choice':
      if (typeof value !== 'string' || !spec.options.includes(value)) throw unknownName('param-invalid', name, String(value), spec.options);
      return value;
    case 'int':
      requireInput(Number.isInteger(value), 'param-invalid', name, 'a whole number', value);
      break;
    case 'float':
      requireInput(typeof value === 'number' && Number.isFinite(value), 'param-invalid', name, 'a number', value);
      break;
  }
  const number = value as number;
  requireInput(number >= spec.min && number <= spec.max, 'param-invalid', name, `in ${spec.min} … ${spec.max}`, value);
  return number;
}
