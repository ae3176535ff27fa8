import { describe, expect, it } from 'vitest';
import { type MetricName, simulationConfig } from '../../engine/index.ts';
import { jsonText, scriptText } from '../../reports/html.ts';
import { type ReportInput, renderReport } from '../../reports/index.ts';
import { metricText } from '../../reports/metric-text.ts';
import { type FixtureOptions, runFixture, sweepFixture, walkForwardFixture } from '../support/report-fixtures.ts';

const assets = { script: 'void 0' };
const HOSTILE = '<script>alert(1)</script>"&\'</script><!--';
const WORDS = /\b(?:NaN|Infinity|undefined)\b/;

const run = (options: FixtureOptions = {}): ReportInput => ({ kind: 'run', run: runFixture({ bars: 4_000, ...options }) });

const degenerate: Readonly<Record<string, () => ReportInput>> = {
  'no trades': () => run({ every: Infinity }),
  'one trade': () => run({ mostTrades: 1 }),
  'under ninety days': () => run({ bars: 1_000 }),
  'no losing trade': () => {
    const base = runFixture({ bars: 4_000 });
    const trades = base.trades.filter(({ pnlQuote }) => pnlQuote > 0);
    return { kind: 'run', run: { ...base, trades, metrics: { ...base.metrics, profitFactor: null }, reasons: { profitFactor: 'no losing trades' } } };
  },
  'missing months': () => run({ gapBars: 24 * 80 }),
  'open last position': () => run({ open: true, every: 5 }),
  'a ruined account': () => run({ ruinedAtBar: 2_000 }),
  'two bars': () => run({ bars: 2, every: Infinity }),
  'one parameter': () => ({ kind: 'sweep', ...sweepFixture({ axes: { fastBars: [4, 8, 12] } }) }),
  'one point': () => ({ kind: 'sweep', ...sweepFixture({ axes: { fastBars: [4] } }) }),
  'failures only': () => ({ kind: 'sweep', ...sweepFixture({ failAll: true }) }),
  'many trials': () => ({ kind: 'sweep', ...sweepFixture({ axes: { fastBars: [2, 50], slowBars: [20, 400] }, randomPoints: 1_500, failEvery: 7 }) }),
  'words as parameters': () => ({ kind: 'sweep', ...sweepFixture({ axes: { mode: ['fast', 'slow'], hedge: [true, false], bars: [4, 8, 16] } }) }),
  'one window': () => ({ kind: 'walkforward', walkForward: walkForwardFixture({ windows: 1, timeframeMs: 86_400_000, efficiency: null }) }),
  'a window without a choice': () => ({ kind: 'walkforward', walkForward: walkForwardFixture({ windows: 4, timeframeMs: 14_400_000, unchosen: 1 }) }),
};

