import cliProgress from 'cli-progress';
import { note } from './output.ts';

export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** A bar with rate and time left on a terminal's stderr, a line a tenth elsewhere, nothing when quiet. */
export function progressBar(label: string, unit: string, quiet: boolean): Progress {
  if (quiet) return SILENT;
  return process.stderr.isTTY ? terminalBar(label, unit) : lines(label, unit);
}

function terminalBar(label: string, unit: string): Progress {
  const startMs = performance.now();
  const bar = new cliProgress.SingleBar(
    { format: `${label} {bar} {percentage} %  {value}/{total} ${unit}  {rate}/s  {eta_formatted} left`, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.rect,
  );
  let started = false;
  return {
    update(done, total) {
      const rate = Math.round((1000 * done) / Math.max(1, performance.now() - startMs)).toLocaleString('en');
      if (!started) bar.start(total, done, { rate });
      else bar.update(done, { rate });
      started = true;
    },
    stop: () => bar.stop(),
  };
}

function lines(label: string, unit: string): Progress {
  let tenth = 0;
  return {
    update(done, total) {
      const now = Math.floor((10 * done) / Math.max(1, total));
      if (now > tenth) note(`${label}: ${done} of ${total} ${unit}`);
      tenth = Math.max(tenth, now);
    },
    stop: () => undefined,
  };
}

/** One bar after another, for work in stages. */
export function stageBars(quiet: boolean): { readonly update: (stage: string, done: number, total: number) => void; readonly stop: () => void } {
  let current = '';
  let bar = SILENT;
  return {
    update: (stage, done, total) => {
      if (stage !== current) {
        bar.stop();
        bar = progressBar(stage, '', quiet);
        current = stage;
      }
      bar.update(done, total);
    },
    stop: () => bar.stop(),
  };
}
