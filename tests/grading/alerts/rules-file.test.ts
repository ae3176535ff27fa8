import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALERTS_FILE, alertsJsonSchema, DEFAULT_ALERT_RULES, parseAlerts, readAlertsOf } from '../../../grading/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FILE = `schema: assay-alerts/1
channels:
  desk: { type: webhook, url: "https://desk.example/hook", secret: "\${DESK_SECRET}" }
  log: { type: file, path: alerts.jsonl }
rules:
  - id: btc-target
    on: price
    scope: BTC/USDT
    when: price crosses_above 120000
    cooldown: 6h
    channels: [desk]
    quiet_hours: { from: "22:00", to: "07:00" }
  - id: weekly-digest
    enabled: false
  - id: grade-above-80
    channels: [log]
`;
const failure = (text: string): string => {
  try {
    parseAlerts(text, 'alerts.yaml');
  } catch (error) {
    return (error as Error).message;
  }
  return 'read';
};
const edited = (from: string, to: string): string => failure(FILE.replace(from, to));

describe('alerts.yaml', () => {
  it('adds to the preset, changes what it states, and switches off by id', () => {
    const { rules, channels } = parseAlerts(FILE, 'alerts.yaml');
    expect(rules.map(({ id }) => id)).toEqual([...DEFAULT_ALERT_RULES.map(({ id }) => id).filter((id) => id !== 'weekly-digest'), 'btc-target']);
    expect(rules.find(({ id }) => id === 'grade-above-80')).toMatchObject({ channels: ['log'], hysteresis: 5, when: 'trader_grade crosses_above 80' });
    expect(rules.at(-1)).toMatchObject({ subject: 'price', scope: ['BTC/USDT'], cooldownMs: 21_600_000, quietHours: { fromMinute: 1320, toMinute: 420, timeZone: 'UTC' } });
    expect(Object.keys(channels)).toEqual(['desk', 'log']);
    expect(parseAlerts('schema: assay-alerts/1\npreset: none\n', 'f').rules.map(({ id }) => id)).toEqual(['model-demoted']);
  });

  it('may be JSON', () => {
    expect(parseAlerts('{"schema": "assay-alerts/1", "preset": "none", "rules": [{"id": "a", "when": "signal flips"}]}', 'a.json').rules).toHaveLength(2);
  });

  it('is refused with file, line, key and value', () => {
    expect(edited('price crosses_above 120000', 'price crosses_over 120000')).toMatch(/^alerts\.yaml line 9, rules\.0\.when: when must have at column 7 a comparator of price/);
    expect(edited('cooldown: 6h', 'cooldown: 6x')).toMatch(/^alerts\.yaml line 10, rules\.0\.cooldown: cooldown must be .*"6x"/);
    expect(edited('scope: BTC/USDT', 'scop: BTC/USDT')).toBe('alerts.yaml line 8, rules.0.scop: must be a known key, was "BTC/USDT"');
    expect(edited('from: "22:00"', 'from: "25:00"')).toBe('alerts.yaml line 12, rules.0.quiet_hours.from: must be a time of day such as "22:00", was "25:00"');
    expect(edited('channels: [desk]', 'channels: [desc]')).toMatch(/^alerts\.yaml line 11, rules\.0\.channels: must name channels of this file, was "desc"; did you mean "desk"\?/);
    expect(edited('id: weekly-digest', 'id: btc-target')).toMatch(/alerts\.yaml: .*"btc-target" twice|when must be stated|rules\.1/);
    expect(edited('rules:', 'rules: [')).toMatch(/^alerts\.yaml line \d+ must be YAML or JSON: /);
    expect(edited('assay-alerts/1', 'assay-alerts/9')).toMatch(/^alerts\.yaml line 1, schema: .*was "assay-alerts\/9"/);
    expect(failure('')).toMatch(/^alerts\.yaml/);
  });

  it('holds no secret, and shows none in an error', () => {
    const message = edited('"${DESK_SECRET}"', 'hunter2hunter2');
    expect(message).toMatch(/^alerts\.yaml line 3, channels\.desk\.secret: must be a reference to the environment/);
    expect(message).not.toContain('hunter2');
  });

  it('cannot take away, weaken or quieten what is always on', () => {
    const mandatory = (text: string): string => failure(`schema: assay-alerts/1\nrules:\n  - { id: model-demoted, ${text} }\n`);
    expect(mandatory('enabled: false')).toMatch(/line 3.*enabled of rule model-demoted must be as it is, the rule is always on/);
    expect(mandatory('when: model_state changes_to RETIRED')).toMatch(/when of rule model-demoted/);
    expect(mandatory('severity: info')).toMatch(/severity of rule/);
    expect(mandatory('scope: tsmom')).toMatch(/scope of rule/);
    expect(mandatory('cooldown: 31d')).toMatch(/cooldown of rule/);
    expect(mandatory('template: "{model} is now {value}"')).toBe('read');
  });

  it('is looked for below the home folder', () => {
    const home = temporaryFolder();
    expect(readAlertsOf(home)).toMatchObject({ channels: {}, rules: { length: DEFAULT_ALERT_RULES.length } });
    writeFileSync(join(home, ALERTS_FILE), FILE);
    expect(readAlertsOf(home).rules).toHaveLength(DEFAULT_ALERT_RULES.length);
  });

  it('has a JSON Schema', () => {
    expect(alertsJsonSchema()).toMatchObject({ type: 'object', properties: { rules: { type: 'array' }, channels: { type: 'object' } } });
  });
});
