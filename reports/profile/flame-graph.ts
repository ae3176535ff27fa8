import { type Html, html, raw } from '../html.ts';
import { type Frame, framesOf } from './frames.ts';
import type { ProfiledCall } from './types.ts';

const ROW = 18;
/** Below this share of the width a name is not legible. */
const LEAST_LABELLED = 0.012;

/** The calls as an icicle: callers above, the longest call first. Every frame is an inner drawing, so that its name is cut at its edge. */
export function flameGraph(root: ProfiledCall): Html {
  const frames = framesOf(root);
  const height = ROW * (1 + Math.max(0, ...frames.map(({ depth }) => depth)));
  return html`<svg class="flame" role="tree" aria-label="Calls of ${root.name}, callers above" height="${height}" data-row="${ROW}">${frames.map((frame) => frameOf(frame, root.totalUs))}</svg>`;
}

function frameOf({ call, room, depth, x, width }: Frame, wholeUs: number): Html {
  const label = width >= LEAST_LABELLED ? html`<text x="3" y="13">${call.name}</text>` : '';
  return html`<svg class="${room}" role="treeitem" tabindex="${depth === 0 ? 0 : -1}" x="${percent(x)}" y="${depth * ROW}" width="${percent(width)}" height="${ROW}" data-x="${digits(x)}" data-w="${digits(width)}" data-d="${depth}"><title>${titleOf(call, wholeUs)}</title><rect width="100%" height="100%"/>${label}</svg>`;
}

/** Name, place, time of its own and in all. */
function titleOf({ name, source, selfUs, totalUs }: ProfiledCall, wholeUs: number): string {
  return `${name}\n${source === null ? '' : `${source}\n`}self ${shareText(selfUs, wholeUs)}, total ${shareText(totalUs, wholeUs)}`;
}

/** `12.4 ms, 3.1 %`. */
export function shareText(us: number, wholeUs: number): string {
  return `${(us / 1000).toFixed(1)} ms (${wholeUs === 0 ? '0.0' : ((100 * us) / wholeUs).toFixed(1)} %)`;
}

function percent(fraction: number): Html {
  return raw(`${(100 * fraction).toFixed(4)}%`);
}

function digits(fraction: number): Html {
  return raw(String(Number(fraction.toFixed(7))));
}
