import { describe, expect, it } from 'vitest';
import { canonicalJson, curveOf, DAY_MS, daysOf, GATE_IDS, isMissing, probit, sha256 } from '../../engine/index.ts';
import { daysOfStretches, type ModelManifest, renderReport } from '../../reports/index.ts';
import { deflatedCurve } from '../../reports/sections/validation/deflated.ts';
import { healthyEvidence, luckyEvidence } from '../support/evidence.ts';
import { walkForwardFixture } from '../support/report-fixtures.ts';
import { NOTHING_KNOWN, VALIDATION_STATES, validationFixture, type ValidationArtefacts } from '../support/validation-fixture.ts';

const render = (artefacts: ValidationArtefacts): Promise<string> => renderReport({ kind: 'validation', ...artefacts, command: 'assay validate' }, { script: 'void 0' });
const pages = new Map<string, Promise<string>>();
const pageOf = (state: string): Promise<string> => pages.get(state) ?? pages.set(state, render(VALIDATION_STATES[state]())).get(state) as Promise<string>;
const STATES = Object.keys(VALIDATION_STATES);

describe('the report of a validation', () => {
  it('has the same bytes twice', async () => {
    expect(await render(VALIDATION_STATES.shadow())).toBe(await pageOf('shadow'));
  });

  it.each(STATES)('has no number that is none, and a reason for every dash: %s', async (state) => {
    const page = await pageOf(state);
    const text = textOf(page);
    expect(/\b(?:NaN|Infinity|undefined|null)\b/.exec(text.replaceAll('at the null', ''))).toBeNull();
    expect(/[−-]0(?:\.0+)?(?![\d.])\s*(?:%|×)/.exec(text)).toBeNull();
    for (const svg of page.match(/<svg role="img".*?<\/svg>/gs) ?? []) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(page.match(/<t[dh][^>]*>[^<]*—(?!<sup>)[^<]*<\/t[dh]>/g)).toBeNull();
    expect(page.match(/<p class="absent">[^<]*—(?!<sup>)/g)).toBeNull();
  });

  it.each(STATES)('says its verdict in at most sixty words: %s', async (state) => {
    const verdict = /<p class="verdict" id="verdict">(.*?)<\/p>/s.exec(await pageOf(state))?.[1] ?? '';
    const words = textOf(verdict).trim().split(/\s+/);
    expect(words.length).toBeGreaterThan(5);
    expect(words.length).toBeLessThanOrEqual(60);
  });

  it.each([
    ['rejected', '✕ Rejected: 12 of 19 gates fail.', 'search luck 0.470'],
    ['shadow', '✓ Shadow: 1 of 19 gates fails the live tier.', 'Failing: sample 480 (at least 730 days and 60 bets).'],
    ['live-eligible', '✓ Live-eligible: none of 19 gates fails.', 'Not computable: uniqueness, calibration.'],
    ['everything missing', '✕ Rejected: 8 of 19 gates cannot be computed.', 'Not computable: reproduction, look-ahead, warm-up, search luck'],
  ])('states the decision and the gates behind it: %s', async (state, decision, named) => {
    const verdict = plain(/<p class="verdict" id="verdict">(.*?)<\/p>/s.exec(await pageOf(state))?.[1] ?? '');
    expect(verdict).toContain(decision);
    expect(verdict).toContain(named);
  });

  it('puts the bounds of the unseen figures beneath the verdict, holding beside them', async () => {
    const unseen = plain(/<p class="unseen">(.*?)<\/p>/s.exec(await pageOf('live-eligible'))?.[1] ?? '');
    expect(unseen).toContain('Sharpe 1.87 [1.08, 2.66], growth a year +40.0 [+19.0, +63.0]\u00a0%, deepest fall −19.0 [−36.0, −14.0]\u00a0%; holding Sharpe 0.92.');
  });

  it('lists every gate once, those that decide first, each state by glyph and word', async () => {
    const page = await pageOf('rejected');
    const table = /<table class="gates".*?<\/table>/s.exec(page)?.[0] ?? '';
    const ids = [...table.matchAll(/<b>(G\w+) /g)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual([...GATE_IDS].toSorted());
    expect(ids[0]).toBe('G1');
    expect(ids.indexOf('G14')).toBeGreaterThan(ids.indexOf('G13'));
    const states = [...table.matchAll(/<span class="state">([^<]*)<\/span>/g)].map(([, state]) => state);
    expect(states).toHaveLength(2 * GATE_IDS.length);
    expect(new Set(states)).toEqual(new Set(['✕ fail', '◌ not computable', '! warn', '✓ pass']));
    expect(plain(table)).toContain('Decides. The 95 % lower bound is −0.43. What would change it: 16.9 more years at this Sharpe ratio.');
  });

  it.each(STATES)('prints the numbers of its manifest: %s', async (state) => {
    const page = await pageOf(state);
    const manifest = manifestOf(page);
    const printed = [...page.matchAll(/<data value="([^"]*)" data-metric="([\w.]+)">/g)].filter(([, , path]) => !/^(?:pessimistic|optimistic)\./.test(path));
    expect(printed.length).toBeGreaterThan(15);
    for (const [, value, path] of printed) {
      const found = path.startsWith('benchmark.') ? valueAt(manifest, path.replace('benchmark.', 'benchmark.metrics.')) : valueAt(manifest, path);
      expect(`${path} ${String(found)}`).toBe(`${path} ${value}`);
    }
  });

  it('keeps decision, policy and gates in the manifest, and no distribution', async () => {
    const { validation } = VALIDATION_STATES.rejected();
    const manifest = manifestOf(await pageOf('rejected'));
    expect(manifest).toMatchObject({ kind: 'validation', decision: 'reject', blocking: validation.verdict.blocking, policy: validation.verdict.policy });
    const gates = manifest.gates as Record<string, { shadow: { state: string } }>;
    expect(Object.keys(gates)).toEqual([...GATE_IDS]);
    for (const gate of validation.verdict.gates) expect(gates[gate.id].shadow).toEqual(JSON.parse(JSON.stringify(gate.shadow)));
    expect(JSON.stringify(manifest).length).toBeLessThan(50_000);
  });

  it('has a section that a model is promoted by: what a replay needs, what it must find again, and its own hash', async () => {
    const { walkForward, validation } = VALIDATION_STATES.shadow();
    const { manifestSha256, ...rest } = manifestOf(await pageOf('shadow')).model as ModelManifest;
    expect(manifestSha256).toBe(sha256(canonicalJson(rest)));
    expect(rest).toMatchObject({ schema: 'model-manifest/1', walkForwardId: walkForward.id, validationId: validation.id, policy: { version: 'assay-policy/2', thresholds: null } });
    expect(rest.spec).toEqual(JSON.parse(JSON.stringify(walkForward.spec)));
    expect(rest.windows.map(({ chosen }) => chosen)).toEqual(walkForward.windows.map(({ chosen }) => chosen));
    expect(rest.random).toEqual({ seed: 42, draws: 10_000, permutations: 200 });
    expect(rest.oos.metrics).toEqual(walkForward.metrics);
    expect(rest.oos.equitySha256).toBe(sha256(walkForward.equity));
    expect(rest.besides).toEqual({ pooled: ['ETH/USDT', 'SOL/USDT', 'DOGE/USDT'], joined: ['fundingRate'] });
    const { timeMs, returns } = daysOf(curveOf(walkForward));
    expect(daysOfStretches(rest.oos.stretches, DAY_MS)).toEqual([...timeMs]);
    expect(rest.oos.returnsSha256).toBe(sha256(returns));
  });

  it('draws a figure for every part that is known and none for what is missing', async () => {
    const ids = (page: string): string[] => [...page.matchAll(/<figure id="([\w-]+)"/g)].map(([, id]) => id);
    const every = ['equity', 'ribbon', 'null', 'trials', 'deflated', 'permutation', 'logits', 'degradation', 'cost-stress', 'latency', 'plateau', 'concentration', 'regimes', 'random', 'pooled', 'decay', 'choices'];
    expect(ids(await pageOf('shadow'))).toEqual(every);
    const missing = await pageOf('everything missing');
    expect(ids(missing)).toEqual(['equity', 'ribbon', 'decay', 'choices']);
    expect(missing.match(/<p class="absent">/g)?.length).toBe(16);
    expect(missing).toContain('the study was not given it');
  });

  it('names, describes and tabulates each figure', async () => {
    for (const figure of (await pageOf('shadow')).match(/<figure.*?<\/figure>/gs) ?? []) {
      expect(figure).toMatch(/<figcaption[^>]*><b>Figure \d+\.<\/b> .+/);
      expect(figure).toMatch(/<title[^>]*>.+<\/title><desc[^>]*>.+<\/desc>/);
      expect(figure.match(/<tbody>.*<\/tbody>/s)?.[0]).toContain('<tr');
    }
  });

  it('shows leaks in the words of the proof, and a failed stamp', async () => {
    const text = plain(await pageOf('rejected'));
    expect(text).toContain('Decision changed 1 bars before the cut');
    expect(text).toContain('centred-window');
    expect(/activeAddresses<\/th>.*?✕ fail/s.test(await pageOf('rejected'))).toBe(true);
  });

  it('marks an observed value that lies beyond its null distribution inside the drawing', async () => {
    const wide = /<svg role="img" aria-labelledby="null-wide.*?<\/svg>/s.exec(await pageOf('live-eligible'))?.[0] ?? '';
    expect(wide).toContain('observed 4.60');
    const last = [...wide.matchAll(/>(\d(?:\.\d)?)<\/text>/g)].map(([, tick]) => Number(tick));
    expect(Math.max(...last)).toBeGreaterThanOrEqual(4.5);
  });

  it('says nothing annual for less than ninety days', async () => {
    const healthy = healthyEvidence();
    const page = await render(validationFixture({ ...healthy, sample: { ...healthy.sample, days: 80 }, baselines: NOTHING_KNOWN.baselines }, walkForwardFixture({ windows: 1, timeframeMs: 14_400_000 })));
    expect(plain(page)).toContain('80\u00a0days, too few for an annual figure');
    expect(plain(page)).toContain('an annual figure needs 90 days');
    expect(page).not.toContain('data-metric="evidence.outOfSample.sharpeAnn"');
  });

  it('renders parts that are there but empty', async () => {
    const healthy = healthyEvidence();
    if (isMissing(healthy.search) || isMissing(healthy.overfit) || isMissing(healthy.baselines) || isMissing(healthy.costs)) throw new Error('the fixture is whole');
    const page = await render(validationFixture({
      ...healthy, stamps: [], latency: [], regimes: { regimes: [], shocks: [] }, plateau: { chosen: null, neighbours: [], median: null, ratio: null },
      search: {
        ...healthy.search, trialSharpesAnn: [null, null], dsr: null, luckSharpeAnn: null, winner: { ...healthy.search.winner, sharpeAnn: null }, spaHold: { missing: 'no price to hold' },
        permutation: { missing: 'not asked for' }, realityCheck: { ...healthy.search.realityCheck, null: [] },
      },
      overfit: { ...healthy.overfit, degradation: { slope: null, intercept: null, r2: null, sample: [] } },
      baselines: { hold: { name: 'holding', sharpeAnn: null, alphaAnn: null, beta: null, t: null, p: null }, emaCross: { missing: 'not asked for' }, random: { missing: 'no trade to imitate' } },
      costs: { points: [{ multiple: 1, sharpeAnn: null, totalReturn: null }], breakEvenMultiple: null, largestTried: 4 }, pooled: { markets: [], meanDaily: 0, t: null, p: null },
      capacity: { fills: 0, medianParticipation: null, largestParticipation: null },
    }));
    const text = textOf(page);
    expect(/\b(?:NaN|Infinity|undefined)\b/.exec(text)).toBeNull();
    for (const words of ['no neighbour was tried', 'no draw of the null', 'no trade to imitate', 'no price to hold', 'no column is joined', 'no extra lag was simulated']) expect(text.toLowerCase()).toContain(words);
  });

  it('says where the returns of the trials were kept as 32-bit floats', async () => {
    const healthy = healthyEvidence();
    if (isMissing(healthy.search)) throw new Error('the fixture is whole');
    const page = await render(validationFixture({ ...healthy, search: { ...healthy.search, returnPrecision: 'float32' } }));
    expect(plain(page)).toMatch(/against cash, 98\strials, returns kept as 32-bit floats/);
    expect(plain(await pageOf('live-eligible'))).not.toContain('32-bit');
  });

  it('keeps text from users text', async () => {
    const hostile = '<script>alert(1)</script>"&\'';
    const { subject, ...rest } = { ...luckyEvidence(), ...NOTHING_KNOWN };
    const page = await render(validationFixture({ ...rest, subject: { ...subject, claim: hostile, strategyId: hostile, held: { [hostile]: hostile } }, latency: { missing: hostile } }));
    expect(page).not.toContain('<script>alert');
  });
});

describe('the deflated Sharpe ratio against the number of trials', () => {
  it('passes through the measured value, falls, and is the probabilistic Sharpe ratio at one trial', () => {
    const { search } = healthyEvidence();
    if (isMissing(search) || search.winner.sharpeAnn === null || search.luckSharpeAnn === null) throw new Error('the fixture is whole');
    const curve = deflatedCurve(search);
    if (isMissing(curve)) throw new Error(curve.missing);
    expect(curve.points.find(({ trials }) => trials === 98)?.dsr).toBe(search.dsr);
    for (let i = 1; i < curve.points.length; i++) expect(curve.points[i].dsr).toBeLessThan(curve.points[i - 1].dsr);
    const standardError = (search.winner.sharpeAnn - search.luckSharpeAnn) / probit(0.985);
    expect(probit(curve.points[0].dsr) * standardError).toBeCloseTo(search.winner.sharpeAnn, 9);
  });

  it('says why it cannot be drawn', () => {
    const { search } = healthyEvidence();
    if (isMissing(search)) throw new Error('the fixture is whole');
    expect(deflatedCurve({ ...search, ledgerTrials: { missing: 'no ledger' } })).toEqual({ missing: 'no ledger' });
    expect(deflatedCurve({ ...search, dsr: null })).toHaveProperty('missing');
    expect(deflatedCurve({ ...search, dsr: 0.5 })).toHaveProperty('missing');
    expect(deflatedCurve({ ...search, dsr: 1 })).toHaveProperty('missing');
  });
});

function manifestOf(page: string): Record<string, unknown> {
  return JSON.parse(/id="assay-manifest">(.*?)<\/script>/s.exec(page)?.[1] ?? 'null') as Record<string, unknown>;
}

function valueAt(from: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], from);
}

function textOf(page: string): string {
  return page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]+>/g, ' ');
}

/** Words as they stand on the page: tags leave no space. */
function plain(page: string): string {
  return page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}
