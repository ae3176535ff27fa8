import { z } from 'zod';
import { ALERT_SUBJECTS } from '../../../grading/index.ts';
import { Problem } from '../http/problem.ts';
import type { AlertRuleStore } from '../options.ts';
import { alertOf, alertRow, json } from '../rows/models.ts';
import { endpoint } from './define.ts';
import type { Call } from './endpoint.ts';
import { page, paged } from './parameters.ts';

const TAG = 'alerts';
const ruleId = () => z.string().regex(/^[a-z0-9][a-z0-9._-]{0,80}$/, 'must be lower case, digits, dots, dashes').meta({ examples: ['btc-crosses-80'] });

/** The fields that every rule has; what they may hold is said by the store. */
const ruleFields = {
  on: z.enum([...ALERT_SUBJECTS, 'report']), when: z.string().min(1).max(300), scope: z.unknown().optional(), hysteresis: z.number().min(0).optional(), confirm_bars: z.number().int().min(1).max(1_000).optional(), cooldown: z.string().max(20).optional(),
  severity: z.enum(['info', 'warning', 'critical']).optional(), channels: z.array(z.string().min(1).max(80)).max(20).optional(), quiet_hours: json().nullable().optional(), template: z.string().max(4_000).optional(),
};
const ruleBody = z.strictObject({ id: ruleId(), ...ruleFields });
const ruleRow = z.looseObject({ id: z.string(), on: z.string(), when: z.string() });

function rulesOf({ server: { alertRules } }: Call): AlertRuleStore {
  if (alertRules === undefined) throw new Problem('not-configured', 'this service keeps no alert rules');
  return alertRules;
}

function missing(id: string): Problem {
  return new Problem('not-found', `there is no alert rule ${id}`);
}

const actorOf = ({ key }: Call): string => `key:${key.keyId}`;

const list = endpoint({
  id: 'getAlerts', path: '/v1/alerts', tag: TAG, scope: 'alerts:write', schema: 'alert-rules/1', row: ruleRow, isCached: false, query: z.strictObject({ ...page }), summary: 'All rules',
  answer(call, { query }) {
    const rules = rulesOf(call).list();
    return { data: paged(rules, query), total: rules.length };
  },
});

const get = endpoint({
  id: 'getAlert', path: '/v1/alerts/{id}', tag: TAG, scope: 'alerts:write', schema: 'alert-rules/1', row: ruleRow, isCached: false, params: z.strictObject({ id: ruleId() }), summary: 'One rule',
  answer(call, { params }) {
    const rule = rulesOf(call).get(params.id);
    if (rule === null) throw missing(params.id);
    return { data: [rule] };
  },
});

const create = endpoint({
  id: 'postAlert', method: 'POST', path: '/v1/alerts', tag: TAG, scope: 'alerts:write', schema: 'alert-rules/1', row: ruleRow, status: 201, isIdempotent: true, body: ruleBody, summary: 'Adds a rule',
  answer(call, { body }) {
    const rules = rulesOf(call);
    if (rules.get(body.id) !== null) throw new Problem('conflict', `there is an alert rule ${body.id} already`);
    return { data: [rules.put(body, actorOf(call))], headers: { location: `/v1/alerts/${body.id}` } };
  },
});

const replace = endpoint({
  id: 'putAlert', method: 'PUT', path: '/v1/alerts/{id}', tag: TAG, scope: 'alerts:write', schema: 'alert-rules/1', row: ruleRow, params: z.strictObject({ id: ruleId() }), body: z.strictObject(ruleFields), summary: 'Replaces a rule',
  answer(call, { params, body }) {
    const rules = rulesOf(call);
    if (rules.get(params.id) === null) throw missing(params.id);
    return { data: [rules.put({ ...body, id: params.id }, actorOf(call))] };
  },
});

const remove = endpoint({
  id: 'deleteAlert', method: 'DELETE', path: '/v1/alerts/{id}', tag: TAG, scope: 'alerts:write', schema: 'alert-rules/1', row: z.strictObject({ id: z.string(), removed: z.literal(true) }), params: z.strictObject({ id: ruleId() }), summary: 'Removes a rule',
  answer(call, { params }) {
    if (!rulesOf(call).remove(params.id, actorOf(call))) throw missing(params.id);
    return { data: [{ id: params.id, removed: true }] };
  },
});

const fired = endpoint({
  id: 'getFiredAlerts', path: '/v1/fired-alerts', tag: TAG, scope: 'grades:read', schema: 'alerts/1', row: alertRow, summary: 'Alerts that were raised, the newest first',
  query: z.strictObject({ rule_id: ruleId().optional(), severity: z.enum(['info', 'warning', 'critical']).optional(), ...page }),
  answer(call, { query }) {
    const rows = [...call.server.view.state.alerts.values()].reverse().filter(({ value }) => (query.rule_id === undefined || value.ruleId === query.rule_id) && (query.severity === undefined || value.severity === query.severity));
    return { data: paged(rows, query).map(alertOf), total: rows.length, asOfMs: rows[0]?.value.asOfMs ?? null, publishedAtMs: rows[0]?.tsMs ?? null };
  },
});

export const alertEndpoints = [list, get, create, replace, remove, fired];
