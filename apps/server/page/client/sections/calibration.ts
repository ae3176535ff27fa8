import { type Marked, reliabilityPlot, wilson } from '../charts.ts';
import { absent, h, table } from '../dom.ts';
import { fixed, percent, signedPercent } from '../format.ts';
import { type Known, SEGMENTS, type Segment, type Store } from '../store.ts';
import type { Calibration, Ic } from '../types.ts';

/** What grades were worth: shadow and live apart, in different marks. */
export function calibration(store: Store, onModel: (model: string) => void): HTMLElement {
  const all = store.dashboard?.models ?? [];
  if (all.length === 0) return absent('No model, no calibration.');
  const choice = h('select', { id: 'calibrated', change: (event) => onModel((event.target as HTMLSelectElement).value) },
    all.map(({ model }) => h('option', { value: model, selected: model === store.calibrated }, model)));
  const points = SEGMENTS.flatMap((segment) => pointsOf(segment, store.calibrations[segment]));
  return h('div', {}, h('div', { class: 'filters' }, h('label', {}, 'model', choice)),
    points.length > 0 && h('figure', {}, h('figcaption', {}, 'Reliability: ● live, □ shadow; bars are Wilson intervals on all outcomes of a bin, which overlap, so they are too narrow.'), reliabilityPlot(points)),
    SEGMENTS.toReversed().map((segment) => part(segment, store.calibrations[segment])));
}

function pointsOf(segment: Segment, { rows }: Known<Calibration>): Marked[] {
  return (rows?.[0]?.reliability?.bins ?? []).filter(({ n }) => n > 0).map((bin, i) => {
    const [low, high] = wilson(bin.outcome, bin.n);
    return { name: `${segment} ${i}`, x: bin.forecast, y: bin.outcome, low, high, isSecond: segment === 'shadow' };
  });
}

function part(segment: Segment, { rows, reason }: Known<Calibration>): HTMLElement {
  const title = segment === 'live' ? '● Live' : '□ Shadow';
  const found = rows?.[0];
  if (found === undefined) return h('div', {}, h('h3', {}, title), absent(`Cannot be shown: ${reason ?? 'no table'}.`));
  if (found.bands === undefined) return h('div', {}, h('h3', {}, title), absent(`${found.n} outcomes, no table: ${found.reason ?? 'there are too few'}.`));
  const { reliability: r, decay, power } = found;
  return h('div', {}, h('h3', {}, `${title}: ${found.n} outcomes, ${fixed(found.n_effective, 0)} independent`),
    power !== undefined && h('p', {}, powerText(power)),
    h('p', {}, icText('over time', found.time_series), ' ', icText('across tokens', found.cross_section)),
    r !== undefined && h('p', {}, `Brier ${fixed(r.brier, 4)} against ${fixed(r.brier_base, 4)} of the base rate; calibration error ${fixed(r.ece, 4)} (limit ${fixed(r.ece_limit95, 4)}); the 80 % interval held ${percent(r.within)}.`),
    h('div', { class: 'two' }, table(`${title}: bands of grades and what followed`, [
      { name: 'band', cell: (one) => one.name }, { name: 'n', isNumber: true, cell: (one) => one.n }, { name: 'independent', isNumber: true, cell: (one) => fixed(one.n_effective, 0) },
      { name: 'mean forward', isNumber: true, cell: (one) => signedPercent(one.mean_forward, 2) }, { name: 'rose', isNumber: true, cell: (one) => (one.hit_rate === null ? '–' : `${percent(one.hit_rate)} [${percent(one.hit_low)}, ${percent(one.hit_high)}]`) },
      { name: 'mean net', isNumber: true, cell: (one) => signedPercent(one.mean_net, 2) },
    ], found.bands),
    decay !== undefined && table(`${title}: rank IC by lag${decay.is_leak_suspected ? ' (! a leak is suspected: worth twice as much at once as one bar later)' : ''}`, [
      { name: 'lag, bars', cell: (one) => String(one.lag_bars) }, { name: 'n', isNumber: true, cell: (one) => one.n }, { name: 'IC', isNumber: true, cell: (one) => fixed(one.ic, 4) },
    ], decay.lags)));
}

function powerText({ basis, eras, se_mean_ic: error, detectable_ic: least }: NonNullable<Calibration['power']>): string {
  const sample = `Power (${basis}, ${eras} ${eras === 1 ? 'era' : 'eras'}): `;
  if (error === null || least === null) return `${sample}too few eras to tell how far the mean IC can be trusted.`;
  return `${sample}standard error of the mean IC ${fixed(error, 4)}; a true IC below ${fixed(least, 3)} would mostly be missed.`;
}

function icText(name: string, ic: Ic | undefined): string {
  if (ic === undefined) return '';
  return ic.mean === null ? `Rank IC ${name}: none, ${ic.reason ?? 'too few'}.` : `Rank IC ${name} ${fixed(ic.mean, 4)} (t ${fixed(ic.t, 1)}, n ${ic.n}).`;
}
