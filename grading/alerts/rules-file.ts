import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCollection, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { InputError, isAssayError, nearestName } from '../../engine/index.ts';
import { alertChannelSchema, type AlertChannelConfig } from './delivery/channel-schema.ts';
import { type AlertPreset, overPreset, resolveAlertRules } from './presets.ts';
import { type AlertRule, AlertRuleError, type AlertRuleInput, alertRuleSchema, createAlertRule } from './rule-schema.ts';

/** Name of the file below the home folder. */
export const ALERTS_FILE = 'alerts.yaml';

/** The file: `preset: none` leaves out the default rules; rules of the same id replace them. */
export const alertsFileSchema = z.strictObject({
  $schema: z.string().optional(),
  schema: z.literal('assay-alerts/1'),
  preset: z.enum(['default', 'none']).optional(),
  channels: z.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, _ and -'), alertChannelSchema).optional(),
  rules: z.array(alertRuleSchema).optional(),
});

export interface AlertSettings {
  readonly rules: readonly AlertRule[];
  readonly channels: Readonly<Record<string, AlertChannelConfig>>;
}

/** JSON Schema of alerts.yaml. */
export function alertsJsonSchema(): object {
  return z.toJSONSchema(alertsFileSchema);
}

/**
 * alerts.yaml of a home folder; the default rules and no channel where there is none.
 *
 * throws  as parseAlerts
 */
export function readAlertsOf(home: string): AlertSettings {
  const file = join(home, ALERTS_FILE);
  return existsSync(file) ? readAlertsFile(file) : { rules: resolveAlertRules([]), channels: {} };
}

/**
 * Rules and channels of a file, YAML or JSON.
 *
 * throws  InputError `alerts-missing`, or as parseAlerts
 */
export function readAlertsFile(file: string): AlertSettings {
  if (!existsSync(file)) throw new InputError('alerts-missing', `alerts must be a file, was ${file}`);
  return parseAlerts(readFileSync(file, 'utf8'), file);
}

/**
 * Rules and channels from the text of a file.
 *
 * throws  InputError `alerts-invalid`, or the code of what a rule has wrong, with file, line, key and value
 */
export function parseAlerts(text: string, name: string): AlertSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax !== undefined) throw new InputError('alerts-invalid', `${name} line ${lines.linePos(syntax.pos[0]).line} must be YAML or JSON: ${syntax.message}`);
  const place = (path: Path): string => placeOf(document, lines, name, path);
  const result = alertsFileSchema.safeParse(document.toJS());
  if (!result.success) throw schemaError(result.error.issues[0], document, place);
  const { preset = 'default', channels = {}, rules = [] } = result.data;
  rules.forEach((rule, i) => {
    checkChannels(rule, i, Object.keys(channels), place);
    checkRule(rule, i, preset, place);
  });
  try {
    return { rules: resolveAlertRules(rules, { preset }), channels };
  } catch (error) {
    throw isAssayError(error) ? new InputError(error.code, `${name}: ${error.message}`, { cause: error }) : error;
  }
}

type Path = readonly PropertyKey[];

function checkChannels({ channels: named = [] }: AlertRuleInput, i: number, channels: readonly string[], place: (path: Path) => string): void {
  const unknown = named.find((channel) => channel !== '*' && !channels.includes(channel));
  if (unknown === undefined) return;
  const near = nearestName(unknown, channels);
  throw new InputError('alerts-invalid', `${place(['rules', i, 'channels'])}: must name channels of this file, was "${unknown}"${near === null ? '' : `; did you mean "${near}"?`}`);
}

function checkRule(rule: AlertRuleInput, i: number, preset: AlertPreset, place: (path: Path) => string): void {
  try {
    createAlertRule(overPreset(rule, preset));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, `${place(['rules', i, ...(error instanceof AlertRuleError ? error.path : [])])}: ${error.message}`, { cause: error });
  }
}

function schemaError(issue: z.core.$ZodIssue, document: Document, place: (path: Path) => string): InputError {
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = key === undefined ? issue.path : [...issue.path, key];
  const message = key === undefined ? issue.message.replace(/^Invalid input: /, '') : 'must be a known key';
  return new InputError('alerts-invalid', `${place(path)}: ${message}, was ${valueAt(document, path)}`);
}

/** `alerts.yaml line 7, rules.2.when`: of the part that is there, nearest to what is wrong. */
function placeOf(document: Document, lines: LineCounter, name: string, path: Path): string {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return `${name} line ${lines.linePos(node.range[0]).line}, ${path.map(String).join('.') || 'the file'}`;
  }
  return `${name}, ${path.map(String).join('.')}`;
}

/** A value as it stands in the file; references to the environment are no secrets, anything longer is cut. */
function valueAt(document: Document, path: Path): string {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isCollection(node)) return 'a list or a map';
  if (!isScalar(node)) return 'missing';
  const isPrivate = /secret|token|password|url|headers/.test(path.map(String).join('.'));
  return isPrivate ? 'another text' : (JSON.stringify(node.value) ?? 'missing').slice(0, 80);
}
