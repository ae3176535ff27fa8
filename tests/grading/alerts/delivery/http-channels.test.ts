import { describe, expect, it } from 'vitest';
import { type AlertMessage, alertChannelSchema, createChannels, verifySignature } from '../../../../grading/index.ts';
import { alertEntry, START_MS } from '../../../support/alert-entries.ts';
import { type Answer, httpReceiver } from '../../../support/http-receiver.ts';

const ENV = { TOKEN: '12345:telegram-token', SECRET: 'signing secret', SLACK: '', AUTH: 'twilio-auth' };
const message = (...texts: readonly string[]): AlertMessage => ({ deliveryId: 'd1', alerts: texts.map((text, i) => alertEntry(i + 1, { text }).payload) });
const HOSTILE = 'BTC "at" <80> & {text}\\\n<!channel>';

function channelOf(config: object, env: Readonly<Record<string, string>> = ENV) {
  const { channels, redact } = createChannels({ one: alertChannelSchema.parse(config) }, { env, folder: '/', onMessage: () => undefined });
  return { send: (of: AlertMessage) => channels[0].send(of, START_MS), redact };
}
const answering = (answer: Answer | null) => httpReceiver(() => answer);

describe('a signed webhook', () => {
  it('can be verified by its receiver, and only as it was sent', async () => {
    const { url, received } = await httpReceiver();
    expect(await channelOf({ type: 'webhook', url: `${url}/hook`, secret: '${SECRET}' }).send(message('one', 'two'))).toEqual({ isSent: true, detail: null });
    const [{ headers, body, method, path }] = received;
    expect([method, path, headers['x-assay-delivery'], headers['content-type']]).toEqual(['POST', '/hook', 'd1', 'application/json; charset=utf-8']);
    expect(JSON.parse(body)).toEqual({ delivery_id: 'd1', alerts: message('one', 'two').alerts });
    const signed = { secret: ENV.SECRET, timestamp: headers['x-assay-timestamp'] as string, signature: headers['x-assay-signature'] as string, body, nowMs: START_MS + 1_000 };
    expect(verifySignature(signed)).toBe(true);
    expect(verifySignature({ ...signed, body: body.replace('one', 'won') })).toBe(false);
    expect(verifySignature({ ...signed, secret: 'another' })).toBe(false);
    expect(verifySignature({ ...signed, timestamp: String(Number(signed.timestamp) + 1) })).toBe(false);
    expect(verifySignature({ ...signed, nowMs: START_MS + 301_000 })).toBe(false);
    expect(verifySignature({ ...signed, nowMs: START_MS + 301_000, toleranceMs: 400_000 })).toBe(true);
    expect(verifySignature({ ...signed, signature: undefined })).toBe(false);
    expect(verifySignature({ ...signed, signature: 'v1=' })).toBe(false);
  });
});

