import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Workers, user strategies and the command line always run built files, so the tests build them first. */
export default function buildOnce(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
}
