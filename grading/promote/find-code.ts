import { InputError, loadStrategy, type Strategy, tradesTogether, unknownName } from '../../engine/index.ts';
import { builtInStrategies, portableStrategy, resolveStrategy } from '../../workbench/index.ts';
import type { WalkForwardSpec } from '../../engine/index.ts';

/** The code that a manifest names, found and proved to be it. */
export interface FoundCode {
  readonly strategy: Strategy;
  /** What workbench loads it by. */
  readonly name: string;
  readonly codeHash: string;
  /** Of a user's file. */
  readonly bundle: { readonly text: string; readonly exportName: string | null } | null;
}

/**
 * A built-in strategy by the manifest's id, or a user's file such as `./my.ts` or `./my.ts#name`.
 *
 * throws  InputError `strategy-unknown`, `code-differs` with both hashes, `strategy-differs`, `model-not-single`, and those of bundling
 */
export async function findCode({ strategyId, codeHash }: Pick<WalkForwardSpec, 'strategyId' | 'codeHash'>, file: string | undefined, cacheDir: string): Promise<FoundCode> {
  const found = file === undefined ? await builtIn(strategyId) : await ofFile(file, cacheDir);
  const { strategy } = found;
  if (found.codeHash !== codeHash) {
    throw new InputError('code-differs', `code of ${strategyId} must be that of the report, ${codeHash}, was ${found.codeHash}: validate the code at hand anew`);
  }
  if (strategy.id !== strategyId) throw new InputError('strategy-differs', `strategy must be ${strategyId}, as the report says, was ${strategy.id}`);
  if (tradesTogether(strategy)) {
    throw new InputError('model-not-single', `a model must trade one market, ${strategy.id} trades ${strategy.legs === 'any' ? 'a portfolio' : strategy.legs} on one account: a grade is of one market`);
  }
  return found;
}

async function builtIn(id: string): Promise<FoundCode> {
  const all = builtInStrategies();
  const found = all.find((one) => one.id === id);
  if (found === undefined) {
    const { message } = unknownName('strategy-unknown', 'strategy', id, all.map((one) => one.id));
    throw new InputError('strategy-unknown', `${message}; a strategy of your own is named by its file: --strategy FILE`);
  }
  const { url, codeHash } = found;
  return { strategy: await loadStrategy({ url, exportName: null, codeHash }), name: id, codeHash, bundle: null };
}

async function ofFile(nameOrFile: string, cacheDir: string): Promise<FoundCode> {
  const { strategy, codeHash, exportName } = await resolveStrategy(nameOrFile, { cacheDir, builtIns: builtInStrategies() });
  if (builtInStrategies().some(({ id }) => id === nameOrFile)) return { strategy, name: nameOrFile, codeHash, bundle: null };
  const { text } = await portableStrategy(exportName === null ? nameOrFile : nameOrFile.slice(0, -exportName.length - 1), cacheDir);
  return { strategy, name: nameOrFile, codeHash, bundle: { text, exportName } };
}
