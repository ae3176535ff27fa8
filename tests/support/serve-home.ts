import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelVersion } from '../../grading/index.ts';
import { modelVersion } from './model-version.ts';
import { promotedRegistry } from './promoted-registry.ts';

export interface ServeHomeOptions {
  /** Folder of the repository, with `dist` in it. */
  readonly root: string;
  readonly home: string;
  /** Hours of each of the correlated coins. */
  readonly bars: number;
  readonly historyBars: number;
}

export interface ServeHome {
  readonly home: string;
  readonly cli: string;
  readonly datasets: readonly string[];
  readonly historyBars: number;
  /** Open of the first graded bar. */
  readonly from: string;
}

/** A home folder as promotion leaves it: correlated coins in the lake, and the built-in ema-cross for every market in SHADOW. */
export async function serveHome({ root, home, bars, historyBars }: ServeHomeOptions): Promise<ServeHome> {
  const cli = join(root, 'dist/apps/cli/main.js');
  const made = execFileSync(process.execPath, [cli, 'data', 'synthetic', 'correlated', '--bars', String(bars), '--id', 'coins', '--home', home, '--json'], { encoding: 'utf8' });
  const { datasets } = JSON.parse(made) as { readonly datasets: readonly { readonly id: string; readonly firstTimeMs: number; readonly timeframeMs: number }[] };
  await promotedRegistry(home, builtInVersion(root));
  const [{ firstTimeMs, timeframeMs }] = datasets;
  return { home, cli, datasets: datasets.map(({ id }) => id), historyBars, from: new Date(firstTimeMs + historyBars * timeframeMs).toISOString() };
}

/** What a version must state for the service to load the code of the build. */
export function builtInVersion(root: string): Partial<ModelVersion> {
  const hashes = JSON.parse(readFileSync(join(root, 'dist/strategies/code-hashes.json'), 'utf8')) as Record<string, string>;
  return { strategy: { ...modelVersion().strategy, codeHash: hashes['trend/ema-cross'] }, universe: 'any', memoryBars: 300 };
}

/** Arguments of a service that hears the coins to their end. */
export function serveArguments({ datasets, from, historyBars, home }: ServeHome): string[] {
  const feed = `replay:${datasets.join(',')}?from=${from}&speed=max`;
  return ['serve', '--feed', feed, '--history', String(historyBars), '--home', home, '--until-end', '--port', '0', '--sandbox', '--quiet', '--json'];
}
