import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { parseDurationMs } from '../../../engine/index.ts';
import type { KeyInfo, NewKey } from '../../server/keys/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { day, faint, minute, note, print, printJson, table, warning } from '../output.ts';

interface CreateArguments extends GlobalArguments { readonly scopes: string[]; readonly expires?: string; readonly name: string }
interface KeyArguments extends GlobalArguments { readonly id: string }
interface RotateArguments extends KeyArguments { readonly overlap: string }

const ACTOR = 'cli';
const SHORTEST_NAME = 'key';

async function keysOf(args: GlobalArguments) {
  const { home, json, quiet } = await contextOf(args);
  const { createKeyRing, openKeyJournal, openUsage, scopesOf } = await import('../../server/keys/index.ts');
  const folder = join(home, 'keys');
  return { ring: createKeyRing(openKeyJournal(folder), { nowMs: Date.now }), usage: openUsage(folder), scopesOf, json, quiet };
}

const create: CommandModule<object, CreateArguments> = {
  command: 'create',
  describe: 'A new key; it is shown this once and kept as a hash',
  builder: (yargs) =>
    yargs
      .option('scopes', { type: 'string', array: true, demandOption: true, describe: 'grades:read, models:read, models:promote, alerts:write, admin' })
      .option('expires', { type: 'string', describe: 'Life of the key, such as 90d [it does not end]' })
      .option('name', { type: 'string', default: SHORTEST_NAME, describe: 'What it is for' }) as never,
  handler: async (args) => {
    const { ring, scopesOf, json, quiet } = await keysOf(args);
    const lifeMs = args.expires === undefined ? null : parseDurationMs(args.expires, '--expires');
    printNew(ring.create({ name: args.name, scopes: scopesOf(args.scopes), lifeMs, actor: ACTOR }), { json, quiet });
  },
};

const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  describe: 'All keys with their scopes, without their secrets',
  handler: async (args) => {
    const { ring, usage, json } = await keysOf(args);
    const rows = ring.list().map((key) => ({ ...key, lastUsedMs: usage.lastUsedMs(key.keyId) }));
    if (json) printJson(rows);
    else if (rows.length === 0) print('no keys yet: assay keys create --scopes grades:read');
    else print(table(['key', 'name', 'state', 'scopes', 'created', 'expires', 'last used'], rows.map((key) => [key.keyId, key.name, key.state, key.scopes.join(), day(key.createdMs), until(key), lastUse(key.lastUsedMs)]), 99));
  },
};

const rotate: CommandModule<object, RotateArguments> = {
  command: 'rotate <id>',
  describe: 'A new key of the same scopes; the old one goes on for a while',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'The key that is replaced' })
      .option('overlap', { type: 'string', default: '24h', describe: 'How long the old key goes on' }) as never,
  handler: async (args) => {
    const { ring, json, quiet } = await keysOf(args);
    printNew(ring.rotate(args.id, { overlapMs: parseDurationMs(args.overlap, '--overlap'), actor: ACTOR }), { json, quiet });
  },
};

const revoke: CommandModule<object, KeyArguments> = {
  command: 'revoke <id>',
  describe: 'Ends a key at once, in a running server too',
  builder: (yargs) => yargs.positional('id', { type: 'string', demandOption: true, describe: 'The key that ends' }) as never,
  handler: async (args) => {
    const { ring, json, quiet } = await keysOf(args);
    const key = ring.revoke(args.id, ACTOR);
    if (json) printJson(key);
    else if (!quiet) note(`revoked ${key.keyId}`);
  },
};

export const keysCommand: CommandModule<object, object> = {
  command: 'keys <command>',
  describe: 'Keys of the HTTP API: create, list, rotate, revoke',
  builder: (yargs) =>
    yargs
      .command(create)
      .command(list)
      .command(rotate)
      .command(revoke)
      .demandCommand(1, 'keys needs a command: create, list, rotate or revoke')
      .example('assay keys create --scopes grades:read --expires 90d --name dashboard', 'a key that reads grades')
      .example('assay keys rotate 0123456789abcdef --overlap 24h', 'its successor'),
  handler: () => undefined,
};

function printNew({ key, token }: NewKey, { json, quiet }: { readonly json: boolean; readonly quiet: boolean }): void {
  if (json) return printJson({ ...key, token });
  print(token);
  if (!quiet) {
    note(faint(`${key.keyId}  ${key.scopes.join()}  expires ${until(key)}`));
    note(warning('this is the only time that the key is shown'));
  }
  return undefined;
}

function until({ expiresMs }: Pick<KeyInfo, 'expiresMs'>): string {
  return expiresMs === null ? 'never' : minute(expiresMs);
}

function lastUse(ms: number | null): string {
  return ms === null ? 'never' : minute(ms);
}
