import { HEADLINE_NAMES, type HeadlineBand } from '../../engine/index.ts';
import { counted } from '../format.ts';
import { type Html, html } from '../html.ts';
import { ANNUAL_NEEDS_DAYS, metricData, metricPhrase } from '../metric-text.ts';

/** The headlines under both resolutions of the bars that candles cannot decide, in words; `of` names whose they are where it is not the page's. */
export function bandNote(band: HeadlineBand, days: number, of = ''): Html {
  const { ambiguousBars, pessimistic, optimistic } = band;
  if (ambiguousBars === 0) return html`<p class="quiet">${of === '' ? 'No' : `${of}: no`} bar could have filled either way.</p>`;
  const names = HEADLINE_NAMES.filter((name) => (name !== 'sharpeAnn' || days >= ANNUAL_NEEDS_DAYS) && (pessimistic[name] !== null || optimistic[name] !== null));
  const end = (side: 'pessimistic' | 'optimistic', name: (typeof HEADLINE_NAMES)[number]): Html => {
    const value = band[side][name];
    return value === null ? html`not defined` : metricData(name, value, side);
  };
  const ranges = names.map((name, i) => html`${i === 0 ? null : ', '}${metricPhrase(name)} ${end('pessimistic', name)} … ${end('optimistic', name)}`);
  return html`<p class="quiet">${of === '' ? null : `${of}: `}<b>${counted(ambiguousBars, 'ambiguous bar')}</b>; with all of them at their worst … at their best: ${ranges}. It is a band of two resolutions, not a bound: fills in another order can end outside it.</p>`;
}

/** The band as the manifest holds it: the numbers that the page prints. */
export function bandManifest(band: HeadlineBand | null): object {
  return { ambiguousBars: band?.ambiguousBars ?? null, pessimistic: band?.pessimistic ?? null, optimistic: band?.optimistic ?? null };
}
