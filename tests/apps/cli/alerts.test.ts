import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertsJsonSchema, type ChannelItem, createDelivery, notSent } from '../../../grading/index.ts';
import { alertEntry, START_MS } from '../../support/alert-entries.ts';
import { movedTime } from '../../support/moved-time.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const assay = (...args: readonly string[]) => runCli(['alerts', ...args, '--home', home], home, { CLOSED_SECRET: 'not-to-be-seen' });
const json = (...args: readonly string[]): unknown => JSON.parse(assay(...args, '--json').stdout);

writeFileSync(join(home, 'alerts.yaml'), `
schema: assay-alerts/1
channels:
  log: { type: file, path: told.jsonl }
  here: { type: console }
  closed: { type: webhook, url: "http://127.0.0.1:1/", secret: "\${CLOSED_SECRET}" }
rules:
  - { id: target, when: price crosses_above 120000, scope: BTC/USDT, cooldown: 6h, channels: [log] }
`);

describe('assay alerts', () => {
  it('lists rules and channels', () => {
    const { stdout, code } = assay('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/model-demoted\s+model_state changes_to WATCH\|SUSPENDED/);
    expect(stdout).toMatch(/target\s+price crosses_above 120000\s+BTC\/USDT\s+info\s+6h\s+log/);
    expect(stdout).toContain('channels: log (file), here (console), closed (webhook)');
  });

  it('checks a file, and prints its schema', () => {
    expect(json('check', join(home, 'alerts.yaml'))).toMatchObject({ rules: 11, channels: 3 });
    const wrong = join(home, 'wrong.yaml');
    writeFileSync(wrong, 'schema: assay-alerts/1\nrules:\n  - id: a\n    when: price crosses 5\n');
    expect(assay('check', wrong)).toMatchObject({ code: 2, stderr: expect.stringMatching(/wrong\.yaml line 4, rules\.0\.when: when must have at column 7 .*alert-when-invalid/) as string });
    expect(json('schema')).toEqual(JSON.parse(JSON.stringify(alertsJsonSchema())));
  });

  it('sends a test, and says so where it does not arrive', () => {
    expect(json('test', 'log')).toMatchObject({ channel: 'log', type: 'file', isSent: true });
    expect(readFileSync(join(home, 'told.jsonl'), 'utf8')).toContain('"ruleId":"test"');
    const closed = assay('test', 'closed');
    expect(closed).toMatchObject({ code: 4, stderr: expect.stringMatching(/^failed: closed /) as string });
    expect(closed.stdout + closed.stderr).not.toContain('not-to-be-seen');
    expect(assay('test', 'lag')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "log"?') as string });
  });

  it('shows what became of alerts, and takes dead letters up again', async () => {
    const log = { name: 'log', type: 'file', send: async () => notSent('the disk was full', { isPermanent: true }) };
    const delivery = createDelivery({ folder: join(home, 'alerts'), channels: [log], ...movedTime(START_MS) });
    delivery.offer([alertEntry(1), alertEntry(2)]);
    await delivery.settled();
    await delivery.close();
    const dead = json('dead-letters') as readonly ChannelItem[];
    expect(dead.map(({ seq, channel, state }) => [seq, channel, state])).toEqual([[1, 'log', 'dead'], [2, 'log', 'dead']]);
    expect(assay('dead-letters').stdout).toMatch(/log\s+2026-11-16 00:00\s+dead\s+1\s+BTC\/USDT 1h: grade 1/);
    expect(json('retry', dead[0].id)).toMatchObject([{ seq: 1, state: 'sent' }]);
    expect(assay('retry', 'nothing')).toMatchObject({ code: 2, stderr: expect.stringContaining('dead-letter-unknown') as string });
    expect(json('history', '--channel', 'log', '--last', '1')).toMatchObject([{ seq: 2, state: 'dead' }]);
  });
});
