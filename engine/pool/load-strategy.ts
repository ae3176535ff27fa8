import { InputError, unknownName } from '../core/index.ts';
import { isStrategy, type Strategy } from '../strategy/index.ts';

/** Where a strategy's compiled module lies, and which of its exports is meant: data that any thread can load. */
export interface StrategyRef {
  /** file: URL of a module that exports a strategy. */
  readonly url: string;
  /** Export name; null = the default export, or the only strategy exported. */
  readonly exportName: string | null;
  /** sha256 of the code, imports included. */
  readonly codeHash: string;
}

/**
 * The strategy that a reference names; built-in and user files come by this same path, in the main thread and in workers.
 *
 * throws  InputError `strategy-missing`, `strategy-ambiguous`, `strategy-unloadable` where it imports a name that is not there; what its own code throws
 */
export async function loadStrategy(ref: StrategyRef): Promise<Strategy> {
  const module = await moduleAt(ref.url);
  const found = Object.entries(module).filter((entry): entry is [string, Strategy] => isStrategy(entry[1]));
  if (ref.exportName !== null) {
    const named = found.find(([name, strategy]) => name === ref.exportName || strategy.id === ref.exportName);
    if (named) return named[1];
    throw unknownName('strategy-missing', 'strategy export', ref.exportName, found.flatMap(([name, s]) => [name, s.id]));
  }
  const fallback = found.find(([name]) => name === 'default');
  if (fallback) return fallback[1];
  if (found.length === 1) return found[0][1];
  if (found.length === 0) throw new InputError('strategy-missing', `${ref.url} must export a strategy made by defineStrategy, exports ${Object.keys(module).join(', ') || 'nothing'}`);
  throw new InputError('strategy-ambiguous', `${ref.url} must have a default export or name one of its strategies: ${found.map(([name]) => name).join(', ')}`);
}

async function moduleAt(url: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError('strategy-unloadable', `${url} must be a module that can be loaded: ${error.message}`, { cause: error });
  }
}
