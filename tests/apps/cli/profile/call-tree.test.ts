import { describe, expect, it } from 'vitest';
import { callTree } from '../../../../apps/cli/profile/call-tree.ts';
import type { CallFrame, CpuProfile } from '../../../../apps/cli/profile/cpu-profile.ts';
import type { ProfiledCall } from '../../../../reports/index.ts';

const frame = (functionName: string, url = ''): CallFrame => ({ functionName, url, lineNumber: 0, columnNumber: 0 });
const nameOf = ({ functionName, url }: CallFrame) => ({ name: functionName, source: url === '' ? null : url });

/** root → a → b, root → a → c → b, and idle time. */
const PROFILE: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 6] },
    { id: 2, callFrame: frame('a', 'a.ts'), children: [3, 4] },
    { id: 3, callFrame: frame('b', 'b.ts') },
    { id: 4, callFrame: frame('c', 'c.ts'), children: [5] },
    { id: 5, callFrame: frame('b', 'b.ts') },
    { id: 6, callFrame: frame('(idle)') },
  ],
  samples: [2, 3, 3, 5, 6, 4],
  timeDeltas: [0, 10, 20, 30, 40, 50],
};

const find = ({ calls }: ProfiledCall, ...path: readonly string[]): ProfiledCall => {
  const [name, ...rest] = path;
  const found = calls.find((one) => one.name === name) ?? expect.unreachable(`${name} is not called`);
  return rest.length === 0 ? found : find(found, ...rest);
};

describe('a tree of calls', () => {
  it('gives a sample the time until the next, and leaves idle time out', () => {
    const { root, threads, idleUs } = callTree([{ thread: 0, profile: PROFILE }], nameOf);
    expect({ threads, idleUs, total: root.totalUs }).toEqual({ threads: 1, idleUs: 50, total: 100 });
    expect(find(root, 'main thread', 'a')).toMatchObject({ selfUs: 10, totalUs: 100 });
    expect(find(root, 'main thread', 'a', 'b')).toMatchObject({ selfUs: 50, totalUs: 50 });
    expect(find(root, 'main thread', 'a', 'c', 'b')).toMatchObject({ selfUs: 40, totalUs: 40 });
  });

  it('adds all workers up beside the main thread', () => {
    const { root } = callTree([0, 1, 2].map((thread) => ({ thread, profile: PROFILE })), nameOf);
    expect(root.calls.map(({ name, totalUs }) => [name, totalUs])).toEqual([['main thread', 100], ['2 worker threads', 200]]);
    expect(find(root, '2 worker threads', 'a', 'b').selfUs).toBe(100);
  });

  it('takes functions of the module loader that call one another as one', () => {
    const loader = (name: string): CallFrame => frame(name, 'node:internal/modules/esm/loader');
    const nodes = [
      { id: 1, callFrame: frame('(root)'), children: [2] }, { id: 2, callFrame: loader('load'), children: [3] }, { id: 3, callFrame: loader('link'), children: [4] },
      { id: 4, callFrame: frame('top', 'a.ts') },
    ];
    const { root } = callTree([{ thread: 0, profile: { nodes, samples: [2, 3, 4, 4], timeDeltas: [0, 1, 2, 4] } }], nameOf);
    expect(find(root, 'main thread', '(module loader)')).toMatchObject({ selfUs: 3, totalUs: 7 });
    expect(find(root, 'main thread', '(module loader)', 'top')).toMatchObject({ source: 'a.ts', selfUs: 4 });
  });
});
