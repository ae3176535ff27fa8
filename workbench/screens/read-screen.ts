import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, type Screen, SCREEN_LAYOUT } from '../../engine/index.ts';
import { decodeArtefact } from '../artefacts/index.ts';
import type { Recorded } from '../ledger/index.ts';

/** throws  InputError `screen-unfinished`, `screen-outdated` */
export function loadScreen(directory: string): Screen & Recorded {
  const file = join(directory, 'screen.json');
  if (!existsSync(file)) throw new InputError('screen-unfinished', `${directory} must hold a finished screen; the same command goes on with it`);
  const screen = decodeArtefact(readFileSync(file, 'utf8')) as Screen & Recorded;
  const { screenLayout } = screen.spec;
  if (screenLayout !== SCREEN_LAYOUT) throw new InputError('screen-outdated', `${file} must have layout ${SCREEN_LAYOUT}, was ${screenLayout}: screen again`);
  return screen;
}

/** Ids of the finished screens of a folder. */
export function listScreens(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).filter((id) => existsSync(join(directory, id, 'screen.json'))).sort() : [];
}
