import { InputError } from '../../engine/index.ts';
import type { LoadedModel, Registry } from '../../grading/index.ts';
import type { Context } from './context.ts';
import { note } from './output.ts';

/** The registry below the home folder, on the machine's clock; damage is noted. */
export async function registryOf({ home }: Pick<Context, 'home'>): Promise<Registry> {
  const { openRegistry } = await import('../../grading/index.ts');
  return openRegistry(home, { clock: { nowMs: () => Date.now() }, onNotice: (text) => note(`! ${text}`) });
}

/**
 * Models by name with their code; without names all that are not retired and grade one of the timeframes.
 *
 * throws  InputError `model-unknown`, `models-missing`
 */
export async function modelsNamed(names: readonly string[] | undefined, context: Context, timeframesMs: readonly number[]): Promise<LoadedModel[]> {
  const { modelLoader } = await import('../../grading/index.ts');
  const registry = await registryOf(context);
  const load = modelLoader(registry, context.cacheDir);
  const named = names?.map((name) => registry.get(name)) ?? registry.models().filter(({ state }) => state !== 'RETIRED');
  const models = await Promise.all(named.map(({ sha256 }) => load(sha256)));
  const fitting = names === undefined ? models.filter(({ version }) => timeframesMs.includes(version.timeframeMs)) : models;
  if (fitting.length === 0) throw new InputError('models-missing', `the registry below ${context.home} must hold a model of the timeframe, has none; promote a report: assay promote report.html`);
  return fitting;
}
