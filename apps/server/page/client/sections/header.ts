import { h } from '../dom.ts';
import { age, minute } from '../format.ts';
import type { Store } from '../store.ts';

/** Name, time, feed and what the grades rest on. */
export function header(store: Store): HTMLElement {
  const { dashboard, meta } = store;
  const stale = (dashboard?.markets ?? []).filter((one) => one.stale);
  const feed = dashboard?.feed ?? null;
  const fact = (name: string, value: string, isBad = false): HTMLElement => h('div', {}, h('dt', {}, name), h('dd', { class: isBad ? 'bad' : null }, value));
  return h('header', { class: 'masthead' },
    h('p', { class: 'kind' }, 'ASSAY · LIVE GRADES ', meta?.sandbox === true && h('span', { class: 'mark', id: 'sandbox' }, 'sandbox: shadow models are published')),
    h('h1', {}, 'What the models say, and what they were worth'),
    h('dl', { class: 'status' },
      fact('as of (UTC)', minute(meta?.as_of ?? null)),
      fact('markets', stale.length === 0 ? `${dashboard?.markets.length ?? 0}, all fresh` : `! ${stale.length} of ${dashboard?.markets.length ?? 0} stale, oldest ${age(Math.max(...stale.map((one) => one.age_seconds ?? 0)))}`, stale.length > 0),
      fact('feed', feed === null ? 'no word yet' : feed.connected ? (feed.detail === 'connected' ? 'connected' : `connected: ${feed.detail}`) : `! not connected: ${feed.detail}`, feed !== null && !feed.connected),
      fact('updates', store.isStreaming ? 'streamed' : 'polled every 30 s'),
      fact('entries', String(store.seq)),
      fact('data root', meta?.data_root?.slice(0, 23) ?? 'none')),
    h('p', { class: 'quiet' }, meta?.disclaimer ?? ''));
}
