/**
 * URL of a compiled file beside a module; a module that still runs from its TypeScript source (in tests) is pointed into dist/.
 *
 * Worker threads load JavaScript only, so that they start fast and behave the same in tests and in the package.
 */
export function builtFile(moduleUrl: string, relative: string): string {
  const url = new URL(relative, moduleUrl);
  if (!moduleUrl.endsWith('.ts')) return url.href;
  const root = new URL('../../', import.meta.url);
  return new URL(`dist/${url.href.slice(root.href.length)}`, root).href;
}
