import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, seededNormal, seededRandom } from '../../../engine/index.ts';
import { createMonitors, type Entry, type EntryDraft, type ModelHealth, type ModelState, type MonitorId, type MonitorPolicy, type MonitorReading, type PublishedRow, type Replay } from '../../../grading/index.ts';
import { modelVersion } from '../../support/model-version.ts';
import { bookOf, type LiveDay, MARKET, type MonitoredModel, monitoredModel, QUICK_POLICY } from '../../support/monitored-model.ts';

function read(health: ModelHealth | null, id: MonitorId): MonitorReading {
  const found = health?.monitors.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no reading of ${id}`);
  return found;
}

/** Replays exactly what was published, but for what a test plants. */
function replayOf(live: () => MonitoredModel, plant: (row: PublishedRow) => PublishedRow | null = (row) => row): Replay {
  return (model, _market, fromMs, toMs) => {
    const rows = live().entries.flatMap((entry) => (entry.type === 'grade_published' ? entry.payload.models.flatMap(({ score, signal }) => (score === null || signal === null ? [] : [{ closeTimeMs: entry.payload.closeTimeMs, score, signal }])) : []))
      .filter(({ closeTimeMs }) => closeTimeMs >= fromMs && closeTimeMs < toMs).map(plant).filter((row) => row !== null);
    const days = live().entries.flatMap((entry) => (entry.type === 'model_day' && entry.payload.model === model.key && entry.payload.dayMs >= fromMs ? [entry.payload] : []));
    return { closeTimeMs: rows.map((row) => row.closeTimeMs), score: rows.map((row) => row.score), signal: rows.map((row) => row.signal), dayMs: days.map((day) => day.dayMs), dayReturns: days.map((day) => day.netReturn) };
  };
}

const gapDraft = (fromMs: number): EntryDraft => ({ type: 'gap', model: null, payload: { market: MARKET, fromMs, toMs: fromMs + HOUR_MS, reason: 'the venue was down' } });
const barDraft = (openTimeMs: number, revision = 0, type: 'bar_received' | 'bar_late' = 'bar_received'): EntryDraft => ({
  type, model: null, payload: { ...MARKET, openTimeMs, open: 1, high: 1, low: 1, close: 1, volume: 1, revision },
});

describe('a healthy model', () => {
  const live: MonitoredModel = monitoredModel({ replay: (...args) => replayOf(() => live)(...args) });
  const last = live.days(120);

  it('is judged once a day and stays live', () => {
    expect(live.healths).toHaveLength(120);
    expect(live.transitions).toEqual([]);
    expect(last?.liveDays).toBe(119);
    expect(last?.monitors.map(({ id }) => id)).toEqual(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11']);
  });

  it('says why a reading is missing, and nothing is NaN', () => {
    expect(read(last, 'T2')).toMatchObject({ state: 'n/a', value: null, reason: 'no fill of a paper account yet' });
    expect(read(last, 'T1')).toMatchObject({ state: 'ok', value: 1 });
    const numbers = JSON.stringify(last);
    expect(JSON.parse(numbers)).toEqual(last);
  });

  it('is provisional and capped for its first 30 days', () => {
    expect(live.healths[20]).toMatchObject({ isProvisional: true });
    expect(live.healths[20].modelGrade).toBeLessThanOrEqual(60);
    expect(last?.isProvisional).toBe(false);
    expect(last?.modelGrade).toBeGreaterThan(60);
  });
});

describe('planted failures', () => {
  it('T0 suspends after three gaps in a week', () => {
    const live = monitoredModel();
    live.days(3);
    for (let i = 0; i < 3; i++) live.day({ extra: [gapDraft(live.version.promotedAtMs + (3 + i) * DAY_MS)] });
    expect(read(live.healths[4], 'T0')).toMatchObject({ state: 'warn', value: 2 });
    expect(live.transitions).toMatchObject([{ from: 'LIVE', to: 'SUSPENDED', actor: 'T0', value: 3, threshold: 3 }]);
    expect(live.healths.at(-1)?.modelGrade).toBeLessThanOrEqual(20);
    expect(live.days(40)).toBeNull();
    expect(live.state()).toBe('SUSPENDED');
  });

  it('T0 counts late, revised, repeated bars and a clock that is behind, but no late bar of a known gap', () => {
    const live = monitoredModel({ state: 'SHADOW' });
    live.days(2);
    const at = live.version.promotedAtMs + 2 * DAY_MS;
    live.day({ extra: [gapDraft(at - 5 * HOUR_MS), barDraft(at - 5 * HOUR_MS, 0, 'bar_late')] });
    expect(read(live.healths.at(-1) ?? null, 'T0')).toMatchObject({ value: 1 });
    const health = live.day({ extra: [barDraft(at + 23 * HOUR_MS), barDraft(at + 23 * HOUR_MS), barDraft(at + 23 * HOUR_MS, 1), barDraft(at - 9 * HOUR_MS, 0, 'bar_late'), barDraft(at + 30 * HOUR_MS)] });
    expect(read(health, 'T0').reason).toContain('1 gap, 1 duplicate, 1 revised, 1 late, 1 clock');
  });

  it('T1 watches a model that its replay contradicts, and suspends it the night after', () => {
    let isWrong = false;
    const live: MonitoredModel = monitoredModel({ replay: (...args) => replayOf(() => live, (row) => (isWrong ? { ...row, score: -row.score, signal: row.signal === 1 ? -1 : 1 } : row))(...args) });
    live.days(10);
    isWrong = true;
    live.days(2);
    expect(live.transitions).toMatchObject([{ to: 'WATCH', actor: 'T1', threshold: 0.995 }, { from: 'WATCH', to: 'SUSPENDED', actor: 'T1' }]);
    expect(live.healths.at(-1)?.modelGrade).toBeLessThanOrEqual(20);
  });

  it('T1 watches what late bars explain, and the model is live again after 30 calm days', () => {
    let at = 0;
    const live: MonitoredModel = monitoredModel({
      policy: { ...QUICK_POLICY, T0: { ...QUICK_POLICY.T0, suspendCount: 9 } },
      replay: (...args) => replayOf(() => live, (row) => (row.closeTimeMs > at && row.closeTimeMs <= at + DAY_MS ? { ...row, signal: row.signal === 1 ? -1 : 1 } : row))(...args),
    });
    live.days(30);
    at = live.version.promotedAtMs + 30 * DAY_MS;
    live.day({ extra: [barDraft(at - HOUR_MS, 0, 'bar_late')] });
    expect(live.transitions).toMatchObject([{ to: 'WATCH', actor: 'T1' }]);
    live.days(70, { netReturn: 0.002 });
    expect(live.transitions).toHaveLength(2);
    expect(live.transitions[1]).toMatchObject({ from: 'WATCH', to: 'LIVE', value: 0 });
    const back = live.entries.find((entry) => entry.type === 'transition' && entry.payload.to === 'LIVE');
    expect(((back?.tsMs ?? 0) - at) / DAY_MS).toBe(30 + 30);
  });

  it('T2 watches after 30 fills that cost twice the break-even', () => {
    const live = monitoredModel();
    live.days(10, { fills: [12, 11, 12] });
    expect(live.transitions).toEqual([expect.objectContaining({ to: 'WATCH', actor: 'T2', threshold: 20 })]);
    expect(read(live.healths[8], 'T2')).toMatchObject({ state: 'n/a', n: 27 });
    expect(live.healths.at(-1)?.parts.costs).toMatchObject({ points: 0, of: 10, n: 30 });
  });

  it('T3 and T4 warn of other inputs and scores, and move nothing', () => {
    const normal = seededNormal(seededRandom(2, 'inputs'));
    const live = monitoredModel({ features: () => ({ 'ema spread': 0.05 + 0.01 * normal(), volatility: 0.006 + 0.001 * normal() }) });
    const last = live.days(60, { score: () => 1.6 });
    expect(read(last, 'T3')).toMatchObject({ state: 'warn', value: 0.5 });
    expect(read(last, 'T4').state).toBe('warn');
    expect(live.transitions).toEqual([]);
  });

  it('T3 warns of inputs that are missing', () => {
    const live = monitoredModel({ features: () => ({ 'ema spread': null, volatility: null }) });
    live.days(1, {});
    const half = monitoredModel({ features: (_model, _market) => ({ volatility: 0.006 }) });
    expect(read(half.days(40), 'T3').reason).not.toContain('ema spread');
    const normal = seededNormal(seededRandom(3, 'inputs'));
    let day = 0;
    const some = monitoredModel({ features: () => (day++ % 3 === 0 ? { 'ema spread': null, volatility: null } : { 'ema spread': 0.01 * normal(), volatility: 0.006 + 0.001 * normal() }) });
    expect(read(some.days(40), 'T3')).toMatchObject({ state: 'warn', value: 1 });
  });

  it('T5 watches a rank IC that turned', () => {
    const live = monitoredModel();
    live.days(200, { skill: -8, netReturn: 0.0008 });
    expect(live.transitions[0]).toMatchObject({ from: 'LIVE', to: 'WATCH', actor: 'T5' });
  });

  it('T5 warns of an IC that is too good', () => {
    const live = monitoredModel();
    expect(read(live.days(200, { skill: 8, netReturn: 0.0008 }), 'T5').reason).toContain('look-ahead');
    expect(live.transitions).toEqual([]);
  });

  it('T6 watches and then suspends a model that bleeds', () => {
    const live = monitoredModel({ policy: { ...QUICK_POLICY, T7: { ...QUICK_POLICY.T7, watchBudget: 0, suspendBudget: 0 }, T8: { ...QUICK_POLICY.T8, watchBudget: 0, suspendBudget: 0 } } });
    live.days(220, (day) => ({ netReturn: day % 2 === 0 ? 0.012 : -0.0165 }));
    expect(live.transitions).toMatchObject([{ to: 'WATCH', actor: 'T6' }, { to: 'SUSPENDED', actor: 'T6' }]);
    const [watch] = live.transitions;
    expect(watch.value).toBeGreaterThan(watch.threshold ?? Infinity);
    expect(watch.evidenceSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('T7 suspends a model that falls far', () => {
    const live = monitoredModel();
    live.days(60);
    live.day({ netReturn: -0.6 });
    live.day();
    expect(live.transitions).toMatchObject([{ to: 'SUSPENDED', actor: 'T7' }]);
    const reading = read(live.healths.at(-1) ?? null, 'T7');
    expect(reading.value).toBeLessThan(-0.55);
    expect(reading.suspendAt).toBeGreaterThan(reading.value ?? 0);
  });

  it('T8 and T9 say how sure a loss is', () => {
    const live = monitoredModel();
    live.days(150, (day) => ({ netReturn: day % 2 === 0 ? 0.012 : -0.0195 }));
    const last = live.healths.at(-1) ?? null;
    expect(read(last, 'T8').value).toBeLessThan(0.5);
    expect(['watch', 'suspend']).toContain(read(last, 'T8').state);
    const lasting: MonitorPolicy = { ...QUICK_POLICY, T6: { ...QUICK_POLICY.T6, winsorSd: 0.01 }, T7: { ...QUICK_POLICY.T7, minAgeDays: 365 }, T8: { ...QUICK_POLICY.T8, minDays: 1_000 } };
    const deep = monitoredModel({ state: 'SHADOW', policy: lasting });
    deep.days(250, (day) => ({ netReturn: day % 2 === 0 ? 0.014 : -0.019 }));
    expect(read(deep.healths.at(-1) ?? null, 'T9').state).toBe('warn');
  });

  it('T10 looks once a quarter and warns of probabilities that are worse than the base rate', () => {
    const live = monitoredModel();
    live.days(89, { pUp: 0.99 });
    expect(read(live.healths.at(-1) ?? null, 'T10').state).toBe('n/a');
    live.days(4, { pUp: 0.99 });
    const look = read(live.healths.at(-1) ?? null, 'T10');
    expect(look.state).toBe('warn');
    live.days(20);
    expect(read(live.healths.at(-1) ?? null, 'T10')).toEqual(look);
    expect(live.transitions).toEqual([]);
  });

  it('T11 suspends a version whose time is over, after a warning that retraining is due', () => {
    const plain = modelVersion();
    const live = monitoredModel({ version: modelVersion({ expiry: { validUntilMs: plain.promotedAtMs + 20 * DAY_MS, retrainEveryDays: 10 } }) });
    live.days(21);
    expect(read(live.healths[5], 'T11').state).toBe('ok');
    expect(read(live.healths[12], 'T11').state).toBe('warn');
    expect(live.transitions).toMatchObject([{ to: 'SUSPENDED', actor: 'T11' }]);
  });
});

describe('states', () => {
  it('shadow models are suspended but not watched', () => {
    const live = monitoredModel({ state: 'SHADOW' });
    live.days(12, { fills: [12, 11, 12] });
    expect(read(live.healths.at(-1) ?? null, 'T2').state).toBe('watch');
    expect(live.transitions).toEqual([]);
    expect(live.healths.at(-1)?.liveDays).toBe(0);
    live.day({ netReturn: -0.6 });
    live.day();
    expect(live.transitions).toMatchObject([{ from: 'SHADOW', to: 'SUSPENDED' }]);
  });

  it('candidates and suspended models are not judged', () => {
    expect(monitoredModel({ state: 'CANDIDATE' }).days(3)).toBeNull();
    expect(monitoredModel({ state: 'SUSPENDED' }).days(3)).toBeNull();
  });
});

describe('a restart', () => {
  it('by apply alone gives the same answers from any day on', () => {
    const normal = seededNormal(seededRandom(9, 'inputs'));
    const inputs = Array.from({ length: 200 }, () => ({ 'ema spread': 0.01 * normal(), volatility: 0.006 + 0.001 * normal() }));
    const featuresFrom = (start: number): (() => (typeof inputs)[number]) => {
      let i = start;
      return () => inputs[i++];
    };
    const what = (day: number): LiveDay => ({ ...(day % 7 === 0 ? { fills: [1.1, 0.9] } : {}), ...(day === 60 ? { extra: [gapDraft(modelVersion().promotedAtMs + 59 * DAY_MS)] } : {}), ...(day > 80 ? { netReturn: -0.008 } : {}) });
    const live: MonitoredModel = monitoredModel({ features: featuresFrom(0), replay: (...args) => replayOf(() => live)(...args) });
    live.days(140, what);
    expect(live.transitions.length).toBeGreaterThan(0);
    for (const day of [20, 70, live.healths.length - 1]) {
      const cut = live.entries.findIndex((entry) => entry.type === 'outcome_resolved' && entry.tsMs > live.version.promotedAtMs + day * DAY_MS);
      const later = live.entries.slice(cut).filter(isAnswer);
      expect(later.length).toBeGreaterThan(0);
      expect(answersAfter(live, cut, featuresFrom(0))).toEqual(later.map(({ payload }) => payload));
    }
  });
});

function isAnswer(entry: Entry): boolean {
  return entry.type === 'model_health' || entry.type === 'transition';
}

/** What monitors say that heard the first entries by `apply` alone. */
function answersAfter(live: MonitoredModel, cut: number, features: () => Readonly<Record<string, number | null>>): unknown[] {
  let state: ModelState = 'LIVE';
  const again = createMonitors({ models: bookOf(live.version, () => state), policy: QUICK_POLICY, features, replay: replayOf(() => live) });
  return live.entries.flatMap((entry, i) => {
    if (entry.type === 'transition') state = entry.payload.to;
    again.apply(entry);
    return i < cut ? [] : again.respond(entry).map(({ payload }) => payload);
  });
}
