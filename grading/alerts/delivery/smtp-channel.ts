import type { Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { errorMessage } from '../../../engine/index.ts';
import { type AlertChannel, notSent, type SendResult, sent } from './channel.ts';
import type { Secrets } from './secrets.ts';
import { escapeHtml, messageSubject, messageText } from './wording.ts';

export interface SmtpOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `starttls` never falls back to plain text; `none` is for a server on this machine. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
  readonly to: readonly string[];
  /** PEM of an authority beside the system's. */
  readonly ca: string | null;
  readonly timeoutMs: number;
  readonly secrets: Pick<Secrets, 'redact'>;
}

/** Mail; its Message-ID is that of the delivery, so that a second copy can be told from the first. */
export function smtpChannel(options: SmtpOptions): AlertChannel {
  const { name, from, to, secrets } = options;
  let transport: Transporter<SMTPTransport.SentMessageInfo> | null = null;
  return {
    name, type: 'smtp',
    send: async (message) => {
      try {
        transport ??= await transportOf(options);
        const text = messageText(message);
        const info = await transport.sendMail({
          from, to: [...to], subject: messageSubject(message), text, html: `<pre>${escapeHtml(text)}</pre>`, messageId: `<${message.deliveryId}@assay.invalid>`,
          headers: { 'X-Assay-Delivery': message.deliveryId, 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true, disableUrlAccess: true,
        });
        return info.rejected.length === 0 ? sent() : sent(`${info.rejected.length} of ${to.length} recipients were refused`);
      } catch (error) {
        return failed(error, secrets);
      }
    },
  };
}

async function transportOf({ host, port, tls, user, password, ca, timeoutMs }: SmtpOptions): Promise<Transporter<SMTPTransport.SentMessageInfo>> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none',
    auth: user === null || password === null ? undefined : { user, pass: password },
    tls: ca === null ? undefined : { ca },
    connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs,
  });
}

/** A 5xx answer to the mail itself is final; a refused login is not, as passwords are mended. */
function failed(error: unknown, secrets: Pick<Secrets, 'redact'>): SendResult {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  const isPermanent = responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return notSent(secrets.redact(errorMessage(error)), { isPermanent });
}