describe('the ambiguity band of a report', () => {
  const ambiguous: Readonly<Record<string, () => ReportInput>> = {
    run: () => run({ ambiguousBars: 31 }),
    sweep: () => ({ kind: 'sweep', ...sweepFixture({ ambiguousBars: 31 }) }),
    'walk-forward': () => ({ kind: 'walkforward', walkForward: walkForwardFixture({ timeframeMs: 14_400_000, ambiguousBars: 31 }) }),
  };

  it.each(Object.entries(ambiguous))('stands before the figures and prints the numbers of its manifest: %s', async (_, make) => {
    const page = await renderReport(make(), assets);
    const manifest = manifestOf(page) as unknown as Record<string, Record<string, number>>;
    expect(page.indexOf('ambiguous bars</b>')).toBeLessThan(page.indexOf('<figure'));
    expect(noteOf(page)).toMatch(/^(?:The chosen point: )?31\u00a0ambiguous bars; with all of them at their worst … at their best: net total return [^,]* … [^,]*, annual Sharpe [^,]* … [^,]*, deepest fall/);
    expect(noteOf(page)).toContain('It is a band of two resolutions, not a bound');
    expect(manifest.ambiguousBars).toBe(31);
    for (const side of ['pessimistic', 'optimistic']) {
      const printed = [...page.matchAll(new RegExp(`<data value="([^"]*)" data-metric="${side}\\.(\\w+)">`, 'g'))];
      expect(printed.map(([, , name]) => name)).toEqual(['totalReturn', 'sharpeAnn', 'maxDrawdown']);
      for (const [, value, name] of printed) expect(String(manifest[side][name])).toBe(value);
    }
  });

  it('is one short sentence where every bar was decided', async () => {
    for (const make of [() => run(), () => ({ kind: 'sweep' as const, ...sweepFixture() }), degenerate['a window without a choice']]) {
      const text = textOf(await renderReport(make(), assets));
      expect(text).toMatch(/[Nn]o bar could have filled either way\./);
      expect(text).not.toContain('Pessimistic');
      expect(text).not.toContain('not a bound');
    }
  });

  it('is a pair of columns of the ranked trials', async () => {
    const page = await renderReport(ambiguous.sweep(), assets);
    expect(page).toMatch(/Ambiguous bars<\/th><th[^>]*>Pessimistic<\/th><th[^>]*>Optimistic<\/th>/);
  });

  it('says nothing annual for less than ninety days', async () => {
    const note = noteOf(await renderReport(run({ bars: 1_000, ambiguousBars: 3 }), assets));
    expect(note).toContain('3\u00a0ambiguous bars');
    expect(note).not.toContain('Sharpe');
  });
});

