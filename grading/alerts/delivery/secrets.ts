import { InputError } from '../../../engine/index.ts';

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const MIN_SECRET = 4;

/** Variables by name, as the caller has them. */
export type SecretSource = Readonly<Record<string, string | undefined>>;

/** Texts with their references resolved, and a way to take what was resolved out of any text again. */
export interface Secrets {
  /**
   * A text in which each `${NAME}` is replaced.
   *
   * throws  InputError `alert-secret-missing` with the name
   */
  resolve(text: string, parameter: string): string;
  /** Makes a text one that must not be shown, such as what is built from a secret. */
  hide(text: string): void;
  /** A text without secrets: plain, percent-encoded, in JSON or base64. */
  redact(text: string): string;
}

/** Resolves references to secrets; what it has resolved once never appears in a text that it has redacted. */
export function createSecrets(source: SecretSource): Secrets {
  const hidden = new Set<string>();

  const hide = (secret: string): void => {
    if (secret.length < MIN_SECRET) return;
    for (const form of formsOf(secret)) hidden.add(form);
  };

  return {
    hide,
    resolve: (text, parameter) => {
      let isSecret = false;
      const resolved = text.replaceAll(REFERENCE, (_whole, name: string) => {
        const value = source[name];
        if (value === undefined || value === '') throw new InputError('alert-secret-missing', `${parameter} must have its secret in the environment, ${name} was ${value === undefined ? 'missing' : 'empty'}`);
        isSecret = true;
        hide(value);
        return value;
      });
      if (isSecret) hide(resolved);
      return resolved;
    },
    redact: (text) => [...hidden].sort((a, b) => b.length - a.length).reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  };
}

/** As it is sent: plain, in an address, a form, JSON, or base64. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  return [secret, encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1), bytes.toString('base64'), bytes.toString('base64url')];
}
