import { z } from 'zod';

const secret = z.string().regex(/^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/, 'must be a reference to the environment such as ${DESK_SECRET}; secrets are not written into files');
const duration = z.string().regex(/^\d+(\.\d+)?\s*[smhdw]$/, 'must be a duration such as 10s or 5m');
const url = z.string().min(1);
const common = {
  timeout: duration.optional().describe('of one attempt [10s]'),
  attempts: z.int().min(1).max(100).optional().describe('failed attempts before the dead letters [12]'),
  group: duration.optional().describe('alerts of so long go out as one message [each at once]'),
};
const SECRET_HEADER = /authorization|token|secret|cookie|password|api-?key/i;
const headers = z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).superRefine((all, context) => {
  for (const [name, value] of Object.entries(all)) {
    if (SECRET_HEADER.test(name) && !value.includes('${')) context.addIssue({ code: 'custom', path: [name], message: 'must take its secret from the environment, such as "Bearer ${SMS_TOKEN}"' });
  }
}).optional();

const smtp = z.strictObject({
  type: z.literal('smtp'), ...common, host: z.string().min(1), port: z.int().min(1).max(65_535).optional().describe('[587; 465 with implicit TLS]'),
  tls: z.enum(['implicit', 'starttls', 'none']).optional().describe('[starttls]'), user: z.string().optional(), password: secret.optional(),
  from: z.string().min(3), to: z.array(z.string().min(3)).min(1), ca_file: z.string().optional().describe('PEM of an authority of your own'),
}).superRefine((channel, context) => {
  if ((channel.user === undefined) !== (channel.password === undefined)) context.addIssue({ code: 'custom', path: ['password'], message: 'must stand with user, or neither' });
  if (channel.tls === 'none' && channel.password !== undefined) context.addIssue({ code: 'custom', path: ['tls'], message: 'must not be none where a password is sent' });
});
const http = z.strictObject({
  type: z.literal('http'), ...common, url, method: z.enum(['POST', 'PUT', 'GET']).optional(), headers,
  json: z.json().optional().describe('body; {text}, {subject}, {id} and {severity} are filled in'), form: z.record(z.string(), z.string()).optional(),
  max_characters: z.int().min(20).max(100_000).optional().describe('of {text} [1500]'),
}).superRefine((channel, context) => {
  if (channel.json !== undefined && channel.form !== undefined) context.addIssue({ code: 'custom', path: ['form'], message: 'must not stand beside json' });
});

/** A channel as it is written. */
export const alertChannelSchema = z.discriminatedUnion('type', [
  smtp,
  http,
  z.strictObject({ type: z.literal('telegram'), ...common, token: secret, chat_id: z.union([z.string(), z.int()]), base_url: url.optional() }),
  z.strictObject({ type: z.literal('slack'), ...common, url: secret.describe('of an incoming webhook; it is the secret') }),
  z.strictObject({ type: z.literal('twilio'), ...common, account_sid: z.string().min(1), auth_token: secret, from: z.string().min(1), to: z.string().min(1), base_url: url.optional() }),
  z.strictObject({ type: z.literal('webhook'), ...common, url, secret, headers }),
  z.strictObject({ type: z.literal('file'), ...common, path: z.string().min(1) }),
  z.strictObject({ type: z.literal('console'), ...common }),
]);

export type AlertChannelConfig = z.infer<typeof alertChannelSchema>;
