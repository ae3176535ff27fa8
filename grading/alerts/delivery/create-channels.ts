import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataError, errorMessage, parseDurationMs, SECOND_MS } from '../../../engine/index.ts';
import type { AlertChannelConfig } from './channel-schema.ts';
import type { AlertChannel, AlertMessage } from './channel.ts';
import { httpChannel, slackChannel, telegramChannel, twilioChannel, webhookChannel } from './http-channels.ts';
import { callbackChannel, fileChannel } from './local-channels.ts';
import type { DeliveryPolicy } from './policy.ts';
import { createSecrets, type Secrets, type SecretSource } from './secrets.ts';
import { smtpChannel } from './smtp-channel.ts';

export interface ChannelsOptions {
  /** Where `${NAME}` is looked up: the environment of the caller. */
  readonly env: SecretSource;
  /** Folder that relative paths of files start from. */
  readonly folder: string;
  /** What a `console` channel does. */
  readonly onMessage: (message: AlertMessage) => void | Promise<void>;
}

export interface CreatedChannels {
  readonly channels: readonly AlertChannel[];
  /** For `createDelivery`: what single channels say of attempts and groups. */
  readonly policyOf: Readonly<Record<string, Partial<DeliveryPolicy>>>;
  /** Takes every secret of these channels out of a text. */
  readonly redact: (text: string) => string;
}

const TIMEOUT_MS = 10 * SECOND_MS;

/**
 * Channels from what a file says of them, with their secrets.
 *
 * throws  InputError `alert-secret-missing`, `channel-invalid`; DataError `channel-file-unreadable`
 */
export function createChannels(configs: Readonly<Record<string, AlertChannelConfig>>, options: ChannelsOptions): CreatedChannels {
  const secrets = createSecrets(options.env);
  const entries = Object.entries(configs);
  return {
    channels: entries.map(([name, config]) => createChannel(name, config, secrets, options)),
    policyOf: Object.fromEntries(entries.map(([name, { attempts, group }]) => [name, {
      ...(attempts === undefined ? {} : { maxAttempts: attempts }), ...(group === undefined ? {} : { groupMs: parseDurationMs(group) }),
    }])),
    redact: (text) => secrets.redact(text),
  };
}

function createChannel(name: string, config: AlertChannelConfig, secrets: Secrets, { folder, onMessage }: ChannelsOptions): AlertChannel {
  const common = { name, secrets, timeoutMs: config.timeout === undefined ? TIMEOUT_MS : parseDurationMs(config.timeout) };
  const of: Resolve = (key, text) => secrets.resolve(text, `channels.${name}.${key}`);
  const headersOf = (headers: Readonly<Record<string, string>> = {}): Record<string, string> => Object.fromEntries(Object.entries(headers).map(([key, text]) => [key, of(`headers.${key}`, text)]));
  switch (config.type) {
    case 'webhook': return webhookChannel({ ...common, url: of('url', config.url), secret: of('secret', config.secret), headers: headersOf(config.headers) });
    case 'slack': return slackChannel({ ...common, url: of('url', config.url) });
    case 'telegram': return telegramChannel({ ...common, token: of('token', config.token), chatId: String(config.chat_id), baseUrl: config.base_url });
    case 'twilio': {
      const [accountSid, authToken] = [of('account_sid', config.account_sid), of('auth_token', config.auth_token)];
      secrets.hide(`${accountSid}:${authToken}`);
      return twilioChannel({ ...common, accountSid, authToken, from: config.from, to: config.to, baseUrl: config.base_url });
    }
    case 'http': return httpChannel({
      ...common, url: of('url', config.url), method: config.method ?? 'POST', headers: headersOf(config.headers), maxCharacters: config.max_characters,
      body: config.json !== undefined ? { format: 'json', values: resolved(config.json, of) } : config.form === undefined ? null : { format: 'form', values: resolved(config.form, of) },
    });
    case 'file': return fileChannel({ name, path: resolve(folder, config.path) });
    case 'smtp': return smtpChannel({ ...common, ...smtpOptions(config, of, folder) });
    default: return callbackChannel({ name, onMessage });
  }
}

type Resolve = (key: string, text: string) => string;

function smtpOptions(config: Extract<AlertChannelConfig, { type: 'smtp' }>, of: Resolve, folder: string) {
  const { host, tls = 'starttls', port = tls === 'implicit' ? 465 : 587, user, password, from, to, ca_file: ca } = config;
  return {
    host, tls, port, from, to,
    user: user === undefined ? null : of('user', user),
    password: password === undefined ? null : of('password', password),
    ca: ca === undefined ? null : readCa(resolve(folder, ca)),
  };
}

function resolved(value: unknown, of: Resolve): unknown {
  if (typeof value === 'string') return of('body', value);
  if (Array.isArray(value)) return value.map((inner) => resolved(inner, of));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, of)]));
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new DataError('channel-file-unreadable', `${file} must be a PEM file: ${errorMessage(error)}`, { cause: error });
  }
}
