export { type Alerts, createAlerts } from './alerts.ts';
export { type Condition } from './condition.ts';
export { ALERT_FIELD_NAMES, ALERT_FIELDS, type AlertField, type AlertFieldSpec } from './fields.ts';
export { parseCondition } from './parse-condition.ts';
export { DEFAULT_ALERT_RULES, MANDATORY_ALERT_RULES, resolveAlertRules } from './presets.ts';
export { type AlertRule, AlertRuleError, type AlertRuleInput, alertRuleSchema, createAlertRule } from './rule-schema.ts';
export { TEMPLATE_FIELDS } from './template.ts';
export { ALERTS_FILE, type AlertSettings, alertsFileSchema, alertsJsonSchema, parseAlerts, readAlertsFile, readAlertsOf } from './rules-file.ts';
export * from './delivery/index.ts';
