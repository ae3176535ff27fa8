import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage } from '../../../engine/index.ts';
import { type AlertChannel, type AlertMessage, notSent, sent } from './channel.ts';

/** Lines of JSON at the end of a file, one an alert, synced. */
export function fileChannel({ name, path }: { readonly name: string; readonly path: string }): AlertChannel {
  return {
    name, type: 'file',
    send: async ({ deliveryId, alerts }, atMs) => {
      const lines = alerts.map((alert) => `${JSON.stringify({ delivery_id: deliveryId, sent_at_ms: atMs, ...alert })}\n`).join('');
      try {
        appendSynced(path, lines);
      } catch (error) {
        return notSent(errorMessage(error));
      }
      return sent();
    },
  };
}

function appendSynced(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const handle = openSync(path, 'a');
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A function of this process, such as one that prints; what it throws is an attempt that failed. */
export function callbackChannel({ name, onMessage }: { readonly name: string; readonly onMessage: (message: AlertMessage) => void | Promise<void> }): AlertChannel {
  return {
    name, type: 'callback',
    send: async (message) => {
      try {
        await onMessage(message);
        return sent();
      } catch (error) {
        return notSent(errorMessage(error));
      }
    },
  };
}
