import { existsSync, readFileSync } from 'node:fs';
import { errorMessage, type ExecutionRules, type ExposureCaps, InputError, type IntrabarPolicy, METRIC_NAMES, type Profile, PROFILES } from '../../engine/index.ts';

export const CONFIG_FILE = 'assay.config.json';

/** Schema of assay.config.json; loaded lazily, as most commands are run without one. */
export async function configSchema() {
  const { z } = await import('zod');
  return z.strictObject({
    $schema: z.string().optional(),
    home: z.string().optional().describe('folder of the lake, artefacts and caches; .assay by default'),
    workers: z.int().min(1).max(256).optional().describe('worker threads of sweeps and walk-forwards'),
    data: z.union([z.string(), z.array(z.string())]).optional().describe('dataset(s) used when --data is not given'),
    objective: z.enum(METRIC_NAMES).optional().describe('figure that searches maximise'),
    costs: z
      .strictObject({
        takerFeeBps: z.number().min(0).optional(),
        makerFeeBps: z.number().min(0).optional(),
        halfSpreadBps: z.number().min(0).optional(),
        slippageBps: z.number().min(0).optional(),
        impactBps: z.number().min(0).optional().describe('slippage of an order as large as the bar’s volume; grows with the square root of its share'),
      })
      .optional(),
    venue: z.string().optional().describe('fees by 30-day volume and margin rules of a venue by name, such as kraken-spot'),
    account: z
      .strictObject({
        kind: z.enum(['spot', 'margin']).optional(),
        initialCash: z.number().positive().optional(),
        maxLeverage: z.number().positive().optional(),
        maintenanceFrac: z.number().min(0).optional(),
        liquidationFeeFrac: z.number().min(0).optional(),
        borrowAnnFrac: z.number().min(0).optional(),
      })
      .optional(),
    rules: z.strictObject({ lotStep: z.number().min(0).optional(), tickSize: z.number().min(0).optional(), minNotionalQuote: z.number().min(0).optional() }).optional(),
    intrabar: z.enum(['pessimistic', 'optimistic', 'path', 'lower-timeframe']).optional(),
    execution: z
      .strictObject({
        fill: z.enum(['next-open', 'close']).optional(),
        limitFill: z.enum(['through', 'touch']).optional(),
        triggerOn: z.enum(['last', 'mark']).optional(),
        liquidateOn: z.enum(['last', 'mark']).optional(),
        volumeCapFrac: z.number().min(0).max(1).optional(),
        volumeCapRemainder: z.enum(['carry', 'cancel']).optional(),
        latencyBars: z.int().min(0).optional(),
        stopDelayBars: z.int().min(0).optional(),
        dropBarsAfterGap: z.int().min(0).optional(),
        delistingHaircutFrac: z.number().min(0).max(1).optional(),
      })
      .optional(),
    sizing: z.string().optional().describe('as after --sizing, such as volatility:0.4:30'),
    rebalance: z.string().optional().describe('as after --rebalance, such as band:0.05'),
    caps: z.strictObject({ perInstrument: z.number().positive().optional(), gross: z.number().positive().optional() }).optional(),
    profile: z.enum(PROFILES).optional().describe('whose rules fill the orders'),
    funding: z.enum(['data', 'none']).optional().describe('none: perpetuals pay no funding; data, the default: as it came with the bars'),
  });
}

export interface Config {
  readonly home?: string;
  readonly workers?: number;
  readonly data?: string | string[];
  readonly objective?: (typeof METRIC_NAMES)[number];
  readonly costs?: Readonly<Record<string, number | undefined>>;
  readonly account?: { readonly kind?: 'spot' | 'margin' } & Readonly<Record<string, number | string | undefined>>;
  readonly rules?: Readonly<Record<string, number | undefined>>;
  readonly intrabar?: IntrabarPolicy;
  readonly venue?: string;
  readonly execution?: Partial<ExecutionRules>;
  readonly sizing?: string;
  readonly rebalance?: string;
  readonly caps?: Partial<ExposureCaps>;
  readonly profile?: Profile;
  readonly funding?: 'data' | 'none';
}

/**
 * The configuration file of this folder, or the one named; empty where there is none.
 *
 * throws  InputError `config-missing`, `config-invalid` naming the file and the key
 */
export async function readConfig(path: string | undefined): Promise<Config> {
  const file = path ?? CONFIG_FILE;
  if (!existsSync(file)) {
    if (path !== undefined) throw new InputError('config-missing', `--config must be a file, was ${path}`);
    return {};
  }
  const { z } = await import('zod');
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError('config-invalid', `${file} must be JSON: ${errorMessage(error)}`, { cause: error });
  }
  const result = (await configSchema()).safeParse(parsed);
  if (!result.success) throw new InputError('config-invalid', `${file} must follow its schema: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`);
  return result.data;
}
