/** The parts of Vega that a report carries; they ship without types of their own. */
declare module 'vega-dataflow' {
  export const transforms: Record<string, unknown>;
}
declare module 'vega-transforms';
declare module 'vega-view-transforms';
declare module 'vega-encode';
declare module 'vega-parser' {
  export function parse(spec: unknown, config: object, options: { readonly ast: boolean }): unknown;
}
declare module 'vega-view' {
  export class View {
    constructor(runtime: unknown, options: object);
    runAsync(): Promise<View>;
    toSVG(): Promise<string>;
    finalize(): void;
  }
}
declare module 'uplot/dist/uPlot.min.css' {
  const css: string;
  export default css;
}
