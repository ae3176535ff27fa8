import { spawn } from 'node:child_process';
import { InvariantError } from '../../../engine/index.ts';
import type { Size } from '../case.ts';
import type { BenchResults } from '../results.ts';

export interface RoundOptions {
  /** The command line, to start it again. */
  readonly cli: string;
  readonly size: Size;
  readonly repeats: number;
  readonly slowPercent: number;
  readonly golden: string | null;
}

/** The cases measured in processes of their own, one after another: a process compiles its code once, and not always alike. */
export async function measureRounds(names: readonly string[], rounds: number, options: RoundOptions): Promise<BenchResults[]> {
  const results: BenchResults[] = [];
  for (let i = 0; i < rounds; i++) results.push(await oneRound(names, options));
  return results;
}

async function oneRound(names: readonly string[], { cli, size, repeats, slowPercent, golden }: RoundOptions): Promise<BenchResults> {
  const args = [cli, 'bench', '--only', names.join(','), '--repeats', String(repeats), '--json', '--quiet', '--alone', '--slow', String(slowPercent)];
  if (size === 'quick') args.push('--quick');
  if (golden !== null) args.push('--golden', golden);
  const { code, stdout, stderr } = await run(args);
  if (code === 0 || code === 4) return JSON.parse(stdout) as BenchResults;
  throw new InvariantError('bench-round-failed', `a round of measurements ended with ${code}: ${stderr.trim()}`);
}

async function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.stderr += part));
  const code = await new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  return { code, ...text };
}
