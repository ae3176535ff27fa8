import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { CellResult } from './tally.ts';

/** Share of p-values at or below each level, where none of the searches has skill: a diagonal where a test keeps its word. */
export function calibrationSpec(results: readonly CellResult[]): TopLevelSpec {
  const values = results.filter(({ kind }) => kind === 'noise').flatMap(({ name, years, pValues }) =>
    Object.entries(pValues).flatMap(([test, list]) => list.toSorted((a, b) => a - b).map((p, i) => ({ search: `${name}, ${years} y`, test, p, share: (i + 1) / list.length }))),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: { values },
    columns: 4,
    facet: { field: 'search', type: 'nominal', title: null },
    spec: {
      width: 200, height: 200,
      layer: [
        { data: { values: [{ p: 0, share: 0 }, { p: 1, share: 1 }] }, mark: { type: 'line', color: '#999', strokeDash: [4, 3] }, encoding: { x: { field: 'p', type: 'quantitative' }, y: { field: 'share', type: 'quantitative' } } },
        {
          mark: { type: 'line', interpolate: 'step-after' },
          encoding: { x: { field: 'p', type: 'quantitative', title: 'p-value' }, y: { field: 'share', type: 'quantitative', title: 'share of studies at or below' }, color: { field: 'test', type: 'nominal' } },
        },
      ],
    },
  };
}

export async function svgOf(spec: TopLevelSpec): Promise<string> {
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
