import type { Argv } from 'yargs';
import { requireInput } from '../../engine/index.ts';
import type { LedgerOptions } from '../../workbench/index.ts';
import type { Context } from './context.ts';
import { note, warning } from './output.ts';

export interface LedgerArguments {
  readonly claim?: string;
  readonly replay?: boolean;
}

/** Whether and for what a study counts in the trial ledger. */
export function ledgerOptions<T>(yargs: Argv<T>) {
  const group = 'Trial ledger:';
  return yargs
    .option('claim', { type: 'string', describe: 'Family within which trials are counted [<strategy> on <symbols> <timeframe>]', group })
    .option('replay', { type: 'boolean', default: false, describe: 'Repeats what is known: recorded and not counted [where CI=true]', group });
}

/**
 * The ledger of this home; says once that a replay does not count.
 *
 * throws  InputError `claim-invalid`
 */
export function ledgerOf({ claim, replay }: LedgerArguments, { home, quiet }: Context): LedgerOptions {
  if (claim !== undefined) requireInput(claim.trim() !== '', 'claim-invalid', '--claim', 'a name', claim);
  const isReplay = replay === true || process.env.CI === 'true';
  if (isReplay && !quiet) note(`replay${replay === true ? '' : ' (CI=true)'}: recorded in the trial ledger, not counted as trials`);
  return { home, claim, origin: isReplay ? 'replay' : 'research', onNotice: (text) => note(warning(text)) };
}
