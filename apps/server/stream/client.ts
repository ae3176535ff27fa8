import { formatTime } from '../../../engine/index.ts';
import type { Entry } from '../../../grading/index.ts';
import type { Call } from '../endpoints/index.ts';
import { CHANNELS, type ChannelName, type Channel, type StreamRow } from './channels.ts';
import type { ServerMessage } from './messages.ts';

/** What one client follows, and how far it has been told. */
export interface StreamClient {
  follow(channels: readonly ChannelName[], symbols: readonly string[] | null, resumeFrom: number | null): void;
  leave(channels: readonly ChannelName[]): void;
  hear(batch: readonly Entry[]): void;
}

export interface ClientOptions {
  readonly call: () => Call;
  readonly send: (message: ServerMessage) => void;
}

/** Snapshots first, then every entry behind them; the symbols of the last subscription hold for all channels. */
export function createStreamClient({ call, send }: ClientOptions): StreamClient {
  /** Sequence number up to which a channel has been told. */
  const told = new Map<ChannelName, number>();
  let symbols: readonly string[] | null = null;
  let lastSeq = 0;

  const isAsked = ({ pair }: StreamRow): boolean => {
    if (symbols === null || pair === null) return true;
    const symbol = pair.slice(pair.indexOf(':') + 1).toUpperCase();
    return symbols.some((one) => one === symbol || one === symbol.split('/')[0] || one === pair.toUpperCase());
  };
  const snapshot = (name: ChannelName): void => {
    const { server: { view } } = call();
    send({ type: 'snapshot', channel: name, seq: view.state.seq, data: CHANNELS[name].snapshot(call()).filter(isAsked).map(({ row }) => row) });
    told.set(name, view.state.seq);
    lastSeq = Math.max(lastSeq, view.state.seq);
  };
  const delta = (entry: Entry): void => {
    for (const [name, seq] of told) {
      if (entry.seq <= seq) continue;
      told.set(name, entry.seq);
      const channel: Channel = CHANNELS[name];
      const found = channel.delta(entry, call());
      if (found === null || !isAsked(found)) continue;
      send({ type: 'delta', channel: name, seq: entry.seq, prev_seq: lastSeq, ts: formatTime(entry.tsMs), data: found.row });
      lastSeq = entry.seq;
    }
  };

  return {
    follow(channels, asked, resumeFrom): void {
      const { server: { view: { state } } } = call();
      symbols = asked;
      send({ type: 'subscribed', channels, symbols, seq: state.seq });
      const missing = resumeFrom === null ? null : whyNotFrom(resumeFrom, state.seq, state.recent.first()?.seq ?? state.seq + 1);
      if (resumeFrom === null || missing !== null) {
        if (missing !== null) send({ type: 'resync', seq: state.seq, reason: missing });
        channels.forEach(snapshot);
        return;
      }
      for (const name of channels) told.set(name, resumeFrom);
      lastSeq = resumeFrom;
      for (const entry of state.recent.values()) delta(entry);
    },
    leave: (channels) => channels.forEach((name) => told.delete(name)),
    hear: (batch) => batch.forEach(delta),
  };
}

function whyNotFrom(seq: number, newest: number, oldest: number): string | null {
  if (seq > newest) return `${seq} has not been published, the newest is ${newest}`;
  return seq + 1 < oldest ? `${seq} is no longer held, the oldest is ${oldest}` : null;
}

