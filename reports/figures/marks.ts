import type { Encoding, ValueScale } from './axes.ts';
import { xPixel } from './axes.ts';

export interface MarkedValue {
  readonly value: number;
  readonly label: string;
  readonly glyph: string;
}

/** Labels above their values, moved so that they neither leave the panel nor meet. */
export function placeMarks(marks: readonly MarkedValue[], scale: ValueScale, inner: number, fontSize: number): Encoding[] {
  const wanted = marks.map(({ value, label, glyph }) => {
    const text = `${glyph} ${label}`;
    const half = (text.length * fontSize * 0.6) / 2;
    const from = Math.min(scale.hi, Math.max(scale.lo, value));
    return { from, label: text, half, px: Math.min(inner - half + 16, Math.max(half, xPixel(scale, from, inner))) };
  }).sort((a, b) => a.px - b.px);
  for (let i = 1; i < wanted.length; i++) {
    const least = wanted[i - 1].px + wanted[i - 1].half + wanted[i].half + 10;
    if (wanted[i].px < least) {
      wanted[i - 1].px -= (least - wanted[i].px) / 2;
      wanted[i].px = wanted[i - 1].px + wanted[i - 1].half + wanted[i].half + 10;
    }
  }
  let limit = inner + 20;
  for (const mark of wanted.toReversed()) {
    mark.px = Math.min(mark.px, limit - mark.half);
    limit = mark.px - mark.half - 10;
  }
  return wanted;
}

/** Dashed rules through a panel at marked values, their labels above it. */
export function markLayers(placed: readonly Encoding[], x: Encoding, height: number): Encoding[] {
  if (placed.length === 0) return [];
  return [
    { mark: { type: 'rule', color: 'var(--ink)', strokeDash: [2, 2] }, data: { values: placed }, encoding: { x: { ...x, field: 'from' }, y: { value: -4 }, y2: { value: height } } },
    { mark: { type: 'text', baseline: 'bottom', y: -6 }, data: { values: placed }, encoding: { x: { field: 'px', type: 'quantitative', scale: null }, y: { value: -6 }, text: { field: 'label' } } },
  ];
}
