import type { Argv } from 'yargs';
import type { WalkForwardRequest } from '../../workbench/index.ts';

export interface WindowArguments {
  readonly train: string;
  readonly test: string;
  readonly purge: string;
  readonly step?: string;
  readonly anchored: boolean;
  readonly keepShort: boolean;
}

/** Train and test windows of a walk-forward. */
export function windowOptions<T>(yargs: Argv<T>) {
  const group = 'Windows:';
  return yargs
    .option('train', { type: 'string', default: '365d', describe: 'Length of a train window', group })
    .option('test', { type: 'string', default: '90d', describe: 'Length of a test window', group })
    .option('purge', { type: 'string', default: '0', describe: 'Gap between train and test: the label horizon', group })
    .option('step', { type: 'string', describe: 'Distance between test windows [the test length]', group })
    .option('anchored', { type: 'boolean', default: false, describe: 'Every train window begins at the first bar', group })
    .option('keep-short', { type: 'boolean', default: false, describe: 'Keep a last test window that is shorter', group });
}

export function windowsOf({ anchored, train, test, purge, step, keepShort }: WindowArguments): WalkForwardRequest['windows'] {
  return { kind: anchored ? 'anchored' : 'rolling', train, test, purge, step, keepShort };
}
