import type { ProfiledCall } from './types.ts';

/** Whose code a function is. */
export const ROOMS = ['engine', 'strategy', 'assay', 'package', 'node', 'native'] as const;
export type Room = (typeof ROOMS)[number];

/** A call as a rectangle; place and width as fractions of the whole. */
export interface Frame {
  readonly call: ProfiledCall;
  readonly room: Room;
  readonly depth: number;
  readonly x: number;
  readonly width: number;
}

/** Narrower frames are left out: a fraction of the whole. */
const LEAST_WIDTH = 0.0005;

/** Rectangles of a tree of calls, parents before children, the longest call first. */
export function framesOf(root: ProfiledCall): readonly Frame[] {
  const frames: Frame[] = [];
  const place = (call: ProfiledCall, depth: number, x: number): void => {
    const width = root.totalUs === 0 ? 0 : call.totalUs / root.totalUs;
    if (width < LEAST_WIDTH) return;
    frames.push({ call, room: roomOf(call), depth, x, width });
    let at = x;
    for (const one of [...call.calls].sort((a, b) => b.totalUs - a.totalUs)) {
      place(one, depth + 1, at);
      at += one.totalUs / root.totalUs;
    }
  };
  place(root, 0, 0);
  return frames;
}

const OWN = /^(datasets|workbench|reports|grading|apps|index)\b/;

export function roomOf({ source }: Pick<ProfiledCall, 'source'>): Room {
  if (source === null) return 'native';
  if (source.startsWith('node:')) return 'node';
  if (source.startsWith('engine/')) return 'engine';
  if (OWN.test(source)) return 'assay';
  return source.startsWith('strategies/') || source.startsWith('.') || source.startsWith('/') ? 'strategy' : 'package';
}

/** Self time of every function over all paths, most first. */
export function selfTimes(root: ProfiledCall): readonly Pick<ProfiledCall, 'name' | 'source' | 'selfUs'>[] {
  const byFunction = new Map<string, Pick<ProfiledCall, 'name' | 'source' | 'selfUs'>>();
  const visit = ({ name, source, selfUs, calls }: ProfiledCall): void => {
    const key = `${name}\n${source ?? ''}`;
    if (selfUs > 0) byFunction.set(key, { name, source, selfUs: selfUs + (byFunction.get(key)?.selfUs ?? 0) });
    calls.forEach(visit);
  };
  visit(root);
  return [...byFunction.values()].sort((a, b) => b.selfUs - a.selfUs);
}
