import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { formatDuration, InputError, unknownName } from '../../../engine/index.ts';
import type { AlertMessage, AlertRule, ChannelItem, FiredAlert } from '../../../grading/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { faint, minute, note, number, print, printJson, table } from '../output.ts';

interface CheckArguments extends GlobalArguments { readonly file: string }
interface TestArguments extends GlobalArguments { readonly channel: string }
interface ItemsArguments extends GlobalArguments { readonly last: number; readonly channel?: string }
interface RetryArguments extends GlobalArguments { readonly ids?: readonly string[]; readonly all: boolean }

const QUEUES = 'alerts';

const list: CommandModule<object, GlobalArguments> = {
  command: 'list',
  describe: 'The rules in force, and the channels',
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const { readAlertsOf } = await import('../../../grading/index.ts');
    const { rules, channels } = readAlertsOf(home);
    // A channel is shown by its type alone: its address may be the secret.
    const shown = Object.entries(channels).map(([name, { type }]) => ({ name, type }));
    if (json) printJson({ rules, channels: shown });
    else printRules(rules, shown);
  },
};

const check: CommandModule<object, CheckArguments> = {
  command: 'check <file>',
  describe: 'Whether a file of rules and channels is right; names line, key and value where it is not',
  builder: (yargs) => yargs.positional('file', { type: 'string', demandOption: true, describe: 'YAML or JSON' }) as never,
  handler: async ({ file, json }) => {
    const { readAlertsFile } = await import('../../../grading/index.ts');
    const { rules, channels } = readAlertsFile(file);
    const result = { file, rules: rules.length, channels: Object.keys(channels).length };
    if (json) printJson(result);
    else print(`${number(result.rules, 0)} rules and ${number(result.channels, 0)} channels, all right`);
  },
};

const schema: CommandModule<object, GlobalArguments> = {
  command: 'schema',
  describe: 'JSON Schema of alerts.yaml',
  handler: async () => {
    const { alertsJsonSchema } = await import('../../../grading/index.ts');
    printJson(alertsJsonSchema());
  },
};

const test: CommandModule<object, TestArguments> = {
  command: 'test <channel>',
  describe: 'Send one alert through a channel, at once and without the queue; ends with 4 where it does not arrive',
  builder: (yargs) => yargs.positional('channel', { type: 'string', demandOption: true, describe: 'Name of a channel of alerts.yaml' }) as never,
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const { readAlertsOf, createChannels } = await import('../../../grading/index.ts');
    const { channels: configs } = readAlertsOf(home);
    if (!Object.hasOwn(configs, args.channel)) throw unknownName('channel-unknown', 'channel', args.channel, Object.keys(configs));
    const { channels: [channel] } = createChannels({ [args.channel]: configs[args.channel] }, { env: process.env, folder: home, onMessage: printMessage });
    const nowMs = Date.now();
    const result = await channel.send({ deliveryId: `test-${nowMs}`, alerts: [testAlert(args.channel, nowMs)] }, nowMs);
    if (json) printJson({ channel: args.channel, type: channel.type, ...result });
    if (!result.isSent) throw new GateFailure(`${args.channel} ${result.error}`);
    if (!json) print(`sent through ${args.channel}${result.detail === null ? '' : `: ${result.detail}`}`);
  },
};

const history: CommandModule<object, ItemsArguments> = {
  command: 'history',
  describe: 'Alerts on their way and sent, the last ones last',
  builder: (yargs) => itemOptions(yargs) as never,
  handler: async (args) => showItems(args, () => true),
};

const deadLetters: CommandModule<object, ItemsArguments> = {
  command: 'dead-letters',
  describe: 'Alerts that no attempt could deliver',
  builder: (yargs) => itemOptions(yargs) as never,
  handler: async (args) => showItems(args, ({ state }) => state === 'dead'),
};

