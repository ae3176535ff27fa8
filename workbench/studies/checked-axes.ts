import { type Axes, axesOf, resolveParams, type Strategy } from '../../engine/index.ts';

/**
 * The values searched of every parameter, each checked before any trial is run.
 *
 * throws  InputError `param-unknown` (with "did you mean"), `param-invalid`, `axis-empty`
 */
export function checkedAxes(strategy: Strategy, stated: Axes): Axes {
  for (const [name, values] of Object.entries(stated)) {
    for (const value of values) resolveParams(strategy.params, { [name]: value });
  }
  return axesOf(strategy.params, stated);
}
