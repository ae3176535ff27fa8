import { requireInput, unknownName } from '../../engine/index.ts';
import { type Alias, ALIASES, type RegisteredModel } from '../types/index.ts';
import { lastOf, type RegistryState } from './fold.ts';

const MODEL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const TAG = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/**
 * The version that a name means: `tsmom@7` by number, `tsmom@champion` by alias, `tsmom` the last.
 *
 * throws  InputError `model-unknown`
 */
export function resolveModel(state: RegistryState, name: string): RegisteredModel {
  const exact = state.models.get(name);
  if (exact !== undefined) return exact;
  const at = name.lastIndexOf('@');
  const found = at < 0 ? lastOf(state, name) : byAlias(state, name.slice(0, at), name.slice(at + 1));
  if (found === null) throw unknownName('model-unknown', 'model', name, namesOf(state));
  return found;
}

/** throws  InputError `model-id-invalid` */
export function checkModelId(modelId: string): void {
  requireInput(MODEL_ID.test(modelId), 'model-id-invalid', 'modelId', 'up to 64 letters, digits, dots, dashes or underscores', modelId);
}

/** throws  InputError `tag-invalid` */
export function checkTag(tag: string): void {
  requireInput(TAG.test(tag), 'tag-invalid', 'tag', 'up to 64 letters, digits or . _ : / -', tag);
}

/** throws  InputError `alias-unknown` */
export function checkAlias(alias: string): asserts alias is Alias {
  if (!ALIASES.some((one) => one === alias)) throw unknownName('alias-unknown', 'alias', alias, ALIASES);
}

function byAlias({ models }: RegistryState, modelId: string, alias: string): RegisteredModel | null {
  for (const model of models.values()) if (model.modelId === modelId && model.aliases.some((one) => one === alias)) return model;
  return null;
}

function namesOf({ models }: RegistryState): string[] {
  const all = [...models.values()];
  return [...new Set([...all.map(({ modelId }) => modelId), ...all.map(({ key }) => key), ...all.flatMap(({ modelId, aliases }) => aliases.map((alias) => `${modelId}@${alias}`))])];
}
