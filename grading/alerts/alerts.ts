import { canonicalJson, formatTime } from '../../engine/index.ts';
import type { Entry, EntryDraft, FiredAlert, Processor } from '../types/index.ts';
import { createAlertBook } from './book.ts';
import { thresholdOf } from './condition.ts';
import { type Edge, type EdgeState, newEdge, stepEdge } from './edge.ts';
import { factsLine } from './facts.ts';
import { ALERT_FIELDS, type AlertField } from './fields.ts';
import { observe, type Observation } from './observe.ts';
import { resolveAlertRules } from './presets.ts';
import { isQuiet } from './quiet-hours.ts';
import type { AlertRule } from './rule-schema.ts';
import { isInScope } from './scope.ts';
import { renderTemplate } from './template.ts';

const DEFAULT_TEMPLATE = '{name}: {when}, now {value} (was {previous})';
const DEFAULT_EVENT_TEMPLATE = '{name}: {field} {value}: {reason}';

/** A rule with what it remembers: an edge of each series, and the alerts that wait for the end of its quiet hours. */
interface ActiveRule {
  readonly rule: AlertRule;
  readonly text: string;
  readonly edges: Map<string, EdgeState>;
  readonly scopes: Map<string, boolean>;
  held: readonly EntryDraft[];
}

export interface Alerts extends Processor {
  readonly rules: readonly AlertRule[];
  /** Puts other rules in force from the next entry on; those that are as they were keep their state. A new one should state `since`, so that a restart agrees. */
  setRules(rules: readonly AlertRule[]): void;
}

/**
 * Alerts on closed bars: each rule fires once when its condition comes to hold, by `alert_fired` entries.
 *
 * The mandatory rules are in force even where they are not among those given. All that a rule remembers follows from entries, as though it had been in
 * force from the first of them (or from its `since`); alerts that would have been fired before it came are not.
 *
 * causal  entries up to the one that is applied
 */
export function createAlerts(rules: readonly AlertRule[]): Alerts {
  const book = createAlertBook();
  let active: readonly ActiveRule[] = withMandatory(rules).map(activate);
  let byField = groupByField(active);
  let answer: { readonly seq: number; readonly drafts: readonly EntryDraft[] } = { seq: -1, drafts: [] };

  return {
    name: 'alerts',
    get rules() { return active.map(({ rule }) => rule); },
    setRules(next) {
      const known = new Map(active.map((one) => [canonicalJson(one.rule), one]));
      active = withMandatory(next).map((rule) => known.get(canonicalJson(rule)) ?? activate(rule));
      byField = groupByField(active);
    },
    apply(entry) {
      const drafts = active.flatMap((one) => release(one, entry.tsMs));
      for (const observation of observe(entry, book)) {
        for (const one of byField.get(observation.field) ?? []) drafts.push(...evaluate(one, observation, entry));
      }
      answer = { seq: entry.seq, drafts };
    },
    respond: (entry) => (entry.seq === answer.seq ? answer.drafts : []),
  };
}

function withMandatory(rules: readonly AlertRule[]): readonly AlertRule[] {
  const ids = new Set(rules.map(({ id }) => id));
  return [...resolveAlertRules([], { preset: 'none' }).filter(({ id }) => !ids.has(id)), ...rules];
}

function activate(rule: AlertRule): ActiveRule {
  const text = rule.template ?? (ALERT_FIELDS[rule.condition.field].type === 'event' ? DEFAULT_EVENT_TEMPLATE : DEFAULT_TEMPLATE);
  return { rule, text, edges: new Map(), scopes: new Map(), held: [] };
}

function groupByField(active: readonly ActiveRule[]): ReadonlyMap<AlertField, readonly ActiveRule[]> {
  const groups = new Map<AlertField, ActiveRule[]>();
  for (const one of active) groups.set(one.rule.condition.field, [...(groups.get(one.rule.condition.field) ?? []), one]);
  return groups;
}

/** Alerts that waited for the end of the quiet hours. */
function release(one: ActiveRule, tsMs: number): readonly EntryDraft[] {
  const { held, rule: { quietHours } } = one;
  if (held.length === 0 || (quietHours !== null && isQuiet(quietHours, tsMs))) return [];
  one.held = [];
  return held;
}

function evaluate(one: ActiveRule, observation: Observation, entry: Entry): readonly EntryDraft[] {
  const { rule } = one;
  if (!concerns(one, observation) || (rule.sinceMs !== null && entry.tsMs < rule.sinceMs)) return [];
  const state = edgeOf(one, observation);
  if (happensOncePerTime(observation.field) && observation.atMs <= state.lastAtMs) return [];
  state.lastAtMs = observation.atMs;
  const edge = stepEdge(rule, state, observation);
  if (edge === null || observation.atMs < state.firedAtMs + rule.cooldownMs) return [];
  state.firedAtMs = observation.atMs;
  const draft: EntryDraft = { type: 'alert_fired', model: observation.model, payload: firedAlert(one, observation, edge) };
  if (rule.severity === 'critical' || rule.quietHours === null || !isQuiet(rule.quietHours, entry.tsMs)) return [draft];
  one.held = [...one.held, draft];
  return [];
}

/** A model can change its state twice at one time, a bar has one value. */
function happensOncePerTime(field: AlertField): boolean {
  return ALERT_FIELDS[field].isSampled || ALERT_FIELDS[field].type === 'event';
}

function concerns({ rule: { condition, scope }, scopes }: ActiveRule, { field, monitor, scope: of, names }: Observation): boolean {
  if (condition.monitor !== null && condition.monitor !== monitor) return false;
  if (!ALERT_FIELDS[field].isSampled) return isInScope(scope, names);
  const known = scopes.get(of) ?? isInScope(scope, names);
  scopes.set(of, known);
  return known;
}

function edgeOf({ edges }: ActiveRule, { scope, monitor, field }: Observation): EdgeState {
  if (ALERT_FIELDS[field].type === 'event' && ALERT_FIELDS[field].scope === 'symbol') return newEdge(); // a pick happens once
  const series = monitor === null ? scope : `${scope}/${monitor}`;
  const state = edges.get(series) ?? newEdge();
  edges.set(series, state);
  return state;
}

function firedAlert({ rule, text }: ActiveRule, { scope, monitor, field, atMs, facts: factsOf }: Observation, { value, previous }: Edge): FiredAlert {
  const facts = { ...factsOf(), value, previous, as_of: formatTime(atMs) };
  const threshold = thresholdOf(rule.condition);
  const named = { ...facts, rule: rule.id, severity: rule.severity, when: rule.when, field, scope, threshold };
  const happened = happensOncePerTime(field) ? '' : `|${String(value)}`;
  return {
    key: `${rule.id}|${monitor === null ? scope : `${scope}/${monitor}`}|${atMs}${happened}`,
    ruleId: rule.id, subject: rule.subject, severity: rule.severity, scope, asOfMs: atMs, value, threshold, facts,
    text: `${renderTemplate(text, named)}\n${factsLine(facts, atMs)}`,
    channels: rule.channels,
  };
}
