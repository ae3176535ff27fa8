import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readOutboxes } from '../../../../grading/index.ts';
import { alertEntry, START_MS } from '../../../support/alert-entries.ts';
import { httpReceiver } from '../../../support/http-receiver.ts';
import { CLI } from '../../../support/run-cli.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const GRADING = pathToFileURL(join(CLI, '../../../grading/index.js')).href;

/** A process that delivers to a webhook until it is killed, or has nothing left to do. */
function sender(folder: string, url: string, offered: number): ChildProcess {
  const entries = Array.from({ length: offered }, (_, i) => alertEntry(i + 1));
  const code = `
    import { createDelivery, webhookChannel } from ${JSON.stringify(GRADING)};
    const desk = webhookChannel({ name: 'desk', url: ${JSON.stringify(url)}, secret: 'secret', timeoutMs: 5000, secrets: { redact: (text) => text } });
    const delivery = createDelivery({ folder: ${JSON.stringify(folder)}, channels: [desk], clock: { nowMs: () => ${START_MS} + performance.now() }, policy: { firstDelayMs: 40, maxDelayMs: 40, maxAttempts: 100 } });
    delivery.offer(${JSON.stringify(entries)}.filter(({ seq }) => seq > delivery.cursor));
    const end = setInterval(() => {
      if (delivery.status()[0].waiting > 0) return;
      clearInterval(end);
      delivery.close();
    }, 5);`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'inherit', 'inherit'] });
}

describe('a process that is killed', () => {
  it('between attempts is followed by one that delivers the rest, each alert under its own id', async () => {
    const folder = temporaryFolder();
    const accepted: string[] = [];
    let child: ChildProcess | null = null;
    let kills = 0;
    // Every third request fails; at some of them the sender is killed while it waits for the answer, or after it.
    const { url, received } = await httpReceiver(({ headers }, count) => {
      if (count % 3 === 0) {
        if (count % 6 === 0 && kills < 2) {
          kills++;
          child?.kill('SIGKILL');
        }
        return { status: 500 };
      }
      accepted.push(String(headers['x-assay-delivery']));
      return { status: 200 };
    });
    let runs = 0;
    for (let code: number | null = null; code !== 0 && runs < 10; runs++) {
      child = sender(folder, url, 12);
      [code] = (await once(child, 'exit')) as [number | null];
    }
    expect([kills, runs]).toEqual([2, 3]);
    const { items } = readOutboxes(folder).get('desk') ?? { items: new Map<string, never>() };
    expect([...items.values()].map(({ seq, state }) => [seq, state])).toEqual(Array.from({ length: 12 }, (_, i) => [i + 1, 'sent']));
    // Kills fell on requests that failed, so none was both accepted and not recorded.
    expect(accepted.toSorted()).toEqual([...items.keys()].toSorted());
    expect(received.length).toBeGreaterThan(12);
  });
});
