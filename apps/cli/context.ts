import { join } from 'node:path';
import { type Config, readConfig } from './config.ts';

/** Options of every command. */
export interface GlobalArguments {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly home?: string;
  readonly config?: string;
}

/** Where a command reads and writes, and how it speaks. */
export interface Context {
  readonly config: Config;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly home: string;
  readonly lakeDir: string;
  readonly runsDir: string;
  readonly sweepsDir: string;
  readonly screensDir: string;
  readonly cacheDir: string;
}

export async function contextOf(args: GlobalArguments): Promise<Context> {
  const config = await readConfig(args.config);
  const home = args.home ?? process.env.ASSAY_HOME ?? config.home ?? '.assay';
  return {
    config,
    json: args.json,
    quiet: args.quiet,
    home,
    lakeDir: join(home, 'lake'),
    runsDir: join(home, 'artefacts'),
    sweepsDir: join(home, 'sweeps'),
    screensDir: join(home, 'screens'),
    cacheDir: join(home, 'cache'),
  };
}
