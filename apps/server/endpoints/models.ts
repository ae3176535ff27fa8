import { z } from 'zod';
import { type ModelKey, MODEL_STATES, type ModelVersion } from '../../../grading/index.ts';
import { Problem } from '../http/problem.ts';
import { healthOf, healthRow, json, type ModelFacts, modelOf, modelRow, transitionOf, transitionRow } from '../rows/models.ts';
import { rounded } from '../rows/number.ts';
import { snakeCase } from '../rows/snake-case.ts';
import { endpoint } from './define.ts';
import type { Answer, Call } from './endpoint.ts';
import { page, paged, whole } from './parameters.ts';

const TAG = 'models';
const modelId = () => z.string().regex(/^[a-z0-9][a-z0-9._-]{0,80}$/, 'must be lower case, digits, dots, dashes').meta({ examples: ['ema-cross'] });
const versionParams = z.strictObject({ id: modelId(), v: whole(1, 1_000_000, 1) });

/** All versions that the registry or the entries have named, by key. */
export function modelFacts({ server: { view, registry } }: Call): ReadonlyMap<ModelKey, ModelFacts> {
  const facts = new Map<ModelKey, ModelFacts>();
  const health = (key: ModelKey): ModelFacts['health'] => view.state.models.get(key)?.healths.last() ?? null;
  for (const registered of registry?.models() ?? []) facts.set(registered.key, { registered, loaded: view.models.get(registered.key), health: health(registered.key) });
  for (const loaded of view.models.all()) if (!facts.has(loaded.key)) facts.set(loaded.key, { registered: null, loaded, health: health(loaded.key) });
  return new Map([...facts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function factsOf(call: Call, id: string, version?: number): readonly [ModelKey, ModelFacts] {
  const versions = [...modelFacts(call)].filter(([key]) => key.slice(0, key.lastIndexOf('@')) === id);
  const number = (key: string): number => Number(key.slice(key.lastIndexOf('@') + 1));
  const found = version === undefined ? preferred(versions) : versions.find(([key]) => number(key) === version);
  if (found === undefined) throw new Problem('not-found', `there is no model ${version === undefined ? id : `${id}@${version}`}`);
  return found;
}

/** The champion, otherwise what is live or watched, otherwise the newest. */
function preferred(versions: readonly (readonly [ModelKey, ModelFacts])[]): readonly [ModelKey, ModelFacts] | undefined {
  return versions.find(([, { registered }]) => registered?.aliases.includes('champion'))
    ?? versions.findLast(([, { loaded }]) => loaded?.state === 'LIVE' || loaded?.state === 'WATCH')
    ?? versions[versions.length - 1];
}

function aboutModels(facts: readonly (readonly [ModelKey, ModelFacts])[], { server: { view } }: Call): Pick<Answer, 'asOfMs' | 'publishedAtMs' | 'models'> {
  const healths = facts.flatMap(([, { health }]) => health ?? []);
  return { asOfMs: healths.length === 0 ? null : Math.max(...healths.map(({ value }) => value.atMs)), publishedAtMs: view.state.seq === 0 ? null : view.state.tsMs, models: facts.map(([key]) => key) };
}

const models = endpoint({
  id: 'getModels', path: '/v1/models', isCached: false, tag: TAG, scope: 'models:read', schema: 'models/1', row: modelRow, query: z.strictObject({ state: z.enum(MODEL_STATES).optional(), ...page }),
  summary: 'Every version of every model with its state, its grade, and what it promised',
  answer(call, { query }) {
    const all = [...modelFacts(call)].map(([key, facts]) => [key, facts, modelOf(key, facts)] as const).filter(([, , row]) => query.state === undefined || row.state === query.state);
    const shown = paged(all, query);
    return { data: shown.map(([, , row]) => row), total: all.length, ...aboutModels(shown.map(([key, facts]) => [key, facts] as const), call) };
  },
});

const versionRow = z.strictObject({ ...modelRow.shape, manifest: json().nullable(), gates: z.array(z.strictObject({ id: z.string(), shadow: z.string(), live: z.string(), statistic: z.string(), value: z.number().nullable(), reason: z.string() })), transitions: z.array(transitionRow) });

const modelVersion = endpoint({
  id: 'getModelVersion', path: '/v1/models/{id}/versions/{v}', isCached: false, tag: TAG, scope: 'models:read', schema: 'model/1', row: versionRow, params: versionParams,
  summary: 'One version: its manifest as it was promoted, its gates, and every change of its state',
  answer(call, { params }) {
    const found = factsOf(call, params.id, params.v);
    const [key, facts] = found;
    const version: ModelVersion | null = facts.loaded?.version ?? (facts.registered === null ? null : (call.server.registry?.version(key) ?? null));
    const transitions = [...(call.server.view.state.models.get(key)?.transitions.values() ?? [])].map(transitionOf).reverse();
    const row = {
      ...modelOf(key, facts), manifest: version === null ? null : snakeCase(version), transitions,
      gates: (version?.verdict.gates ?? []).map(({ id, shadow, live, statistic, value, reason }) => ({ id, shadow, live, statistic, value: rounded(value, 6), reason })),
    };
    return { data: [row], ...aboutModels([found], call) };
  },
});

const LIVE_DAYS = 365;
const dayRow = z.strictObject({ date: z.string().meta({ format: 'date' }), net_return: z.number(), gross_return: z.number(), exposure: z.number(), turnover: z.number(), markets: z.number().int() });
const reading = () => z.strictObject({ value: z.number().nullable(), watch_at: z.number().nullable(), suspend_at: z.number().nullable(), n: z.number().int(), state: z.string(), reason: z.string() }).nullable();
const liveRow = z.strictObject({
  ...modelRow.shape, health: healthRow.nullable(), reconciliation: reading(), ic: reading(), cusum: reading(), dd: reading(), sharpe_posterior: reading(), drift: reading(), days: z.array(dayRow),
  outcomes: z.strictObject({ n: z.number().int(), hit_rate: z.number().nullable(), mean_net_return: z.number().nullable(), mean_gross_return: z.number().nullable() }),
});

/** Which monitor speaks for which figure. */
const FIGURES = { reconciliation: 'T1', ic: 'T5', cusum: 'T6', dd: 'T7', sharpe_posterior: 'T8', drift: 'T3' } as const;

const modelLive = endpoint({
  id: 'getModelLive', path: '/v1/models/{id}/live', isCached: false, tag: TAG, scope: 'models:read', schema: 'model-live/1', row: liveRow, params: z.strictObject({ id: modelId() }), query: z.strictObject({ version: whole(1, 1_000_000, 1).optional() }),
  summary: 'What a version does live against its promise; the champion, or the newest live one, unless a version is named',
  answer(call, { params, query }) {
    const found = factsOf(call, params.id, query.version);
    const [key, facts] = found;
    const view = call.server.view.state.models.get(key);
    const monitors = facts.health === null ? [] : healthOf(facts.health).monitors;
    const figures = Object.fromEntries(Object.entries(FIGURES).map(([figure, id]) => {
      const monitor = monitors.find((one) => one.id === id);
      return [figure, monitor === undefined ? null : { value: monitor.value, watch_at: monitor.watch_at, suspend_at: monitor.suspend_at, n: monitor.n, state: monitor.state, reason: monitor.reason }];
    }));
    const row = { ...modelOf(key, facts), health: facts.health === null ? null : healthOf(facts.health), ...figures, days: daysOf(view), outcomes: outcomesOf(view) };
    return { data: [row], ...aboutModels([found], call) };
  },
});

type ModelState = ReturnType<Call['server']['view']['state']['models']['get']>;

/** One row a UTC day: the mean over the model's markets, the newest first. */
function daysOf(view: ModelState): z.output<typeof dayRow>[] {
  const byDay = new Map<number, { net: number; gross: number; exposure: number; turnover: number; n: number }>();
  for (const { value } of view?.days.values() ?? []) {
    const day = byDay.get(value.dayMs) ?? { net: 0, gross: 0, exposure: 0, turnover: 0, n: 0 };
    byDay.set(value.dayMs, { net: day.net + value.netReturn, gross: day.gross + value.grossReturn, exposure: day.exposure + value.exposure, turnover: day.turnover + value.turnover, n: day.n + 1 });
  }
  const mean = (sum: number, n: number): number => rounded(sum / n, 6) ?? 0;
  return [...byDay].sort(([a], [b]) => b - a).slice(0, LIVE_DAYS).map(([dayMs, { net, gross, exposure, turnover, n }]) => ({
    date: new Date(dayMs).toISOString().slice(0, 10), net_return: mean(net, n), gross_return: mean(gross, n), exposure: mean(exposure, n), turnover: mean(turnover, n), markets: n,
  }));
}

function outcomesOf(view: ModelState): z.output<typeof liveRow>['outcomes'] {
  const all = [...(view?.outcomes.values() ?? [])].map(({ value }) => value);
  const n = all.length;
  const mean = (value: (one: (typeof all)[number]) => number): number | null => (n === 0 ? null : rounded(all.reduce((sum, one) => sum + value(one), 0) / n, 6));
  return { n, hit_rate: mean(({ grossReturn, pUp }) => Number(grossReturn > 0 === pUp > 0.5)), mean_net_return: mean(({ netReturn }) => netReturn), mean_gross_return: mean(({ grossReturn }) => grossReturn) };
}

const promoted = z.strictObject({ model: z.string(), model_id: z.string(), version: z.number().int(), state: z.enum(MODEL_STATES), sha256: z.string() });

const postModel = endpoint({
  id: 'postModel', method: 'POST', path: '/v1/models', tag: TAG, scope: 'models:promote', schema: 'promotion/1', row: promoted, status: 201, isIdempotent: true, body: z.string().min(1), bodyType: 'text/html',
  summary: 'Promotes the model of a validation report; everything in the report is computed again and compared',
  async answer({ server, key }, { body }) {
    if (server.promote === undefined) throw new Problem('not-configured', 'this service promotes no reports');
    const result = await server.promote(body, `key:${key.keyId}`);
    if (!result.promoted) throw new Problem('not-promoted', result.reason, { errors: result.blocking.map((detail) => ({ in: 'body', field: 'gates', detail })) });
    const { key: model, modelId: id, version, state, sha256 } = result.model;
    return { data: [{ model, model_id: id, version, state, sha256 }], models: [model], headers: { location: `/v1/models/${id}/versions/${version}` } };
  },
});

const transitionBody = z.strictObject({ to: z.enum(MODEL_STATES), reason: z.string().min(3).max(1_000), force: z.boolean().default(false) });

const postTransition = endpoint({
  id: 'postModelTransition', method: 'POST', path: '/v1/models/{id}/versions/{v}/transitions', tag: TAG, scope: 'models:promote', schema: 'transition/1', row: promoted, status: 201, isIdempotent: true, params: versionParams,
  body: transitionBody, summary: 'Moves a version to another state, as far as the state machine and its verdict allow',
  answer(call, { params, body }) {
    const { server: { registry }, key, idempotencyKey } = call;
    if (registry === undefined) throw new Problem('not-configured', 'this service writes no registry');
    const [model] = factsOf(call, params.id, params.v);
    const moved = registry.transition({ model, to: body.to, reason: body.reason, actor: 'operator', statistic: null, value: null, threshold: null, evidenceSha256: null },
      { once: `${key.keyId}:${idempotencyKey}`, ...(body.force ? { force: true } : {}) });
    return { data: [{ model: moved.key, model_id: moved.modelId, version: moved.version, state: moved.state, sha256: moved.sha256 }], models: [model] };
  },
});

export const modelEndpoints = [models, modelVersion, modelLive, postModel, postTransition];
