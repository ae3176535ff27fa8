import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { smtpChannel, type SmtpOptions } from '../../../../grading/index.ts';
import { alertEntry, START_MS } from '../../../support/alert-entries.ts';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from '../../../support/localhost-certificate.ts';

const PASSWORD = 'correct horse';
const message = { deliveryId: 'd1', alerts: [alertEntry(1, { text: 'BTC/USDT: up\r\nBcc: all@example.com <b>' }).payload] };

/** A mail server on this machine: what it took, and by which way. */
async function mailServer(options: SMTPServerOptions = {}) {
  const mails: { readonly text: string; readonly user: string; readonly isSecure: boolean; readonly to: readonly string[] }[] = [];
  const server = new SMTPServer({
    key: LOCALHOST_KEY, cert: LOCALHOST_CERTIFICATE,
    onAuth: ({ username, password }, _session, callback) => (password === PASSWORD ? callback(null, { user: username ?? '' }) : callback(new Error(`bad password ${password}`))),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({ text: Buffer.concat(chunks).toString('utf8'), user: String(session.user ?? ''), isSecure: session.secure, to: session.envelope.rcptTo.map(({ address }) => address) });
        callback(null);
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterAll(() => new Promise<void>((resolve) => {
    server.close(resolve);
  }));
  return { mails, port: (server.server.address() as AddressInfo).port };
}

function send(port: number, stated: Partial<SmtpOptions> = {}) {
  const redact = (text: string): string => text.replaceAll(PASSWORD, '***').replaceAll('wrong', '***');
  const channel = smtpChannel({
    name: 'mail', host: 'localhost', port, tls: 'starttls', user: 'assay', password: PASSWORD, from: 'Assay <assay@example.com>', to: ['desk@example.com', 'risk@example.com'],
    ca: LOCALHOST_CERTIFICATE, timeoutMs: 5_000, secrets: { redact }, ...stated,
  });
  return channel.send(message, START_MS);
}

describe('mail', () => {
  it('goes out by STARTTLS with a login, and no value of it becomes a header or markup', async () => {
    const { mails, port } = await mailServer();
    expect(await send(port)).toEqual({ isSent: true, detail: null });
    expect(mails).toMatchObject([{ user: 'assay', isSecure: true, to: ['desk@example.com', 'risk@example.com'] }]);
    const [headers] = mails[0].text.split('\r\n\r\n');
    expect(headers).toMatch(/^Subject: \[Assay warning\] BTC\/USDT: up/m);
    expect(headers).toMatch(/^Message-ID: <d1@assay\.invalid>/m);
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(mails[0].text).toContain('&lt;b&gt;');
  });

  it('goes out by implicit TLS', async () => {
    const { mails, port } = await mailServer({ secure: true });
    expect(await send(port, { tls: 'implicit' })).toMatchObject({ isSent: true });
    expect(mails).toMatchObject([{ isSecure: true }]);
  });

  it('never falls back to plain text, and trusts no stranger', async () => {
    const plain = await mailServer({ disabledCommands: ['STARTTLS'], authOptional: true });
    expect(await send(plain.port)).toMatchObject({ isSent: false, isPermanent: false });
    const stranger = await mailServer();
    expect(await send(stranger.port, { ca: null })).toMatchObject({ isSent: false, error: expect.stringMatching(/self-signed/) as string });
    expect([...plain.mails, ...stranger.mails]).toEqual([]);
  });

  it('shows no password where the login is refused, and may try again', async () => {
    const { port } = await mailServer();
    const result = await send(port, { password: 'wrong' });
    expect(result).toMatchObject({ isSent: false, isPermanent: false, error: expect.stringContaining('***') as string });
    expect(JSON.stringify(result)).not.toContain('wrong');
  });

  it('is given up where every recipient is refused, tried again where the server is busy', async () => {
    const answering = (responseCode: number) => mailServer({ onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error('no'), { responseCode })) });
    expect(await send((await answering(550)).port)).toMatchObject({ isSent: false, isPermanent: true });
    expect(await send((await answering(451)).port)).toMatchObject({ isSent: false, isPermanent: false });
  });

  it('says where some recipients were refused', async () => {
    const { port } = await mailServer({ onRcptTo: ({ address }, _session, callback) => (address.startsWith('risk') ? callback(Object.assign(new Error('no'), { responseCode: 550 })) : callback()) });
    expect(await send(port)).toEqual({ isSent: true, detail: '1 of 2 recipients were refused' });
  });
});
