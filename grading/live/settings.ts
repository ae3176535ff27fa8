import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, InputError } from '../../engine/index.ts';
import { writeAtomic } from '../../workbench/index.ts';
import type { INDEX_PRESETS } from '../indices/index.ts';
import type { Market } from '../types/index.ts';

/** What a service was begun with: it changes what follows from the same bars, so it stays with the journal. */
export interface LiveSettings {
  /** SHADOW models are published with full weight, and every answer says so. */
  readonly sandbox: boolean;
  /** Timeframe whose markets are compared with each other: Investor Grades, indices, moonshots. */
  readonly timeframeMs: number;
  /** Presets of indices that are kept. */
  readonly indices: readonly (keyof typeof INDEX_PRESETS)[];
  readonly moonshot: boolean;
  /** An account that trades the published signals. */
  readonly paper: { readonly cash: number; readonly markets: readonly Market[] } | null;
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
    const differs = asked === null ? [] : (Object.keys(asked) as (keyof LiveSettings)[]).filter((name) => canonicalJson(asked[name]) !== canonicalJson(held[name]));
    if (asked !== null && differs.length > 0) {
      const [name] = differs;
      throw new InputError('settings-differ', `${name} must be what ${folder} was begun with, ${canonicalJson(held[name])}, was ${canonicalJson(asked[name])}; another --home begins anew`);
    }
    return held;
  }
  if (asked === null) throw new InputError('service-unknown', `${folder} must hold the journal of a service, has none; begin one with: assay serve`);
  writeAtomic(file, `${canonicalJson(asked)}\n`);
  return asked;
}
