import * as encode from 'vega-encode';
import { transforms } from 'vega-dataflow';
import { parse } from 'vega-parser';
import * as tx from 'vega-transforms';
import { extend } from 'vega-util';
import { View } from 'vega-view';
import * as vtx from 'vega-view-transforms';
import { expressionInterpreter } from './interpret.ts';

extend(transforms, tx, vtx, encode);

export type { View };

/** A view of a compiled specification under the trimmed runtime; nothing is evaluated from text. */
export function createView(spec: unknown, options: object): View {
  return new View(parse(spec, {}, { ast: true }), { expr: expressionInterpreter, logLevel: 0, ...options });
}
