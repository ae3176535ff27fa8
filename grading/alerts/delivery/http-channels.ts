import { SECOND_MS } from '../../../engine/index.ts';
import { plain } from '../template.ts';
import type { AlertChannel, AlertMessage } from './channel.ts';
import { checkUrl, type HttpRequest, sendHttp } from './http.ts';
import type { Secrets } from './secrets.ts';
import { SIGNATURE_HEADERS, signBody } from './signature.ts';
import { escapeHtml, escapeSlack, messageSubject, messageText, shortened } from './wording.ts';

interface Common {
  readonly name: string;
  readonly timeoutMs: number;
  readonly secrets: Pick<Secrets, 'redact'>;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' } as const;
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' } as const;
const TELEGRAM_URL = 'https://api.telegram.org';
const TELEGRAM_CHARACTERS = 3_800; // 4096 after entities are parsed
const SLACK_CHARACTERS = 12_000;
const SMS_CHARACTERS = 1_500; // Twilio takes 1600

function channel(type: string, { name, timeoutMs, secrets }: Common, requestOf: (message: AlertMessage, atMs: number) => HttpRequest, retryAfterOf?: (body: string) => number | null): AlertChannel {
  return { name, type, send: (message, atMs) => sendHttp(requestOf(message, atMs), { timeoutMs, secrets, atMs, retryAfterOf }) };
}

/** Signed JSON: `{ delivery_id, alerts }`, with the headers that `verifySignature` checks. */
export function webhookChannel({ url, secret, headers = {}, ...common }: Common & { readonly url: string; readonly secret: string; readonly headers?: Readonly<Record<string, string>> }): AlertChannel {
  checkUrl(url, `channels.${common.name}.url`);
  return channel('webhook', common, (message, atMs) => {
    const body = JSON.stringify({ delivery_id: message.deliveryId, alerts: message.alerts });
    const timestamp = Math.floor(atMs / SECOND_MS);
    const signed = {
      [SIGNATURE_HEADERS.timestamp]: String(timestamp), [SIGNATURE_HEADERS.signature]: signBody(secret, timestamp, body), [SIGNATURE_HEADERS.delivery]: message.deliveryId,
    };
    return { url, method: 'POST', headers: { ...headers, ...JSON_TYPE, ...signed }, body };
  });
}

/** Telegram's `sendMessage`, in its HTML mode. */
export function telegramChannel({ token, chatId, baseUrl = TELEGRAM_URL, ...common }: Common & { readonly token: string; readonly chatId: string; readonly baseUrl?: string }): AlertChannel {
  const url = checkUrl(`${baseUrl.replace(/\/+$/, '')}/bot${token}/sendMessage`, `channels.${common.name}.base_url`);
  const requestOf = (message: AlertMessage): HttpRequest => ({
    url, method: 'POST', headers: JSON_TYPE,
    body: JSON.stringify({ chat_id: chatId, text: escapeHtml(shortened(messageText(message), TELEGRAM_CHARACTERS)), parse_mode: 'HTML', link_preview_options: { is_disabled: true } }),
  });
  return channel('telegram', common, requestOf, telegramRetryAfter);
}

/** Telegram says in the body for how long: `parameters.retry_after`. */
function telegramRetryAfter(body: string): number | null {
  const match = /"retry_after"\s*:\s*(\d+)/.exec(body);
  return match === null ? null : Number(match[1]);
}

/** An incoming webhook of Slack. */
export function slackChannel({ url, ...common }: Common & { readonly url: string }): AlertChannel {
  checkUrl(url, `channels.${common.name}.url`);
  return channel('slack', common, (message) => ({ url, method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ text: escapeSlack(shortened(messageText(message), SLACK_CHARACTERS)) }) }));
}

export interface HttpTemplate {
  readonly url: string;
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  /** `{text}`, `{subject}`, `{id}` and `{severity}` in its values are filled in; the format escapes them. */
  readonly body: { readonly format: 'json' | 'form'; readonly values: unknown } | null;
  readonly maxCharacters?: number;
}

/** Any request of a gateway, such as for SMS. */
export function httpChannel({ url, method, headers, body, maxCharacters = SMS_CHARACTERS, ...common }: Common & HttpTemplate, type = 'http'): AlertChannel {
  checkUrl(url, `channels.${common.name}.url`);
  return channel(type, common, (message) => {
    const fields = { text: shortened(messageText(message), maxCharacters), subject: messageSubject(message), id: message.deliveryId, severity: message.alerts[0].severity };
    const fill = (template: string): string => template.replaceAll(/\{(text|subject|id|severity)\}/g, (_whole, name: keyof typeof fields) => fields[name]);
    const filledUrl = url.replaceAll(/\{(text|subject|id|severity)\}/g, (_whole, name: keyof typeof fields) => encodeURIComponent(fields[name]));
    const filledHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, plain(fill(value))]));
    if (body === null || method === 'GET') return { url: filledUrl, method, headers: filledHeaders, body: null };
    if (body.format === 'json') return { url: filledUrl, method, headers: { ...JSON_TYPE, ...filledHeaders }, body: JSON.stringify(filled(body.values, fill)) };
    const pairs = Object.entries(body.values as Record<string, string>).map(([name, value]): [string, string] => [name, fill(value)]);
    return { url: filledUrl, method, headers: { ...FORM_TYPE, ...filledHeaders }, body: new URLSearchParams(pairs).toString() };
  });
}

function filled(value: unknown, fill: (template: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((inner) => filled(inner, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, fill)]));
}

const TWILIO_URL = 'https://api.twilio.com';

/** SMS by Twilio's Messages resource. */
export function twilioChannel({ accountSid, authToken, from, to, baseUrl = TWILIO_URL, ...common }: Common & {
  readonly accountSid: string; readonly authToken: string; readonly from: string; readonly to: string; readonly baseUrl?: string;
}): AlertChannel {
  const url = `${baseUrl.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` };
  return httpChannel({ ...common, url, method: 'POST', headers, body: { format: 'form', values: { From: from, To: to, Body: '{text}' } } }, 'twilio');
}
