import { groupedCount } from '../core/index.ts';
import { whatOf } from './messages.ts';
import type { CausalityProof } from './types.ts';

/** Share of decisions that a longer history may change. source  grading.md, G3 */
const FORGOTTEN = 0.001;

/** What was proved, in one line: `no look-ahead: 24 cuts, 3 120 decisions unchanged`. */
export function causalityWords({ cuts, compared, leaks }: CausalityProof): string {
  if (leaks.length > 0) return `look-ahead in ${leaks.map(({ subject, name }) => `${subject === 'decision' ? 'decisions' : whatOf(subject)} (${name})`).join(', ')}`;
  if (compared === 0) return 'look-ahead not tested: too few bars after the warm-up';
  return `no look-ahead: ${cuts} cut${cuts === 1 ? '' : 's'}, ${groupedCount(compared)} decisions unchanged`;
}

/** Every leak, loud: they stand before all other warnings. */
export function leakWarnings({ leaks }: CausalityProof): string[] {
  return leaks.map(({ message }) => `LOOK-AHEAD, no figure can be trusted: ${message}`);
}

/** A warm-up that is declared too short. */
export function warmupWarnings({ warmup: { compared, changed } }: CausalityProof): string[] {
  if (changed <= FORGOTTEN * compared) return [];
  return [`the warm-up is declared too short: ${groupedCount(changed)} of ${groupedCount(compared)} decisions after it changed with a longer history`];
}
