import type { ProfiledCall, ProfileReport } from '../../../reports/index.ts';
import type { CallFrame, CpuProfile, ThreadProfile } from './cpu-profile.ts';

/** A call while samples are counted. */
interface Call extends Pick<ProfiledCall, 'name' | 'source'> {
  selfUs: number;
  readonly calls: Map<string, Call>;
}

/** A function's name and place in the sources. */
export type Namer = (frame: CallFrame) => Pick<ProfiledCall, 'name' | 'source'>;

/** The calls of all threads: the main thread's, and those of all workers as one. */
export function callTree(threads: readonly ThreadProfile[], nameOf: Namer): Pick<ProfileReport, 'root' | 'threads' | 'idleUs'> {
  const root = call('all threads', null);
  let idleUs = 0;
  const workers = threads.filter(({ thread }) => thread > 0).length;
  for (const { thread, profile } of threads) {
    const top = below(root, thread === 0 ? 'main thread' : `${workers} worker thread${workers === 1 ? '' : 's'}`, null);
    idleUs += add(top, profile, nameOf);
  }
  return { root: summed(root), threads: threads.length, idleUs };
}

const ROOT = '(root)';
/** Nothing to do, as V8 calls it, and as a worker of the pool waits for its next task. */
const IDLE = ['(idle)', 'atomicsWaitLoop'];
/** The loader calls itself again and again: one frame stands for a row of its functions. */
const LOADER = 'node:internal/modules/';

/** Adds the samples of a thread below a call; returns the time in which it was idle. */
function add(top: Call, { nodes, samples, timeDeltas }: CpuProfile, nameOf: Namer): number {
  const calls = callsOf(top, nodes, nameOf);
  let idleUs = 0;
  samples.forEach((id, i) => {
    const lastedUs = Math.max(0, timeDeltas[i + 1] ?? 0); // until the sample after it
    const ran = calls.get(id);
    if (ran === undefined) idleUs += lastedUs;
    else ran.selfUs += lastedUs;
  });
  return idleUs;
}

/** The call of every node of a profile; idle nodes have none. */
function callsOf(top: Call, nodes: CpuProfile['nodes'], nameOf: Namer): Map<number, Call> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const calls = new Map<number, Call>();
  const children = new Set(nodes.flatMap((node) => node.children ?? []));
  const open = nodes.filter(({ id }) => !children.has(id)).map(({ id }) => ({ id, parent: top }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = byId.get(next.id);
    if (node === undefined || IDLE.includes(node.callFrame.functionName)) continue;
    const isRoot = node.callFrame.functionName === ROOT;
    const own = isRoot ? next.parent : calledBy(next.parent, node.callFrame, nameOf);
    calls.set(next.id, own);
    for (const child of node.children ?? []) open.push({ id: child, parent: own });
  }
  return calls;
}

function calledBy(parent: Call, frame: CallFrame, nameOf: Namer): Call {
  if (frame.url.startsWith(LOADER)) return parent.source === LOADER ? parent : below(parent, '(module loader)', LOADER);
  const { name, source } = nameOf(frame);
  return below(parent, name, source);
}

/** With the time of all that it calls. */
function summed({ name, source, selfUs, calls }: Call): ProfiledCall {
  const called = [...calls.values()].map(summed);
  return { name, source, selfUs, totalUs: called.reduce((sum, { totalUs }) => sum + totalUs, selfUs), calls: called };
}

function below(parent: Call, name: string, source: string | null): Call {
  const key = keyOf(name, source);
  const known = parent.calls.get(key) ?? call(name, source);
  parent.calls.set(key, known);
  return known;
}

function call(name: string, source: string | null): Call {
  return { name, source, selfUs: 0, calls: new Map() };
}

function keyOf(name: string, source: string | null): string {
  return `${name}\n${source ?? ''}`;
}
