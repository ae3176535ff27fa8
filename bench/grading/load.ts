// What the live service bears: reads, clients of its stream, closes of many markets, and its memory.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ClientsOptions, followAll } from './load/clients.ts';
import { closes, reads, served, stream } from './load/measures.ts';
import { type Memory, memory } from './load/memory.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'reads;stream;closes;memory' }, symbols: { type: 'string', default: '500' }, clients: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '180' }, out: { type: 'string' }, role: { type: 'string', default: 'all' }, options: { type: 'string', default: '{}' },
  },
});
const SERVED_SYMBOLS = 20;

async function measured(folder: string): Promise<object> {
  const only = values.only.split(';');
  const results: Record<string, unknown> = {};
  const keep = (name: string, result: object | readonly object[]): void => {
    results[name] = result;
    console.log(name);
    console.table(result);
  };
  if (only.includes('closes')) keep('closes', [await closes(join(folder, 'closes'), Number(values.symbols))]);
  if (only.includes('reads') || only.includes('stream')) {
    const server = await served(join(folder, 'served'), SERVED_SYMBOLS, Number(values.clients));
    if (only.includes('reads')) keep('reads', [await reads(server, 1, null), await reads(server, 50, null), await reads(server, 200, null), await reads(server, 20, 200)]);
    if (only.includes('stream')) keep('stream', [await stream(server, Number(values.clients), SERVED_SYMBOLS)]);
    await server.close();
  }
  if (only.includes('memory')) {
    const { thirdsMb, ...rest } = await inChild<Memory>('memory', { home: join(folder, 'memory'), symbols: SERVED_SYMBOLS, seconds: Number(values.seconds) });
    keep('memory', [rest]);
    keep('memory by thirds, MB', thirdsMb);
  }
  return results;
}

function inChild<T>(role: string, options: object): Promise<T> {
  const child = fork(process.argv[1], ['--role', role, '--options', JSON.stringify(options)]);
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as T));
    child.once('exit', (code) => reject(new Error(`${role} ended with ${code}`)));
  });
}

const options = JSON.parse(values.options) as unknown;
if (values.role === 'clients') await followAll(options as ClientsOptions);
else if (values.role === 'memory') {
  const { home, symbols, seconds } = options as { readonly home: string; readonly symbols: number; readonly seconds: number };
  process.send?.(await memory(home, symbols, seconds));
  process.disconnect();
} else {
  const folder = mkdtempSync(join(tmpdir(), 'assay-load-'));
  try {
    const results = await measured(folder);
    if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(results, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
