import type { IntrabarPolicy } from '../simulate/index.ts';
import type { Seat } from './seat.ts';
import { chooseAndWalk } from './two-paths.ts';

/** Step 3 and 4 of a bar: funding due inside it, and the path that the policy believes; true where the bar is ambiguous. */
export function settleInside(seat: Seat, intrabar: IntrabarPolicy): boolean {
  const { world } = seat;
  const due = seat.funding === null ? null : seat.interiorFunding();
  const hasDue = due !== null && (due.receipts !== 0 || due.payments !== 0);
  if (hasDue && intrabar !== 'optimistic') seat.carry(due.payments, 'funding');
  if (hasDue && intrabar !== 'pessimistic') seat.carry(due.receipts, 'funding');
  if (world.orders.length === 0 && world.ledger.qty === 0) return false;
  if (!seat.isReached()) {
    if (hasDue) payHeldBack(seat, due, intrabar);
    return false;
  }
  const walked = chooseAndWalk(seat, intrabar);
  for (const hit of walked.hits) world.observer?.(hit);
  adopt(seat, walked.world);
  const isMoved = walked.hits.length > 0;
  if (hasDue && !isMoved) payHeldBack(seat, due, intrabar);
  return walked.isAmbiguous || (hasDue && isMoved);
}

/** What the policy held back until it was sure that no fill inside the bar changed the quantity. */
function payHeldBack(seat: Seat, due: { readonly receipts: number; readonly payments: number }, intrabar: IntrabarPolicy): void {
  if (intrabar === 'optimistic') seat.carry(due.payments, 'funding');
  if (intrabar === 'pessimistic') seat.carry(due.receipts, 'funding');
}

function adopt(seat: Seat, walked: Seat['world']): void {
  const { world } = seat;
  world.orders = walked.orders;
  world.nextId = walked.nextId;
  world.isProtected = walked.isProtected;
  world.endings.push(...walked.endings);
}
