import { z } from 'zod';
import { formatTime } from '../../../engine/index.ts';
import { freshness, gradeRows, type ModelKey, type Outcome } from '../../../grading/index.ts';
import { Problem } from '../http/problem.ts';
import { traderGradeOf, traderGradeRow } from '../rows/grades.ts';
import { alertOf, alertRow, json, modelOf, modelRow, transitionOf, transitionRow } from '../rows/models.ts';
import { dateTime, nullable } from '../rows/number.ts';
import { snakeCase } from '../rows/snake-case.ts';
import { iso } from '../rows/token.ts';
import { endpoint } from './define.ts';
import type { Call } from './endpoint.ts';
import { aboutGrades } from './grades.ts';
import { modelFacts } from './models.ts';
import { page, whole } from './parameters.ts';
import { accountOf, accountRow, moonshotOf, moonshotRow } from './portfolios.ts';

const TAG = 'service';
const modelKey = () => z.string().regex(/^[a-z0-9][a-z0-9._-]{0,80}@\d{1,7}$/, 'must be model@version').meta({ examples: ['ema-cross@1'] });

const calibration = endpoint({
  id: 'getCalibration', path: '/v1/calibration', tag: 'models', scope: 'models:read', schema: 'calibration/1', row: json(), summary: 'What grades were worth: buckets, rank correlation by lag, reliability, with how much they rest on',
  query: z.strictObject({ model: modelKey().optional(), symbol: z.string().min(1).max(60).optional(), segment: z.enum(['shadow', 'live', 'all']).default('live'), buckets: z.enum(['deciles', 'bands']).default('bands') }),
  answer({ server: { calibrate, view } }, { query }) {
    if (calibrate === undefined) throw new Problem('not-configured', 'this service has no calibration');
    const outcomes = outcomesOf(view.state.models, query);
    const exits = outcomes.map(({ exitTimeMs }) => exitTimeMs);
    return {
      data: [snakeCase(calibrate(outcomes, query)) as object], asOfMs: exits.length === 0 ? null : exits.reduce((a, b) => Math.max(a, b)), publishedAtMs: view.state.seq === 0 ? null : view.state.tsMs,
      models: [...new Set(outcomes.map(({ model }) => model))].sort(),
    };
  },
});

/** Outcomes that the view holds, oldest first, of one segment of a model's life. */
function outcomesOf(models: Call['server']['view']['state']['models'], { model, symbol, segment }: { readonly model?: ModelKey; readonly symbol?: string; readonly segment: 'shadow' | 'live' | 'all' }): Outcome[] {
  const holds = (one: Outcome): boolean => (symbol === undefined || one.symbol === symbol || one.symbol.split('/')[0] === symbol)
    && (segment === 'all' || (segment === 'live') === (one.state === 'LIVE' || one.state === 'WATCH'));
  return [...models].filter(([key]) => model === undefined || key === model).flatMap(([, { outcomes }]) => [...outcomes.values()].map(({ value }) => value).filter(holds)).sort((a, b) => a.closeTimeMs - b.closeTimeMs);
}

const auditRow = z.strictObject({ seq: z.number().int(), ts: dateTime(), type: z.string(), model: z.string().nullable(), payload_sha256: z.string(), payload: z.unknown(), prev_hash: z.string(), hash: z.string() });

const audit = endpoint({
  id: 'getAudit', path: '/v1/audit', tag: TAG, scope: 'admin', schema: 'audit/1', row: auditRow, isCached: false, summary: 'Lines of the hash-chained journal, from a sequence number on',
  query: z.strictObject({ from_seq: whole(1, 999_999_999, 1), type: z.string().regex(/^[a-z_]{1,40}$/).optional(), model: modelKey().optional(), limit: page.limit }),
  answer({ server }, { query }) {
    if (server.audit === undefined) throw new Problem('not-configured', 'this service has no journal');
    const lines = server.audit({ fromSeq: query.from_seq, count: query.limit, type: query.type, model: query.model });
    const data = lines.map(({ seq, tsMs, type, model, payloadSha256, payload, prev, hash }) => ({ seq, ts: formatTime(tsMs), type, model, payload_sha256: payloadSha256, payload, prev_hash: prev, hash }));
    return { data, publishedAtMs: lines[lines.length - 1]?.tsMs ?? null };
  },
});

const freshRow = z.strictObject({ market: z.string(), last_close: dateTime().nullable(), age_seconds: nullable(), stale: z.boolean() });
const gapRow = z.strictObject({ market: z.string(), from: dateTime(), to: dateTime(), reason: z.string() });
const dashboardRow = z.strictObject({
  seq: z.number().int(), feed: z.strictObject({ connected: z.boolean(), detail: z.string(), since: dateTime() }).nullable(), markets: z.array(freshRow), grades: z.array(traderGradeRow), models: z.array(modelRow),
  transitions: z.array(transitionRow), alerts: z.array(alertRow), moonshots: z.array(moonshotRow), accounts: z.array(accountRow), gaps: z.array(gapRow),
});
const SHOWN = 20;

const dashboard = endpoint({
  id: 'getDashboard', path: '/v1/dashboard', tag: TAG, scope: 'grades:read', schema: 'dashboard/1', row: dashboardRow, isCached: false, summary: 'What a dashboard shows at first, in one answer',
  async answer(call) {
    const { view, tokens, clock } = call.server;
    const { state } = view;
    const grades = await gradeRows(view, {});
    const transitions = [...state.models.values()].flatMap((model) => model.transitions.newest(SHOWN)).sort((a, b) => b.seq - a.seq).slice(0, SHOWN);
    const row: z.output<typeof dashboardRow> = {
      seq: state.seq, feed: state.feed === null ? null : { connected: state.feed.value.isConnected, detail: state.feed.value.detail, since: formatTime(state.feed.tsMs) },
      markets: freshness(view, clock).map(freshOf), grades: grades.map((one) => traderGradeOf(one, { tokens, withModels: true })), models: [...modelFacts(call)].map(([key, facts]) => modelOf(key, facts)),
      transitions: transitions.map(transitionOf), alerts: state.alerts.newest(SHOWN).map(alertOf), moonshots: [...state.moonshots.values()].slice(-SHOWN).reverse().map((one) => moonshotOf(one, call)),
      accounts: [...state.accounts].map(([id, account]) => accountOf(id, account)),
      gaps: state.gaps.newest(SHOWN).map(({ value: { market, fromMs, toMs, reason } }) => ({ market: `${market.venue}:${market.symbol}`, from: formatTime(fromMs), to: formatTime(toMs), reason })),
    };
    return { data: [row], ...aboutGrades(grades, call) };
  },
});

export function freshOf({ market, lastCloseMs, ageMs, isStale }: ReturnType<typeof freshness>[number]): z.output<typeof freshRow> {
  return { market, last_close: iso(lastCloseMs), age_seconds: ageMs === null ? null : Math.round(ageMs / 1_000), stale: isStale };
}

/** Texts and moods of the market come from a provider, and none can be configured in this version: the answer says so. */
const provided = (id: string, path: string, summary: string) => endpoint({
  id, path, tag: TAG, scope: 'grades:read', schema: 'none/1', row: json(), isCached: false, summary: `${summary}: needs a provider, 501 without one`, query: z.strictObject({ ...page }),
  answer: () => { throw new Problem('not-configured', `${path} needs a provider, and none is configured`); },
});

export const serviceEndpoints = [calibration, audit, dashboard, provided('getSentiments', '/v1/sentiments', 'Moods of the market'), provided('getAiReports', '/v1/ai-reports', 'Written reports')];
