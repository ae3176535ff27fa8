import { InputError } from '../../engine/index.ts';
import { type AlertRule, type AlertRuleInput, createAlertRule } from './rule-schema.ts';

/** Rules that cannot be taken away: a file may choose their channels and words, nothing else. */
export const MANDATORY_ALERT_RULES: readonly AlertRuleInput[] = [
  {
    id: 'model-demoted', on: 'model_state', when: 'model_state changes_to WATCH|SUSPENDED', severity: 'critical',
    template: '{model}: {previous} → {value} by {actor}: {reason} ({statistic} {statistic_value}, limit {limit})',
  },
];

/** What is watched where a file does not say otherwise. */
export const DEFAULT_ALERT_RULES: readonly AlertRuleInput[] = [
  ...MANDATORY_ALERT_RULES,
  { id: 'grade-above-80', on: 'grade', when: 'trader_grade crosses_above 80', hysteresis: 5, cooldown: '6h' },
  { id: 'grade-below-20', on: 'grade', when: 'trader_grade crosses_below 20', hysteresis: 5, cooldown: '6h' },
  { id: 'grade-moves', on: 'grade', when: 'trader_grade moves_by 20 in 24h', hysteresis: 5, cooldown: '6h', template: '{name}: trader grade {previous} → {value} within 24h' },
  { id: 'signal-flip', on: 'signal', when: 'signal flips', template: '{name}: signal {previous} → {value} at {price}' },
  { id: 'investor-band', on: 'investor', when: 'investor_band changes', template: '{name}: investor band {previous} → {value}' },
  { id: 'stale-data', on: 'stale', when: 'stale_bars > 2', severity: 'warning', template: '{name}: no bar for {value} bars' },
  { id: 'leak-ratio', on: 'drift', when: 'leak_ratio > 2', hysteresis: 0.25, severity: 'warning', template: '{model}: rank IC falls by {value} from lag 0 to lag 1: look for a leak' },
  { id: 'index-rebalanced', on: 'index', when: 'index_rebalance happens', template: '{index}: rebalanced, turnover {turnover}, {holdings} holdings: {reason}' },
  { id: 'weekly-digest', on: 'report', when: 'weekly_digest happens', template: 'The week:\n{summary}' },
];

const FREE_OF_MANDATORY: readonly string[] = ['id', 'on', 'channels', 'template'];

export type AlertPreset = 'default' | 'none';

/**
 * Rules in force: the preset (or none of it), what a file adds or says anew by id, and the mandatory ones in any case.
 *
 * throws  InputError `alert-mandatory`, `alert-rule-twice`, or what a rule has wrong
 */
export function resolveAlertRules(inputs: readonly AlertRuleInput[], { preset = 'default' }: { readonly preset?: AlertPreset } = {}): readonly AlertRule[] {
  const rules = new Map<string, AlertRuleInput>(rulesOf(preset).map((rule) => [rule.id, rule]));
  const seen = new Set<string>();
  for (const input of inputs) {
    if (seen.has(input.id)) throw new InputError('alert-rule-twice', `id must be of one rule only, was "${input.id}" twice`);
    seen.add(input.id);
    rules.set(input.id, overPreset(input, preset));
  }
  return [...rules.values()].filter(({ enabled = true }) => enabled).map(createAlertRule);
}

/**
 * A rule over that of the preset: one that states no `when` changes what it states, any other takes its place.
 *
 * throws  InputError `alert-mandatory`
 */
export function overPreset(input: AlertRuleInput, preset: AlertPreset): AlertRuleInput {
  const own = rulesOf(preset).find(({ id }) => id === input.id);
  if (own === undefined) return input;
  if (!MANDATORY_ALERT_RULES.includes(own)) return input.when === undefined ? { ...own, ...input } : input;
  const stated = Object.entries(input).find(([key, value]) => isForbidden(key, value, own));
  if (stated !== undefined) throw new InputError('alert-mandatory', `${stated[0]} of rule ${input.id} must be as it is, the rule is always on, was ${JSON.stringify(stated[1])}`);
  return { ...own, ...input };
}

function rulesOf(preset: AlertPreset): readonly AlertRuleInput[] {
  return preset === 'default' ? DEFAULT_ALERT_RULES : MANDATORY_ALERT_RULES;
}

function isForbidden(key: string, value: unknown, own: AlertRuleInput): boolean {
  if (value === undefined || FREE_OF_MANDATORY.includes(key) || (key === 'enabled' && value === true)) return false;
  return value !== own[key as keyof AlertRuleInput];
}
