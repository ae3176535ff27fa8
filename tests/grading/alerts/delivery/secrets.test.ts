import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createChannels, createDelivery, createSecrets, parseAlerts } from '../../../../grading/index.ts';
import { alertEntry, START_MS } from '../../../support/alert-entries.ts';
import { httpReceiver } from '../../../support/http-receiver.ts';
import { movedTime } from '../../../support/moved-time.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ENV = { A: 'secret-of-the-webhook', B: '77:secret-of-telegram', C: 'secret/of+twilio', D: 'secret of a gateway' };

describe('secrets', () => {
  it('are nowhere in files, statuses and notices, even where every receiver repeats them', async () => {
    const { url } = await httpReceiver(({ path, headers, body }) => ({ status: 500, body: `${ENV.A} ${path} ${headers.authorization} ${body.slice(-60)}` }));
    const { channels: configs } = parseAlerts(`
schema: assay-alerts/1
channels:
  a: { type: webhook, url: "${url}/a", secret: "\${A}" }
  b: { type: telegram, token: "\${B}", chat_id: 1, base_url: "${url}" }
  c: { type: twilio, account_sid: AC, auth_token: "\${C}", from: "+1", to: "+2", base_url: "${url}" }
  d: { type: http, url: "${url}/d", headers: { Authorization: "Bearer \${D}" }, json: { text: "{text}", key: "\${D}" } }
`, 'alerts.yaml');
    const folder = temporaryFolder();
    const notices: string[] = [];
    const time = movedTime(START_MS);
    const delivery = createDelivery({ folder, ...createChannels(configs, { env: ENV, folder, onMessage: () => undefined }), ...time, onNotice: (text) => notices.push(text) });
    delivery.offer([alertEntry(1)]);
    await delivery.settled();
    await time.advance(60_000, () => delivery.settled());
    const told = JSON.stringify([delivery.status(), delivery.history(), notices]);
    await delivery.close();
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    expect(written.match(/answered 500/g)?.length).toBeGreaterThanOrEqual(4);
    expect(written).toContain('***');
    for (const secret of Object.values(ENV)) {
      for (const form of [secret, encodeURIComponent(secret), btoa(secret), btoa(`AC:${secret}`)]) {
        expect(written).not.toContain(form);
        expect(told).not.toContain(form);
      }
    }
  });

  it('are taken out of a text in every form they are sent in', () => {
    const secrets = createSecrets({ WORD: 'p"ä/ß word' });
    expect(secrets.resolve('Bearer ${WORD}', 'headers.Authorization')).toBe('Bearer p"ä/ß word');
    const forms = ['p"ä/ß word', encodeURIComponent('p"ä/ß word'), JSON.stringify('p"ä/ß word'), Buffer.from('p"ä/ß word').toString('base64')];
    for (const form of forms) expect(secrets.redact(`<${form}>`)).toMatch(/^<"?\*\*\*"?>$/);
    expect(secrets.redact('nothing of it')).toBe('nothing of it');
  });
});
