import type { GateId } from '../../../engine/index.ts';
import { type NumberKind, TEXT_OF } from '../../datum.ts';
import { MINUS } from '../../format.ts';

/** How the main number of a gate is written. */
const KINDS: Readonly<Record<GateId, NumberKind>> = {
  G0: 'count', G1: 'count', G1b: 'ratio', G2: 'percent', G3: 'percent', G4: 'count', G5: 'ratio', G6: 'percent', G7: 'probability', G8: 'percent', G9: 'ratio', G10: 'percent',
  G11: 'percent', G12: 'ratio', G13: 'probability', G14: 'percent', G15: 'ratio', G16: 'percent', G17: 'probability',
};

export function gateValue(id: GateId, value: number): string {
  return TEXT_OF[KINDS[id]](value);
}

/** A gate's margin, with its sign. */
export function gateMargin(id: GateId, margin: number): string {
  const text = TEXT_OF[KINDS[id]](margin);
  return margin > 0 && !text.startsWith('<') ? `+${text}` : text;
}

/** A sentence of the engine with the minus signs and the words that people read. */
export function readable(text: string): string {
  return text.replaceAll(/(?<![\w.])-(?=\d)/g, MINUS).replaceAll(/\bundefined\b/g, 'not defined');
}

/** With a capital and a full stop. */
export function sentence(text: string): string {
  const isIdentifier = /^[a-z]+[A-Z_\d]/.test(text);
  const upper = readable(isIdentifier ? text : text[0].toUpperCase() + text.slice(1));
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}
