import type { CommandModule } from 'yargs';
import { contextOf, type GlobalArguments } from '../context.ts';
import { interruption } from '../interruption.ts';
import { note, print, printJson } from '../output.ts';

export interface ServeArguments extends GlobalArguments {
  readonly feed?: string;
  readonly host: string;
  readonly port: number;
  readonly sandbox: boolean;
  readonly index: readonly ('blue-chip' | 'low-cap')[];
  readonly moonshot: boolean;
  readonly paperCash: number;
  readonly history?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly insecureHttp: boolean;
  readonly keysOnly: boolean;
  readonly untilEnd: boolean;
  readonly log?: string;
}

export const serveCommand: CommandModule<object, ServeArguments> = {
  command: 'serve',
  describe: 'Grade a feed bar by bar with the promoted models: page, API, stream, alerts',
  builder: (yargs) =>
    yargs
      .option('feed', { type: 'string', describe: 'replay:DATASET,…?speed=… · follow:FILE?symbol=… · binance:BTC/USDT,…@1h · ccxt:EXCHANGE:… [a replay of the bars after those that the newest model was promoted on]', group: 'Feed:' })
      .option('history', { type: 'number', describe: 'Bars before the first graded one [what the models and parts need]', group: 'Feed:' })
      .option('until-end', { type: 'boolean', default: false, describe: 'Stop when the feed ends', group: 'Feed:' })
      .option('sandbox', { type: 'boolean', default: false, describe: 'Publish models in SHADOW as if they were LIVE; every answer says so', group: 'Grades:' })
      .option('index', { choices: ['blue-chip', 'low-cap'] as const, array: true, default: ['blue-chip', 'low-cap'] as const, describe: 'Indices that are kept', group: 'Grades:' })
      .option('moonshot', { type: 'boolean', default: true, describe: 'Screen for moonshots, and log every pick', group: 'Grades:' })
      .option('paper-cash', { type: 'number', default: 10_000, describe: 'Cash of the paper account that trades the signals; 0 for none', group: 'Grades:' })
      .option('host', { type: 'string', default: '127.0.0.1', describe: 'Address to listen on', group: 'Server:' })
      .option('port', { type: 'number', default: 8787, describe: 'Port; 0 for a free one', group: 'Server:' })
      .option('keys-only', { type: 'boolean', default: false, describe: 'Nobody reads without a key, not even on this machine', group: 'Server:' })
      .option('tls-cert', { type: 'string', describe: 'File of the certificate', group: 'Server:' })
      .option('tls-key', { type: 'string', describe: 'File of its key', group: 'Server:' })
      .option('insecure-http', { type: 'boolean', default: false, describe: 'Listen beyond this machine without TLS, behind a proxy that has it', group: 'Server:' })
      .option('log', { choices: ['info', 'warn', 'error'] as const, describe: 'Structured logs on stderr [none]', group: 'Server:' })
      .example('assay serve --sandbox', 'a replay of the newest model on a page of its own')
      .example('assay serve --feed binance:BTC/USDT,ETH/USDT@1h', 'live bars of an exchange') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { openServing } = await import('../serving.ts');
    const { signal, release } = interruption();
    const serving = await openServing(args, context);
    try {
      const { url, feed, models } = serving;
      if (context.json) printJson({ url, feed, models, page: `${url}/`, openapi: `${url}/openapi.json` });
      else print(`grading ${feed} with ${models.join(', ') || 'no model yet'}\n  page     ${url}/\n  API      ${url}/v1/trader-grades   (document: ${url}/openapi.json)\nCtrl-C stops; the same command goes on from there`);
      const graded = await serving.run(signal);
      if (!context.quiet && !signal.aborted) note(`the feed has ended after ${graded} entries${args.untilEnd ? '' : '; still serving'}`);
      if (!args.untilEnd && !signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    } finally {
      release();
      await serving.close();
    }
  },
};
