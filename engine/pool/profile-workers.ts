import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

/*
 * Preloaded by `assay profile` as `profile-workers.js?folder=…&interval=…`: every worker thread that starts after it writes its CPU profile into
 * that folder. A worker is started with flags of its own, so that those of the process do not reach it.
 */
const { searchParams } = new URL(import.meta.url);
const flags = ['--cpu-prof', `--cpu-prof-dir=${searchParams.get('folder') ?? '.'}`, `--cpu-prof-interval=${searchParams.get('interval') ?? '1000'}`];

class ProfiledWorker extends workerThreads.Worker {
  constructor(filename: string | URL, options: workerThreads.WorkerOptions = {}) {
    super(filename, { ...options, execArgv: [...(options.execArgv ?? []), ...flags] });
  }
}

workerThreads.Worker = ProfiledWorker;
syncBuiltinESMExports();
