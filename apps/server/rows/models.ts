import { z } from 'zod';
import { formatDuration, formatTime } from '../../../engine/index.ts';
import { type FiredAlert, type LoadedModel, type ModelHealth, type ModelState, MODEL_STATES, type RegisteredModel, type Row, type Transition } from '../../../grading/index.ts';
import { dateTime, nullable, points, rounded } from './number.ts';
import { snakeCase } from './snake-case.ts';

export const json = () => z.record(z.string(), z.unknown());

export const modelRow = z.strictObject({
  model: z.string(), model_id: z.string(), version: z.number().int(), state: z.enum(MODEL_STATES), since: dateTime(), strategy: z.string().nullable(), timeframe: z.string().nullable(), sha256: z.string().nullable(),
  aliases: z.array(z.string()), tags: z.array(z.string()), model_grade: nullable(), letter: z.string().nullable(), provisional: z.boolean().nullable(), live_days: nullable(),
  promise: z.strictObject({ sharpe_ann: nullable(), max_drawdown: nullable(), ic_mean: nullable(), trades: z.number().int(), bars: z.number().int() }).nullable(),
});

export interface ModelFacts {
  readonly registered: RegisteredModel | null;
  readonly loaded: (LoadedModel & { readonly state: ModelState; readonly sinceMs: number }) | null;
  readonly health: Row<ModelHealth> | null;
}

export function modelOf(key: string, { registered, loaded, health }: ModelFacts): z.output<typeof modelRow> {
  const at = key.lastIndexOf('@');
  const version = loaded?.version;
  return {
    model: key, model_id: key.slice(0, at), version: Number(key.slice(at + 1)), state: loaded?.state ?? registered?.state ?? 'DRAFT', since: formatTime(loaded?.sinceMs ?? registered?.sinceMs ?? 0),
    strategy: version?.strategy.id ?? null, timeframe: version === undefined ? null : formatDuration(version.timeframeMs), sha256: registered?.sha256 ?? null,
    aliases: [...(registered?.aliases ?? [])], tags: [...(registered?.tags ?? [])], model_grade: points(health?.value.modelGrade), letter: health?.value.letter ?? null,
    provisional: health?.value.isProvisional ?? null, live_days: health?.value.liveDays ?? null,
    promise: version === undefined ? null : {
      sharpe_ann: rounded(version.oos.sharpeAnn, 3), max_drawdown: rounded(version.oos.maxDrawdown, 4), ic_mean: rounded(version.calibration.icMean, 4), trades: version.oos.trades, bars: version.oos.bars,
    },
  };
}

export const transitionRow = z.strictObject({
  date: dateTime(), model: z.string(), from: z.enum(MODEL_STATES).nullable(), to: z.enum(MODEL_STATES), reason: z.string(), actor: z.string(), statistic: z.string().nullable(), value: nullable(), threshold: nullable(),
  evidence_sha256: z.string().nullable(),
});

export function transitionOf({ tsMs, value }: Row<Transition>): z.output<typeof transitionRow> {
  const { model, from, to, reason, actor, statistic, threshold, evidenceSha256 } = value;
  return { date: formatTime(tsMs), model, from, to, reason, actor, statistic, value: rounded(value.value, 6), threshold: rounded(threshold, 6), evidence_sha256: evidenceSha256 };
}

export const monitorRow = z.strictObject({
  id: z.string(), name: z.string(), state: z.enum(['ok', 'warn', 'watch', 'suspend', 'n/a']), value: nullable(), watch_at: nullable(), suspend_at: nullable(), n: z.number().int(), reason: z.string(),
});

export const healthRow = z.strictObject({
  model: z.string(), state: z.enum(MODEL_STATES), date: dateTime(), live_days: z.number().int(), model_grade: nullable(), letter: z.string().nullable(), provisional: z.boolean(), monitors: z.array(monitorRow),
  parts: z.record(z.string(), z.strictObject({ points: nullable(), of: z.number(), n: z.number().int(), why: z.string() })),
});

export function healthOf({ value }: Row<ModelHealth>): z.output<typeof healthRow> {
  return {
    model: value.model, state: value.state, date: formatTime(value.atMs), live_days: value.liveDays, model_grade: points(value.modelGrade), letter: value.letter, provisional: value.isProvisional,
    monitors: value.monitors.map(({ id, name, state, value: reading, watchAt, suspendAt, n, reason }) => ({ id, name, state, value: rounded(reading, 6), watch_at: rounded(watchAt, 6), suspend_at: rounded(suspendAt, 6), n, reason })),
    parts: Object.fromEntries(Object.entries(value.parts).map(([name, part]) => [name, { ...part, points: points(part.points) }])),
  };
}

export const alertRow = z.strictObject({
  key: z.string(), rule_id: z.string(), subject: z.string(), severity: z.enum(['info', 'warning', 'critical']), scope: z.string(), as_of: dateTime(), fired_at: dateTime(), value: z.union([z.number(), z.string()]).nullable(),
  threshold: z.union([z.number(), z.string()]).nullable(), text: z.string(), channels: z.array(z.string()), facts: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
});

export function alertOf({ tsMs, value }: Row<FiredAlert>): z.output<typeof alertRow> {
  return {
    key: value.key, rule_id: value.ruleId, subject: value.subject, severity: value.severity, scope: value.scope, as_of: formatTime(value.asOfMs), fired_at: formatTime(tsMs), value: value.value, threshold: value.threshold,
    text: value.text, channels: [...value.channels], facts: snakeCase(value.facts) as z.output<typeof alertRow>['facts'],
  };
}
