import { z } from 'zod';
import { CHANNEL_NAMES, type ChannelName } from './channels.ts';

const channel = z.enum(CHANNEL_NAMES as [ChannelName, ...ChannelName[]]);
const symbols = z.array(z.string().min(1).max(70).transform((text) => text.toUpperCase())).max(500);

/** What a client may say. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('auth'), token: z.string().max(200) }),
  z.strictObject({ type: z.literal('subscribe'), channels: z.array(channel).min(1).max(50), symbols: symbols.optional(), resume_from: z.number().int().min(0).optional() }),
  z.strictObject({ type: z.literal('unsubscribe'), channels: z.array(channel).min(1).max(50) }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type ClientMessage = z.output<typeof clientMessage>;

/** What the server says; every delta names the one before it, so that a client sees whether it has missed one. */
export type ServerMessage =
  | { readonly type: 'welcome'; readonly seq: number; readonly channels: readonly ChannelName[]; readonly heartbeat_seconds: number }
  | { readonly type: 'snapshot'; readonly channel: ChannelName; readonly seq: number; readonly data: readonly object[] }
  | { readonly type: 'delta'; readonly channel: ChannelName; readonly seq: number; readonly prev_seq: number; readonly ts: string; readonly data: object }
  | { readonly type: 'subscribed'; readonly channels: readonly ChannelName[]; readonly symbols: readonly string[] | null; readonly seq: number }
  /** What was asked to go on from is not held any more: snapshots follow. */
  | { readonly type: 'resync'; readonly seq: number; readonly reason: string }
  | { readonly type: 'heartbeat'; readonly seq: number; readonly ts: string }
  | { readonly type: 'pong'; readonly seq: number }
  | { readonly type: 'error'; readonly code: string; readonly detail: string };

/** Codes with which the server closes. */
export const CLOSE = { tooMany: 1013, goingAway: 1001, slow: 4008, unauthorized: 4401, forbidden: 4403, authTimeout: 4408, chatty: 4429 } as const;