const retry: CommandModule<object, RetryArguments> = {
  command: 'retry [ids..]',
  describe: 'Put dead letters back and try them at once; while the service runs, it must be asked instead',
  builder: (yargs) =>
    yargs
      .positional('ids', { type: 'string', array: true, describe: 'Ids of dead letters' })
      .option('all', { type: 'boolean', default: false, describe: 'All of them' }) as never,
  handler: async (args) => {
    const { home, json } = await contextOf(args);
    const ids = args.ids ?? [];
    if (args.all === (ids.length > 0)) throw new InputError('arguments-invalid', `retry must have ids of dead letters or --all, was ${args.all ? 'both' : 'neither'}`);
    const { createChannels, createDelivery, readAlertsOf } = await import('../../../grading/index.ts');
    const { channels, policyOf } = createChannels(readAlertsOf(home).channels, { env: process.env, folder: home, onMessage: printMessage });
    const delivery = createDelivery({ folder: join(home, QUEUES), channels, policyOf, clock: { nowMs: Date.now }, onNotice: note });
    const retried = delivery.retry(args.all ? null : ids);
    await delivery.settled();
    const items = delivery.history().filter(({ id }) => retried.includes(id));
    await delivery.close();
    const unknown = ids.find((id) => !retried.includes(id));
    if (unknown !== undefined) throw unknownName('dead-letter-unknown', 'id', unknown, delivery.deadLetters().map(({ id }) => id));
    if (json) printJson(items);
    else printItems(items);
  },
};

export const alertsCommand: CommandModule<object, object> = {
  command: 'alerts <command>',
  describe: 'Rules of alerts, their channels and what became of them: list, check, schema, test, history, dead-letters, retry',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(check)
      .command(schema)
      .command(test)
      .command(history)
      .command(deadLetters)
      .command(retry)
      .demandCommand(1, 'alerts needs a command: list, check, schema, test, history, dead-letters or retry')
      .example('assay alerts check .assay/alerts.yaml', 'is it right?')
      .example('assay alerts test desk', 'does it arrive?'),
  handler: () => undefined,
};

function itemOptions(yargs: import('yargs').Argv) {
  return yargs
    .option('last', { type: 'number', default: 30, describe: 'So many at most' })
    .option('channel', { type: 'string', describe: 'Of this channel only' });
}

async function showItems(args: ItemsArguments, keeps: (item: ChannelItem) => boolean): Promise<void> {
  const { home, json } = await contextOf(args);
  const { readOutboxes } = await import('../../../grading/index.ts');
  const queues = readOutboxes(join(home, QUEUES));
  if (args.channel !== undefined && !queues.has(args.channel)) throw unknownName('channel-unknown', 'channel', args.channel, [...queues.keys()]);
  const items = [...queues]
    .flatMap(([channel, { items: all }]) => (args.channel === undefined || channel === args.channel ? [...all.values()].map((item) => ({ channel, ...item })) : []))
    .filter(keeps)
    .sort((a, b) => a.seq - b.seq)
    .slice(-Math.max(1, Math.trunc(args.last)));
  if (json) printJson(items);
  else printItems(items);
}

function printRules(rules: readonly AlertRule[], channels: readonly { readonly name: string; readonly type: string }[]): void {
  print(table(
    ['rule', 'when', 'scope', 'severity', 'cooldown', 'channels'],
    rules.map(({ id, when, scope, severity, cooldownMs, channels: to }) => [id, when, shortened(scope.join(', ')), severity, cooldownMs === 0 ? '—' : formatDuration(cooldownMs), shortened(to.join(', '))]),
    6,
  ));
  print(faint(channels.length === 0 ? 'no channels: alerts are written into the journal only' : `channels: ${channels.map(({ name, type }) => `${name} (${type})`).join(', ')}`));
}

function printItems(items: readonly ChannelItem[]): void {
  if (items.length === 0) {
    print('none');
    return;
  }
  print(table(
    ['id', 'channel', 'queued', 'state', 'attempts', 'alert', 'note'],
    items.map(({ id, channel, queuedMs, state, attempts, alert, note: why }) => [id, channel, minute(queuedMs), state, number(attempts, 0), shortened(alert.text.split('\n')[0]), shortened(why ?? '')]),
    7,
  ));
}

function printMessage({ alerts }: AlertMessage): void {
  for (const { severity, text } of alerts) note(`[${severity}] ${text}`);
}

function testAlert(channel: string, nowMs: number): FiredAlert {
  return {
    key: `test|${channel}|${nowMs}`, ruleId: 'test', subject: 'report', severity: 'info', scope: 'test', asOfMs: nowMs, value: null, threshold: null,
    text: `A test of channel ${channel}: nothing has happened.`, channels: [channel], facts: {},
  };
}

function shortened(text: string): string {
  return text.length <= 32 ? text : `${text.slice(0, 31)}…`;
}
