import { existsSync, readFileSync } from 'node:fs';
import { InputError, requireInput } from '../../engine/index.ts';
import { writeAtomic } from '../../workbench/index.ts';
import type { Clock } from '../types/index.ts';
import type { Alerts } from './alerts.ts';
import { type AlertRule, type AlertRuleInput, createAlertRule } from './rule-schema.ts';

/** Rules that are made while the service runs; those of the file and the presets stay as they are. */
export interface RuleStore {
  list(): readonly AlertRuleInput[];
  get(id: string): AlertRuleInput | null;
  put(rule: AlertRuleInput): AlertRuleInput;
  /** False where there is none. */
  remove(id: string): boolean;
}

/**
 * Rules of a JSON file beside those that were read at the start; a change is in force from the next entry on, and after a restart from its `since`.
 *
 * throws  InputError `alert-rule-given` for a change of a rule that is not of this file; `alert-rule-invalid`
 */
export function openRuleStore(file: string, given: readonly AlertRule[], alerts: Pick<Alerts, 'setRules'>, clock: Clock): RuleStore {
  let own: readonly AlertRuleInput[] = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AlertRuleInput[]) : [];
  const inForce = (): void => alerts.setRules([...given, ...own.map(createAlertRule)]);
  const keep = (next: readonly AlertRuleInput[]): void => {
    writeAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
    own = next;
    inForce();
  };
  const requireOwn = (id: string): void => requireInput(!given.some((rule) => rule.id === id), 'alert-rule-given', 'id', 'of a rule that was made here, not of the alerts file or the presets', id);
  inForce();
  return {
    list: () => [...given.map(inputOf), ...own],
    get: (id) => own.find((rule) => rule.id === id) ?? given.map(inputOf).find((rule) => rule.id === id) ?? null,
    put(rule) {
      requireOwn(rule.id);
      const stated: AlertRuleInput = { since: new Date(clock.nowMs()).toISOString(), ...rule };
      createAlertRule(stated);
      keep([...own.filter(({ id }) => id !== rule.id), stated]);
      return stated;
    },
    remove(id) {
      if (given.some((rule) => rule.id === id)) throw new InputError('alert-rule-given', `rule ${id} must be one that was made here, it is of the alerts file or the presets`);
      if (!own.some((rule) => rule.id === id)) return false;
      keep(own.filter((rule) => rule.id !== id));
      return true;
    },
  };
}

function inputOf({ id, subject, scope, when, hysteresis, confirmBars, severity, channels, template }: AlertRule): AlertRuleInput {
  return { id, on: subject, scope: [...scope], when, hysteresis, confirm_bars: confirmBars, severity, channels: [...channels], ...(template === null ? {} : { template }) };
}