describe('a report', () => {
  it('has the same bytes for the same input', async () => {
    for (const make of [() => run(), degenerate['many trials'], degenerate['a window without a choice']]) {
      expect(await renderReport(make(), assets)).toBe(await renderReport(make(), assets));
    }
  });

  it.each(Object.entries(degenerate))('renders with %s, without a number that is none', async (_, make) => {
    const page = await renderReport(make(), assets);
    const text = textOf(page);
    expect(WORDS.exec(text)).toBeNull();
    expect(/[−-]0(?:\.0+)?(?![\d.])\s*(?:%|×|USDT)/.exec(text)).toBeNull();
    for (const svg of page.match(/<svg role="img".*?<\/svg>/gs) ?? []) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(dashesWithoutReason(page)).toEqual([]);
    expect(page).toContain('id="h-methods"');
  });

  it('names every assumption that is not the default, and the break-even cost beside the waterfall', async () => {
    const base = runFixture({ bars: 4_000 });
    const plain = textOf(await renderReport({ kind: 'run', run: base }, assets));
    expect(plain).toMatch(/Break-even cost of a fill/);
    expect(plain).not.toMatch(/Execution rules|Fee schedule|Rebalancing|Exposure caps|Impact/);
    const config = simulationConfig('spot', {
      venue: 'kraken-spot', costs: { impactBps: 20 }, caps: { perInstrument: 0.5 }, rebalance: { kind: 'schedule', everyMs: 7 * 86_400_000 },
      sizing: { kind: 'kelly', fraction: 0.5, capFrac: 1, lastTrades: 50, minTrades: 20 },
      execution: { fill: 'close', limitFill: 'touch', triggerOn: 'mark', liquidateOn: 'last', volumeCapFrac: 0.1, volumeCapRemainder: 'cancel', latencyBars: 2, stopDelayBars: 1, dropBarsAfterGap: 3, delistingHaircutFrac: 0.5 },
    });
    const page = textOf(await renderReport({ kind: 'run', run: { ...base, spec: { ...base.spec, config } } }, assets));
    for (const words of [
      'which nobody can trade', 'when touched', 'triggered by the mark', 'on the last price', 'is cancelled', 'fill 1 bar late', 'carried out 2 bars later', 'no look-ahead: 24 cuts, 12 480 decisions unchanged', '3 bars after a gap', 'at its last price less 50', '20 bps × √',
      'kraken-spot, by what the account traded', 'from 10 000 USDT', 'www.kraken.com', 'Kelly fraction of the last 50 trades', 'every 1w', 'one instrument at most 0.5', 'close that decided',
    ]) expect(page.replaceAll(/[\u2009\u00a0]/g, ' '), words).toContain(words);
  });

  it('keeps text from users text', async () => {
    const hostile: ReportInput = {
      ...run({ strategyId: HOSTILE, symbol: `${HOSTILE}/USDT`, params: { [HOSTILE]: HOSTILE } }), title: HOSTILE, command: HOSTILE, notes: [HOSTILE], dataNotes: [HOSTILE],
    };
    const page = await renderReport(hostile, assets);
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<script/g)?.length).toBe(page.match(/<\/script>/g)?.length);
    const swept = sweepFixture({ axes: { [HOSTILE]: [1, 2, 3], [`b${HOSTILE}`]: [1, 2, 3] }, strategyId: HOSTILE });
    const trials = swept.trials.map((trial, i) => (i === 3 ? { ...trial, state: 'failed' as const, metrics: null, reason: HOSTILE } : trial));
    expect(await renderReport({ kind: 'sweep', sweep: swept.sweep, trials }, assets)).not.toContain('<script>alert');
  });

  it('escapes what could end a script', () => {
    expect(jsonText({ a: '</script><!--\u2028' })).toBe('{"a":"\\u003c/script\\u003e\\u003c!--\\u2028"}');
    expect(scriptText('x="</script>"; y="<!--"').text).toBe('x="<\\/script>"; y="<\\!--"');
  });

  it.each([['run', run], ['walk-forward', degenerate['a window without a choice']]] as const)('prints the numbers of its manifest: %s', async (_, make) => {
    const page = await renderReport(make(), assets);
    const manifest = manifestOf(page);
    const printed = [...page.matchAll(/<data value="([^"]*)" data-metric="(metrics|benchmark)\.(\w+)">([^<]*)<\/data>/g)];
    expect(printed.length).toBeGreaterThan(20);
    for (const [, value, of, name, text] of printed) {
      const figures = of === 'metrics' ? manifest.metrics : manifest.benchmark.metrics;
      expect(String(figures[name])).toBe(value);
      expect(metricText(name as MetricName, figures[name] as number)).toBe(text.replace('&lt;', '<').replace('&gt;', '>'));
    }
  });

  it('says so when nothing was held out', async () => {
    expect(await renderReport(run(), assets)).toMatch(/<title>[^<]*in sample only<\/title>/);
    expect(await renderReport({ kind: 'sweep', ...sweepFixture() }, assets)).toMatch(/<title>[^<]*in sample only<\/title>/);
    expect(await renderReport(degenerate['one window'](), assets)).not.toContain('in sample only</title>');
  });

  it('says its verdict in at most sixty words', async () => {
    for (const make of [() => run(), ...Object.values(degenerate)]) {
      const verdict = /<p class="verdict" id="verdict">(.*?)<\/p>/s.exec(await renderReport(make(), assets))?.[1] ?? '';
      expect(textOf(verdict).trim().split(/\s+/).length).toBeLessThanOrEqual(60);
    }
  });

  it('states no annual figure for less than ninety days', async () => {
    const page = await renderReport(run({ bars: 1_000 }), assets);
    const manifest = manifestOf(page);
    for (const name of ['cagr', 'sharpeAnn', 'sortinoAnn', 'volatilityAnn', 'calmar', 'turnover']) {
      expect(manifest.metrics[name]).toBeNull();
      expect(manifest.reasons[name]).toContain('90 days');
    }
  });

  it('carries figures that the trimmed Vega draws', async () => {
    // By address, not by name: the client is checked by its own tsconfig, with the DOM.
    const runtime = new URL('../../reports/client/vega-runtime.ts', import.meta.url).href;
    const { createView } = (await import(/* @vite-ignore */ runtime)) as { createView: (spec: unknown, options: object) => { toSVG: () => Promise<string> } };
    const pages = await Promise.all([run(), degenerate['many trials'](), degenerate['words as parameters'](), { kind: 'walkforward', walkForward: walkForwardFixture({ windows: 4, timeframeMs: 14_400_000 }) } as ReportInput].map((input) => renderReport(input, assets)));
    const specs = pages.flatMap((page) => [...page.matchAll(/<script type="application\/json" id="[\w-]+-spec">(.*?)<\/script>/gs)].flatMap(([, text]) => JSON.parse(text) as unknown[]));
    expect(specs.length).toBeGreaterThan(15);
    for (const spec of specs) expect(await createView(spec, { renderer: 'none' }).toSVG()).toContain('<svg');
  });

  it('names, describes and tabulates each figure', async () => {
    for (const make of [() => run(), degenerate['many trials'], degenerate['a window without a choice']]) {
      const figures = (await renderReport(make(), assets)).match(/<figure.*?<\/figure>/gs) ?? [];
      expect(figures.length).toBeGreaterThan(2);
      for (const figure of figures) {
        expect(figure).toMatch(/<figcaption[^>]*><b>Figure \d+\.<\/b> .+/);
        expect(figure).toMatch(/role="img" aria-labelledby/);
        expect(figure).toMatch(/<title[^>]*>.+<\/title><desc[^>]*>.+<\/desc>/);
        const rows = figure.match(/<tbody>.*<\/tbody>/s)?.[0].match(/<tr/g)?.length ?? 0;
        expect(rows).toBeGreaterThan(0);
        expect(rows).toBeLessThanOrEqual(60);
      }
    }
  });

  it('draws log ticks of equal ratio at equal distance', async () => {
    const page = await renderReport(run({ bars: 20_000 }), assets);
    const equity = /<svg role="img" aria-labelledby="equity-wide-0-t.*?<\/svg>/s.exec(page)?.[0] ?? '';
    const ticks = [...equity.matchAll(/translate\(-4,([\d.]+)\)"[^>]*>×([\d.]+)</g)].map(([, y, value]) => [Number(y), Math.log(Number(value))]);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    const slope = (i: number): number => (ticks[i][0] - ticks[0][0]) / (ticks[i][1] - ticks[0][1]);
    for (let i = 2; i < ticks.length; i++) expect(slope(i)).toBeCloseTo(slope(1), 0);
    expect(equity).toContain('(log)');
  });

  it('hatches a month without bars and gives it no number', async () => {
    const page = await renderReport(degenerate['missing months'](), assets);
    expect(/<svg role="img" aria-labelledby="months-wide.*?<\/svg>/s.exec(page)?.[0]).toContain('url(#assay-hatch)');
    expect(page).toContain('no bars');
  });

  it('stays under two megabytes for a million bars, with the deepest fall of them all', async () => {
    const million = runFixture({ bars: 1_051_200, timeframeMs: 60_000, every: 400, drift: 0.000_000_8 });
    const page = await renderReport({ kind: 'run', run: million }, { script: 'x'.repeat(490_000) });
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(page).toMatch(/1\u2009051\u2009200 bars drawn as \d+ columns/);
    expect(manifestOf(page).metrics.maxDrawdown).toBe(million.metrics.maxDrawdown);
    expect(page).toContain(metricText('maxDrawdown', million.metrics.maxDrawdown as number));
  });
});

interface Manifest {
  readonly metrics: Record<string, number | null>;
  readonly reasons: Record<string, string>;
  readonly benchmark: { readonly metrics: Record<string, number | null> };
}

function manifestOf(page: string): Manifest {
  return JSON.parse(/id="assay-manifest">(.*?)<\/script>/s.exec(page)?.[1] ?? 'null') as Manifest;
}

function textOf(page: string): string {
  return page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]+>/g, ' ');
}

/** The band before the first figure, as words. */
function noteOf(page: string): string {
  return (/<p class="quiet">(.*?)<\/p>/s.exec(page)?.[1] ?? '').replace(/<[^>]+>/g, '');
}

/** Table cells that hold a dash but no footnote. */
function dashesWithoutReason(page: string): string[] {
  return (page.match(/<t[dh][^>]*>[^<]*—(?!<sup>)[^<]*<\/t[dh]>/g) ?? []);
}
