import { BAR_CASES } from './by-hand-bars.ts';
import { GROUP_CASES } from './by-hand-groups.ts';
import { LIFE_CASES } from './by-hand-life.ts';
import { ORDER_CASES } from './by-hand-orders.ts';
import type { ByHand } from './by-hand-types.ts';

/** The sentences of docs/execution.md, each on a few bars: for whoever implements them. */
export const BY_HAND: readonly ByHand[] = [...ORDER_CASES, ...GROUP_CASES, ...LIFE_CASES, ...BAR_CASES];
