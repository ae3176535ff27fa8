import type { SimulationBuffers, TradeNumber } from '../../engine/simulate/index.ts';
import type { PeerRun } from './python-peers.ts';

const TOLERANCE = 1e-9;
const COMPARED: readonly TradeNumber[] = ['entryBar', 'exitBar', 'qtyBase', 'entryPrice', 'exitPrice'];

/** Every closed trade and the final equity, relative to their size. */
export function requireAgreement(who: string, { equity, trades }: SimulationBuffers, peer: PeerRun): void {
  const count = peer.trades.length / COMPARED.length;
  if (trades.length !== count) throw new Error(`${who} differ: ${trades.length} and ${count} trades`);
  COMPARED.forEach((name, c) => {
    trades.column(name).forEach((value, i) => requireClose(`${who}, ${name} of trade ${i}`, value, peer.trades[i * COMPARED.length + c]));
  });
  requireClose(`${who}, final equity`, equity[equity.length - 1], peer.finalEquity);
}

function requireClose(what: string, ours: number, theirs: number): void {
  if (!(Math.abs(ours - theirs) <= TOLERANCE * Math.abs(theirs))) throw new Error(`${what} differ: ${ours} and ${theirs}`);
}
