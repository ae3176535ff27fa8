import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const CLI = fileURLToPath(new URL('../../dist/apps/cli/main.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in a folder, as a user would. */
export function runCli(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', ...env }, maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** The JSON that a command prints, as the type that the test expects; the test fails with its stderr otherwise. */
export function runCliJson<T = object>(args: readonly string[], cwd: string): T {
  const { code, stdout, stderr } = runCli([...args, '--json', '--quiet'], cwd);
  if (code !== 0) throw new Error(`assay ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
