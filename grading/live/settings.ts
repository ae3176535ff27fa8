import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, InputError } from '../../engine/index.ts';
import { writeAtomic } from '../../workbench/index.ts';

/** What a service was begun with: it changes what follows from the same bars, so it stays with the journal. */
export interface LiveSettings {
  /** SHADOW models are published with full weight, and every answer says so. */
  readonly sandbox: boolean;
  /** Presets of indices that are kept. */
  readonly indices: readonly string[];
  readonly moonshot: boolean;
  /** Cash of the paper account in the quote currency; null for none. */
  readonly paperCash: number | null;
}

/**
 * The settings of a journal: those it was begun with, or the given ones where it is new.
 *
 * throws  InputError `settings-differ`, `service-unknown`
 */
export function heldSettings(folder: string, asked: LiveSettings | null): LiveSettings {
  const file = join(folder, 'settings.json');
  if (existsSync(file)) {
    const held = JSON.parse(readFileSync(file, 'utf8')) as LiveSettings;
    if (asked !== null && canonicalJson(asked) !== canonicalJson(held)) {
      throw new InputError('settings-differ', `settings must be those that ${folder} was begun with (${canonicalJson(held)}), were ${canonicalJson(asked)}; another --home begins anew`);
    }
    return held;
  }
  if (asked === null) throw new InputError('service-unknown', `${folder} must hold the journal of a service, has none; begin one with: assay serve`);
  writeAtomic(file, `${canonicalJson(asked)}\n`);
  return asked;
}
