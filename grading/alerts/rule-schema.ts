import { z } from 'zod';
import { InputError, parseDurationMs, parseTimeMs, requireInput } from '../../engine/index.ts';
import { ALERT_SUBJECTS, type AlertSubject, type Severity } from '../types/index.ts';
import type { Condition } from './condition.ts';
import { ALERT_FIELDS } from './fields.ts';
import { parseCondition } from './parse-condition.ts';
import { parseQuietHours, type QuietHours } from './quiet-hours.ts';
import { checkTemplate } from './template.ts';

const SEVERITIES = ['info', 'warning', 'critical'] as const satisfies readonly Severity[];
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "22:00"');

/** A rule as it is written. */
export const alertRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens'),
  on: z.enum(ALERT_SUBJECTS).optional().describe('subject of the field that `when` names; only checked'),
  scope: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional()
    .describe('markets (BTC/USDT, binance:BTC/USDT, BTC/USDT@1h), models (tsmom, tsmom@7) or indices by the field; * stands for any text [*]'),
  when: z.string().max(200).optional().describe('field comparator value, such as "trader_grade crosses_above 80" or "trader_grade moves_by 20 in 24h"; left out: as in the preset'),
  hysteresis: z.number().min(0).optional().describe('how far a value must go back beyond the level before the rule can fire again [0]'),
  confirm_bars: z.int().min(1).max(1_000).optional().describe('bars in a row for which it must hold [1]'),
  cooldown: z.string().optional().describe('shortest time between two alerts of one scope, such as 6h [none]'),
  severity: z.enum(SEVERITIES).optional().describe('[info]; critical passes quiet hours'),
  channels: z.array(z.string().min(1)).min(1).optional().describe('names of channels; * is every one [*]'),
  quiet_hours: z.strictObject({ from: timeOfDay, to: timeOfDay, tz: z.string().optional().describe('[UTC]') }).optional(),
  template: z.string().min(1).max(2_000).optional(),
  enabled: z.boolean().optional().describe('false: the rule of the preset is left out'),
  since: z.string().optional().describe('nothing before this time counts for the rule'),
});

export type AlertRuleInput = z.infer<typeof alertRuleSchema>;

/** A rule, checked and ready to be evaluated. */
export interface AlertRule {
  readonly id: string;
  readonly subject: AlertSubject;
  readonly scope: readonly string[];
  readonly when: string;
  readonly condition: Condition;
  readonly hysteresis: number;
  readonly confirmBars: number;
  readonly cooldownMs: number;
  readonly severity: Severity;
  readonly channels: readonly string[];
  readonly quietHours: QuietHours | null;
  /** Null for the default text. */
  readonly template: string | null;
  readonly sinceMs: number | null;
}

/** The part of a rule that is wrong, so that a file can be pointed into. */
export class AlertRuleError extends InputError {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], code: string, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
    this.path = path;
  }
}

/**
 * A rule from what is written.
 *
 * throws  AlertRuleError, an InputError with the key
 */
export function createAlertRule(input: AlertRuleInput): AlertRule {
  const parsed = alertRuleSchema.safeParse(input);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new AlertRuleError(path as (string | number)[], 'alert-rule-invalid', `${path.join('.') || 'rule'} ${message}`);
  }
  const { id, on, scope = '*', when, hysteresis = 0, confirm_bars: confirmBars = 1, cooldown, severity = 'info', channels = ['*'], quiet_hours: quiet, template, since } = parsed.data;
  if (when === undefined) throw new AlertRuleError(['when'], 'alert-rule-invalid', `when must be stated for rule ${id}, which is in no preset, was missing`);
  const condition = at('when', () => parseCondition(when));
  const { subject, type, isSampled } = ALERT_FIELDS[condition.field];
  at('on', () => requireInput(on === undefined || on === subject, 'alert-rule-invalid', 'on', `${subject}, the subject of ${condition.field}`, on));
  at('hysteresis', () => requireInput(hysteresis === 0 || type === 'number', 'alert-rule-invalid', 'hysteresis', `0 for ${condition.field}, which is no number that comes bar by bar`, hysteresis));
  at('confirm_bars', () => requireInput(confirmBars === 1 || isSampled, 'alert-rule-invalid', 'confirm_bars', `1 for ${condition.field}, which does not come bar by bar`, confirmBars));
  if (template !== undefined) at('template', () => checkTemplate(template));
  return {
    id, subject, when, condition, hysteresis, confirmBars, severity, channels,
    scope: typeof scope === 'string' ? [scope] : scope,
    cooldownMs: cooldown === undefined ? 0 : at('cooldown', () => parseDurationMs(cooldown, 'cooldown')),
    quietHours: quiet === undefined ? null : at('quiet_hours', () => parseQuietHours(quiet)),
    template: template ?? null,
    sinceMs: since === undefined ? null : at('since', () => parseTimeMs(since, 'since')),
  };
}

function at<T>(key: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new AlertRuleError([key], error.code, error.message, { cause: error });
  }
}
