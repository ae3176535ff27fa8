import { InputError, nearestName } from '../../engine/index.ts';

/** What a template may name: of the rule, of what happened, and of the facts beside it. */
export const TEMPLATE_FIELDS = [
  'rule', 'severity', 'when', 'field', 'scope', 'name', 'value', 'previous', 'threshold', 'as_of', 'grade', 'p_up', 'exp_return_bps', 'ci_low_bps', 'ci_high_bps',
  'outcome_low_bps', 'outcome_high_bps', 'model_state', 'signal', 'price', 'reason', 'symbol', 'venue', 'timeframe', 'model', 'model_grade', 'letter', 'monitor',
  'statistic', 'statistic_value', 'limit', 'actor', 'stale_bars', 'index', 'turnover', 'holdings', 'pick', 'roi', 'base_roi', 'summary',
] as const;

export type TemplateField = (typeof TEMPLATE_FIELDS)[number];
export type TemplateValues = Readonly<Record<string, number | string | null | undefined>>;

const MAX_TEXT = 4_000;

/**
 * Checks that a template names only what there is.
 *
 * throws  InputError `template-invalid` with the column
 */
export function checkTemplate(template: string): void {
  for (const { 1: name, index } of template.matchAll(/\{([^{}]*)\}/g)) {
    if ((TEMPLATE_FIELDS as readonly string[]).includes(name)) continue;
    const near = nearestName(name, TEMPLATE_FIELDS);
    throw new InputError('template-invalid', `template must name known fields, was "{${name}}" at column ${index + 1}${near === null ? `; known: ${TEMPLATE_FIELDS.join(', ')}` : `; did you mean "{${near}}"?`}`);
  }
}

/** The text of a template: a value that is missing is `n/a`, and no value can add a line or a control character. */
export function renderTemplate(template: string, values: TemplateValues): string {
  const text = template.replaceAll(/\{([a-z_]+)\}/g, (_whole, name: string) => (name === 'summary' ? String(values.summary ?? 'n/a') : plain(formatValue(name, values[name]))));
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}

const DIGITS: Readonly<Record<string, number>> = { p_up: 3, turnover: 3, roi: 3, base_roi: 3, statistic_value: 4, limit: 4 };

function formatValue(name: string, value: number | string | null | undefined): string {
  if (value === null || value === undefined) return 'n/a';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  if (name === 'price' || name === 'value' || name === 'previous' || name === 'threshold') return String(Number(value.toPrecision(6)));
  return value.toFixed(DIGITS[name] ?? 1);
}

/** Text on one line without control characters. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
}