describe('Telegram, Slack, Twilio and any gateway', () => {
  it('get what their interfaces ask for, with values that cannot break out', async () => {
    const { url, received } = await httpReceiver();
    await channelOf({ type: 'telegram', token: '${TOKEN}', chat_id: -100, base_url: url }).send(message(HOSTILE));
    expect(received[0].path).toBe(`/bot${ENV.TOKEN}/sendMessage`);
    expect(JSON.parse(received[0].body)).toMatchObject({ chat_id: '-100', parse_mode: 'HTML', text: '[warning] BTC &quot;at&quot; &lt;80&gt; &amp; {text}\\\n&lt;!channel&gt;' });
    await channelOf({ type: 'slack', url: '${SLACK}' }, { SLACK: `${url}/services/T/B/x` }).send(message(HOSTILE));
    expect(JSON.parse(received[1].body)).toEqual({ text: '[warning] BTC "at" &lt;80&gt; &amp; {text}\\\n&lt;!channel&gt;' });
    await channelOf({ type: 'twilio', account_sid: 'AC1', auth_token: '${AUTH}', from: '+1555', to: '+1666', base_url: url }).send(message(HOSTILE));
    expect(received[2].path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(received[2].headers.authorization).toBe(`Basic ${btoa('AC1:twilio-auth')}`);
    expect(Object.fromEntries(new URLSearchParams(received[2].body))).toEqual({ From: '+1555', To: '+1666', Body: `[warning] ${HOSTILE}` });
    await channelOf({ type: 'http', url: `${url}/sms?id={id}`, method: 'PUT', headers: { 'X-Api-Key': '${AUTH}', 'X-What': '{subject}' }, json: { to: ['+1'], body: '{severity}: {text}' } }).send(message(HOSTILE));
    expect(received[3]).toMatchObject({ method: 'PUT', path: '/sms?id=d1', headers: { 'x-api-key': 'twilio-auth', 'x-what': '[Assay warning] BTC "at" <80> & {text}\\' } });
    expect(JSON.parse(received[3].body)).toEqual({ to: ['+1'], body: `warning: [warning] ${HOSTILE}` });
  });

  it('say several alerts in one message, within the length that the receiver takes', async () => {
    const { url, received } = await httpReceiver();
    await channelOf({ type: 'http', url, form: { text: '{text}' }, max_characters: 40 }).send(message('a'.repeat(30), 'b'.repeat(30)));
    expect(new URLSearchParams(received[0].body).get('text')).toBe(`2 alerts\n\n[warning] ${'a'.repeat(19)}…`);
  });
});

describe('an answer that is no success', () => {
  const resultOf = async (answer: Answer | null, config: object = {}) => channelOf({ type: 'webhook', url: (await answering(answer)).url, secret: '${SECRET}', timeout: '1s', ...config }).send(message('one'));

  it('is passing where the server is at fault, final where the request is', async () => {
    expect(await resultOf({ status: 500, body: 'oh' })).toEqual({ isSent: false, error: 'answered 500: oh', isPermanent: false, retryAfterMs: null });
    expect(await resultOf({ status: 404 })).toMatchObject({ isPermanent: true });
    expect(await resultOf({ status: 408 })).toMatchObject({ isPermanent: false });
  });

  it('is listened to where it says when to come back', async () => {
    expect(await resultOf({ status: 429, headers: { 'retry-after': '120' } })).toMatchObject({ isPermanent: false, retryAfterMs: 120_000 });
    expect(await resultOf({ status: 503, headers: { 'retry-after': new Date(START_MS + 90_000).toUTCString() } })).toMatchObject({ retryAfterMs: 90_000 });
    const { url } = await answering({ status: 429, body: '{"ok":false,"parameters":{"retry_after":7}}' });
    expect(await channelOf({ type: 'telegram', token: '${TOKEN}', chat_id: 1, base_url: url }).send(message('one'))).toMatchObject({ retryAfterMs: 7_000 });
  });

  it('is not followed elsewhere', async () => {
    const { url, received } = await httpReceiver();
    expect(await resultOf({ status: 302, headers: { location: url } })).toMatchObject({ isSent: false, isPermanent: true, error: expect.stringContaining('redirects are not followed') as string });
    expect(received).toEqual([]);
  });

  it('is not waited for longer than the timeout, nor read beyond its limit', async () => {
    expect(await resultOf(null, { timeout: '0.05s' })).toEqual({ isSent: false, error: 'did not answer within 50 ms', isPermanent: false, retryAfterMs: null });
    const long = await resultOf({ status: 500, body: 'x'.repeat(4_000_000) });
    expect(long.isSent ? '' : long.error).toHaveLength('answered 500: '.length + 200);
    expect(await channelOf({ type: 'webhook', url: 'http://127.0.0.1:1/', secret: '${SECRET}' }).send(message('one'))).toMatchObject({ isSent: false, isPermanent: false });
  });

  it('shows no secret that it repeats', async () => {
    const { url } = await httpReceiver(({ path }) => ({ status: 400, body: `no such path ${path} ${encodeURIComponent(path)}` }));
    const result = await channelOf({ type: 'telegram', token: '${TOKEN}', chat_id: 1, base_url: url }).send(message('one'));
    expect(JSON.stringify(result)).not.toContain('telegram-token');
    expect(result).toMatchObject({ error: expect.stringContaining('/bot***/sendMessage') as string });
  });
});

describe('a channel', () => {
  it('is refused without its secret, and with an address of another kind', () => {
    expect(() => channelOf({ type: 'webhook', url: 'https://desk.example', secret: '${NONE}' })).toThrow(/channels\.one\.secret must have its secret in the environment, NONE was missing/);
    expect(() => channelOf({ type: 'slack', url: '${SLACK}' })).toThrow(/SLACK was empty/);
    for (const url of ['file:///etc/passwd', 'ftp://desk.example', 'data:text/plain,x', 'desk.example', 'https://name:word@desk.example']) {
      expect(() => channelOf({ type: 'webhook', url, secret: '${SECRET}' })).toThrow(/channels\.one\.url must be an address/);
    }
  });
});
