import type { CommandModule } from 'yargs';
import { unknownName } from '../../../engine/index.ts';
import type { Alias, ModelState, RegisteredModel, Registry } from '../../../grading/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { historyTable, modelText, modelsTable } from '../model-texts.ts';
import { faint, note, print, printJson, warning } from '../output.ts';

interface NameArguments extends GlobalArguments { readonly name: string }
interface ListArguments extends GlobalArguments { readonly state?: string; readonly tag?: string }
interface TransitionArguments extends NameArguments { readonly state: string; readonly reason: string; readonly force: boolean; readonly once?: string }
interface AliasArguments extends NameArguments { readonly alias: string }
interface TagArguments extends NameArguments { readonly tag: string; readonly remove: boolean }

/** Texts only: the lists themselves are loaded with the registry. */
const STATES = 'CANDIDATE, SHADOW, LIVE, WATCH, SUSPENDED or RETIRED';
const NAME = 'tsmom@7 by number, tsmom@champion by alias, tsmom for its last version';

const list: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'Every version with its state, aliases and tags',
  builder: (yargs) =>
    yargs
      .option('state', { type: 'string', describe: `In this state only: ${STATES}` })
      .option('tag', { type: 'string', describe: 'With this tag only' })
      .example('assay models list --state live', 'what is graded for all to see') as never,
  handler: async (args) => {
    const state = args.state === undefined ? undefined : await stateOf(args.state);
    const all = (await opened(args)).registry.models();
    const models = all.filter((model) => (state === undefined || model.state === state) && (args.tag === undefined || model.tags.includes(args.tag)));
    if (args.json) printJson(models);
    else if (all.length === 0) print('no models yet: assay promote registers what a report has proved');
    else print(models.length === 0 ? faint(`none of ${all.length}`) : modelsTable(models));
  },
};

const show: CommandModule<object, NameArguments> = {
  command: 'show <name>',
  describe: 'What a version promised, its gates and its state',
  builder: (yargs) => named(yargs).example('assay models show tsmom@champion', 'the version that holds the alias') as never,
  handler: async (args) => {
    const { registry } = await opened(args);
    const model = registry.get(args.name);
    const version = registry.version(model.key);
    if (args.json) printJson({ model, version });
    else print(modelText(model, version));
  },
};

const history: CommandModule<object, NameArguments> = {
  command: 'history <name>',
  describe: 'What was done with a version: when, by whom and why',
  builder: (yargs) => named(yargs).example('assay models history tsmom@7', 'from its registration on') as never,
  handler: async (args) => {
    const { registry } = await opened(args);
    const entries = registry.history(args.name);
    if (args.json) printJson(entries);
    else print(historyTable(entries));
  },
};

const transition: CommandModule<object, TransitionArguments> = {
  command: 'transition <name> <state>',
  describe: 'Move a version to another state, as the operator',
  builder: (yargs) =>
    named(yargs)
      .positional('state', { type: 'string', demandOption: true, describe: STATES })
      .option('reason', { type: 'string', demandOption: true, describe: 'Why, for whoever reads the history' })
      .option('force', { type: 'boolean', default: false, describe: 'LIVE before 90 days in SHADOW; no one may go beyond the verdict' })
      .option('once', { type: 'string', describe: 'A second transition with the same key does nothing' })
      .example('assay models transition tsmom@7 shadow --reason "gates of policy 1"', 'begin its shadow period')
      .example('assay models transition tsmom@7 retired --reason "replaced by tsmom@8"', 'take it out for good') as never,
  handler: async (args) => {
    const to = await stateOf(args.state);
    await change(args, (registry) => registry.transition(
      { model: args.name, to, reason: args.reason, actor: 'operator', statistic: null, value: null, threshold: null, evidenceSha256: null }, { force: args.force, once: args.once },
    ));
  },
};

const alias: CommandModule<object, AliasArguments> = {
  command: 'alias <name> <alias>',
  describe: 'Give a version an alias, which no other version of the model has then',
  builder: (yargs) =>
    named(yargs)
      .positional('alias', { type: 'string', demandOption: true, describe: 'candidate, shadow, champion or challenger; none takes all from the version' })
      .example('assay models alias tsmom@8 champion', 'tsmom@champion is now tsmom@8') as never,
  handler: async (args) => {
    const { ALIASES } = await import('../../../grading/index.ts');
    if (args.alias !== 'none' && !ALIASES.some((known) => known === args.alias)) throw unknownName('alias-unknown', 'alias', args.alias, [...ALIASES, 'none']);
    await change(args, (registry) => registry.setAlias(args.name, args.alias === 'none' ? null : (args.alias as Alias)));
  },
};

const tag: CommandModule<object, TagArguments> = {
  command: 'tag <name> <tag>',
  describe: 'Give a version a tag, or take it away',
  builder: (yargs) =>
    named(yargs)
      .positional('tag', { type: 'string', demandOption: true, describe: 'Letters, digits or . _ : / -' })
      .option('remove', { type: 'boolean', default: false, describe: 'Take it away' })
      .example('assay models tag tsmom@7 owner:research', 'any word that helps to find it') as never,
  handler: (args) => change(args, (registry) => registry.tag(args.name, args.tag, args.remove ? 'remove' : 'add')),
};

export const modelsCommand: CommandModule<object, object> = {
  command: 'models <command>',
  describe: 'The registry of promoted models: list, show, history, transition, alias, tag',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(show)
      .command(history)
      .command(transition)
      .command(alias)
      .command(tag)
      .demandCommand(1, 'models needs a command: list, show, history, transition, alias or tag')
      .example('assay models list', 'every version and its state')
      .example('assay models transition tsmom@7 live --reason "90 days in shadow"', 'publish its grades'),
  handler: () => undefined,
};

function named<T>(yargs: { positional: (name: string, options: { type: 'string'; demandOption: true; describe: string }) => T }): T {
  return yargs.positional('name', { type: 'string', demandOption: true, describe: NAME });
}

async function opened(args: GlobalArguments): Promise<{ readonly registry: Registry }> {
  const { home } = await contextOf(args);
  const { openRegistry } = await import('../../../grading/index.ts');
  return { registry: openRegistry(home, { clock: { nowMs: Date.now }, onNotice: (text) => note(warning(text)) }) };
}

async function change(args: GlobalArguments, work: (registry: Registry) => RegisteredModel): Promise<void> {
  const model = work((await opened(args)).registry);
  if (args.json) printJson(model);
  else if (!args.quiet) print(modelsTable([model]));
}

async function stateOf(text: string): Promise<ModelState> {
  const { MODEL_STATES } = await import('../../../grading/index.ts');
  const state = MODEL_STATES.find((known) => known === text.toUpperCase());
  if (state === undefined) throw unknownName('state-unknown', 'state', text, MODEL_STATES);
  return state;
}
