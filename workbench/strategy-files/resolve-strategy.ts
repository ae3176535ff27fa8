import { loadStrategy, type Strategy, type StrategyRef, unknownName } from '../../engine/index.ts';
import type { BuiltInStrategy } from '../built-ins.ts';
import { bundleStrategyFile } from './bundle.ts';

/**
 * A strategy by its built-in name, or by a path such as `./my.ts` or `./my.ts#exportName`.
 *
 * throws  InputError `strategy-unknown` with "did you mean", and what bundling and loading throw
 */
export async function resolveStrategy(
  nameOrPath: string,
  { cacheDir, builtIns }: { readonly cacheDir: string; readonly builtIns: readonly BuiltInStrategy[] },
): Promise<StrategyRef & { readonly strategy: Strategy }> {
  const ref = isPath(nameOrPath) ? await fileRef(nameOrPath, cacheDir) : builtInRef(nameOrPath, builtIns);
  return { ...ref, strategy: await loadStrategy(ref) };
}

function builtInRef(id: string, builtIns: readonly BuiltInStrategy[]): StrategyRef {
  const found = builtIns.find((builtIn) => builtIn.id === id);
  if (found === undefined) throw unknownName('strategy-unknown', 'strategy', id, builtIns.map((builtIn) => builtIn.id));
  return { url: found.url, exportName: null, codeHash: found.codeHash };
}

async function fileRef(text: string, cacheDir: string): Promise<StrategyRef> {
  const [, path = text, exportName = null] = /^(.+)#([\w$-]+)$/.exec(text) ?? [];
  process.setSourceMapsEnabled(true); // before the import, or stacks would name the bundle
  return { ...(await bundleStrategyFile(path, cacheDir)), exportName };
}

function isPath(text: string): boolean {
  return /[/\\]/.test(text) || /\.[cm]?[jt]s(#.*)?$/.test(text);
}
