import type { CommandModule } from 'yargs';
import { unknownName } from '../../../engine/index.ts';
import type { GlobalArguments } from '../context.ts';
import { printJson } from '../output.ts';

interface SchemaArguments extends GlobalArguments { readonly name?: string }

export const schemaCommand: CommandModule<object, SchemaArguments> = {
  command: 'schema [name]',
  describe: 'JSON Schema of what --json prints, of assay.config.json, of a policy file, or of a lock file',
  builder: (yargs) =>
    yargs
      .positional('name', { type: 'string', describe: 'backtest, sweep, screen, walkforward, validate, ledger-list, ledger-show, ledger-stats, ledger-verify, ledger-note, lock, verify, config or policy [all]' })
      .example('assay schema backtest > backtest.schema.json', '') as never,
  handler: async ({ name }) => {
    const { jsonSchemas } = await import('../schemas.ts');
    const schemas = await jsonSchemas();
    if (name !== undefined && !(name in schemas)) throw unknownName('schema-unknown', 'schema', name, Object.keys(schemas));
    printJson(name === undefined ? schemas : schemas[name]);
  },
};
