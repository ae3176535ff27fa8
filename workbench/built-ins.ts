import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtFile, InvariantError } from '../engine/index.ts';
import { BUILT_IN } from '../strategies/index.ts';

/** A strategy that comes with Assay as workers load it: compiled module and the hash of its code. */
export interface BuiltInStrategy {
  readonly id: string;
  readonly url: string;
  readonly codeHash: string;
}

/** All built-in strategies with the code hashes that the build wrote beside them. */
export function builtInStrategies(): BuiltInStrategy[] {
  const file = fileURLToPath(builtFile(import.meta.url, '../strategies/code-hashes.json'));
  if (!existsSync(file)) throw new InvariantError('build-incomplete', `${file} is missing: run npm run build`);
  const hashes = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return BUILT_IN.map(({ strategy, module }) => ({
    id: strategy.id,
    url: builtFile(import.meta.url, `../strategies/${module}.js`),
    codeHash: hashes[module],
  }));
}
