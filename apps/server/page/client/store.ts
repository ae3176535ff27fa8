import { ApiError, ask } from './api.ts';
import type { Calibration, Dashboard, EquityRow, GradeRow, IndexRow, IndexValueRow, InvestorRow, LiveRow, Meta, MoonshotRow, VersionRow } from './types.ts';

/** Rows, or the reason why there are none. */
export type Known<T> = { readonly rows: readonly T[]; readonly reason: null } | { readonly rows: null; readonly reason: string };

export const SEGMENTS = ['shadow', 'live'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** Everything that the page shows; each part is replaced whole. */
export interface Store {
  dashboard: Dashboard | null;
  meta: Meta | null;
  seq: number;
  isStreaming: boolean;
  investors: Known<InvestorRow>;
  lives: ReadonlyMap<string, Known<LiveRow>>;
  versions: ReadonlyMap<string, Known<VersionRow>>;
  calibrations: Readonly<Record<Segment, Known<Calibration>>>;
  /** Which model the tables of calibration are of; null before one is known. */
  calibrated: string | null;
  indices: Known<IndexRow>;
  indexValues: ReadonlyMap<string, Known<IndexValueRow>>;
  equity: ReadonlyMap<string, Known<EquityRow>>;
  moonshots: Known<MoonshotRow>;
}

const UNREAD = { rows: null, reason: 'not read yet' } as const;
const MOST = 1_000;

export function emptyStore(): Store {
  return {
    dashboard: null, meta: null, seq: 0, isStreaming: false, investors: UNREAD, lives: new Map(), versions: new Map(), calibrations: { shadow: UNREAD, live: UNREAD }, calibrated: null,
    indices: UNREAD, indexValues: new Map(), equity: new Map(), moonshots: UNREAD,
  };
}

/** What can be read; a refusal is kept as the reason. */
export async function known<T>(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<Known<T>> {
  try {
    return { rows: (await ask<T>(path, query)).data, reason: null };
  } catch (error) {
    return { rows: null, reason: error instanceof ApiError ? error.message : 'the service does not answer' };
  }
}

async function each<T>(keys: readonly string[], read: (key: string) => Promise<Known<T>>): Promise<ReadonlyMap<string, Known<T>>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, await read(key)] as const)));
}

/** The first answer: header, grades, states, alerts. @throws ApiError */
export async function readDashboard(store: Store): Promise<void> {
  const { data: [row], meta } = await ask<Dashboard>('/v1/dashboard');
  [store.dashboard, store.meta, store.seq] = [row, meta, Math.max(store.seq, row.seq)];
}

export async function readInvestors(store: Store): Promise<void> {
  store.investors = await known('/v1/investor-grades', { limit: MOST });
}

export async function readModels(store: Store): Promise<void> {
  const models = store.dashboard?.models ?? [];
  const of = (key: string): { readonly model_id: string; readonly version: number } => models.find(({ model }) => model === key) ?? { model_id: key, version: 1 };
  const keys = models.map(({ model }) => model);
  store.lives = await each(keys, (key) => known<LiveRow>(`/v1/models/${encodeURIComponent(of(key).model_id)}/live`, { version: of(key).version }));
  store.versions = await each(keys, (key) => known<VersionRow>(`/v1/models/${encodeURIComponent(of(key).model_id)}/versions/${of(key).version}`));
}

export async function readCalibrations(store: Store): Promise<void> {
  const models = store.dashboard?.models ?? [];
  store.calibrated ??= (models.find(({ state }) => state === 'LIVE' || state === 'WATCH') ?? models[0])?.model ?? null;
  const query: Readonly<Record<string, string>> = store.calibrated === null ? {} : { model: store.calibrated };
  const [shadow, live] = await Promise.all(SEGMENTS.map((segment) => known<Calibration>('/v1/calibration', { ...query, segment })));
  store.calibrations = { shadow, live };
}

export async function readPortfolios(store: Store): Promise<void> {
  const [indices, active, past] = await Promise.all([
    known<IndexRow>('/v1/indices', { limit: MOST }), known<MoonshotRow>('/v1/moonshot-tokens', { type: 'active', limit: MOST }), known<MoonshotRow>('/v1/moonshot-tokens', { type: 'past', limit: MOST }),
  ]);
  store.indices = indices;
  store.moonshots = active.rows === null || past.rows === null ? { rows: null, reason: active.reason ?? past.reason ?? '' } : { rows: [...active.rows, ...past.rows], reason: null };
  store.indexValues = await each((indices.rows ?? []).map(({ index_id: id }) => id), (id) => known('/v1/indices-performance', { id, limit: MOST }));
  store.equity = await each((store.dashboard?.accounts ?? []).map(({ account_id: id }) => id), (id) => known(`/v1/paper-accounts/${encodeURIComponent(id)}/equity`, { limit: MOST }));
}

export const marketOf = ({ exchange, pair, timeframe }: Pick<GradeRow, 'exchange' | 'pair' | 'timeframe'>): string => `${exchange}:${pair}@${timeframe}`;

/** A streamed grade in the place of the market's last; the models' rows come with the next reading. */
export function putGrade(store: Store, row: GradeRow): void {
  const { dashboard } = store;
  if (dashboard === null || row.revision !== 0) return;
  const before = dashboard.grades.find((one) => marketOf(one) === marketOf(row));
  if (before !== undefined && before.date > row.date) return;
  const grades = dashboard.grades.filter((one) => one !== before);
  store.dashboard = { ...dashboard, grades: [...grades, { ...row, models: before?.models }] };
}
