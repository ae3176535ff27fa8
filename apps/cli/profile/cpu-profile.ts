import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function as V8 names it; lines and columns from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** What `--cpu-prof` writes: a tree of calls, and which of its nodes ran at each sample. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface ThreadProfile {
  /** 0 is the main thread. */
  readonly thread: number;
  readonly profile: CpuProfile;
}

/** The profiles of all threads of one process, as node names their files: `CPU.<day>.<time>.<pid>.<thread>.<number>.cpuprofile`. */
export function readProfiles(folder: string, pid: number): ThreadProfile[] {
  const files = readdirSync(folder).flatMap((name) => {
    const [, process, thread] = /^CPU\.\d+\.\d+\.(\d+)\.(\d+)\.\d+\.cpuprofile$/.exec(name) ?? [];
    return Number(process) === pid ? [{ name, thread: Number(thread) }] : [];
  });
  return files.sort((a, b) => a.thread - b.thread).map(({ name, thread }) => ({ thread, profile: JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile }));
}
