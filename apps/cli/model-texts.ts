import { DAY_MS, formatDuration } from '../../engine/index.ts';
import type { ModelVersion, RegisteredModel, RegistryEntry } from '../../grading/index.ts';
import { alarm, day, faint, good, heading, minute, number, percent, table } from './output.ts';

const HASH_CHARS = 12;

/** Versions of models, one a line. */
export function modelsTable(models: readonly RegisteredModel[]): string {
  return table(
    ['model', 'state', 'since', 'aliases', 'tags', 'sha256'],
    models.map(({ key, state, sinceMs, aliases, tags, sha256 }) => [shortened(key, 32), state, minute(sinceMs), shortened(aliases.join(', '), 24), shortened(tags.join(', '), 20), sha256.slice(0, HASH_CHARS)]),
    6,
  );
}

/** A version as a person reads it: what was promised, on what, and how it was judged. */
export function modelText(model: RegisteredModel, version: ModelVersion): string {
  const { oos, verdict, strategy, expiry, calibration, trials } = version;
  const facts = table(['', ''], [
    ['state', `${model.state} since ${minute(model.sinceMs)}`],
    ['aliases, tags', [...model.aliases.map((alias) => `@${alias}`), ...model.tags].join(', ') || '—'],
    ['strategy', shortened(`${strategy.id} ${Object.entries(strategy.params).map(([name, value]) => `${name}=${value}`).join(' ')}`, 80)],
    ['code', `${strategy.codeHash.slice(0, 16)}${strategy.bundleSha256 === null ? ', built in' : `, bundle ${strategy.bundleSha256.slice(0, HASH_CHARS)}`}`],
    ['grades', shortened(`${version.universe === 'any' ? 'any market' : version.universe.join(', ')}, bars of ${formatDuration(version.timeframeMs)}`, 80)],
    ['out of sample', `${day(oos.fromMs)} to ${day(oos.toMs)}, ${number(oos.trades, 0)} trades`],
    ['Sharpe ratio', `${number(oos.sharpeAnn)} ± ${number(oos.sharpeErrorAnn)}`],
    ['PSR, DSR, PBO', `${number(oos.psr, 3)}, ${number(oos.dsr, 3)}, ${number(oos.pbo, 3)}`],
    ['worst drawdown', percent(oos.maxDrawdown)],
    ['rank IC', `${number(calibration.icMean, 3)} (t ${number(calibration.icT)})`],
    ['trials', `${number(trials.evaluated, 0)} evaluated, ${number(trials.counted, 0)} counted`],
    ['valid', `until ${day(expiry.validUntilMs)}, retrained every ${formatDuration(expiry.retrainEveryDays * DAY_MS)}`],
  ], 2);
  const gates = table(['gate', 'shadow', 'live', `verdict: ${verdict.decision}`], verdict.gates.map(({ id, shadow, live, statistic }) => [id, stateText(shadow), stateText(live), shortened(statistic, 72)]), 4);
  return `${heading(model.key)}${faint(`  ${model.sha256}`)}\n${facts}\n\n${gates}`;
}

/** What was written about a version. */
export function historyTable(entries: readonly RegistryEntry[]): string {
  return table(['when', 'what', 'by', 'why'], entries.map((entry) => {
    const { actor } = entry.type === 'model_changed' ? entry.payload.transition : entry.payload;
    return [minute(entry.tsMs), whatText(entry), shortened(actor, 14), shortened(whyText(entry), 48)];
  }), 4);
}

function whatText(entry: RegistryEntry): string {
  if (entry.type === 'alias_set') return entry.payload.alias === null ? 'no alias' : `@${entry.payload.alias}`;
  if (entry.type === 'tag_changed') return `${entry.payload.change === 'add' ? 'tag' : 'no tag'} ${shortened(entry.payload.tag, 16)}`;
  const { from, to, forced } = entry.payload.transition;
  return `${from === null ? '' : `${from} → `}${to}${forced === true ? ' (forced)' : ''}`;
}

function whyText(entry: RegistryEntry): string {
  if (entry.type !== 'model_changed') return '';
  const { reason, statistic, value, threshold } = entry.payload.transition;
  return statistic === null ? reason : `${reason}: ${statistic} ${number(value)} against ${number(threshold)}`;
}

function stateText(state: string): string {
  return state === 'fail' ? alarm(state) : state === 'pass' ? good(state) : state;
}

export function shortened(text: string, chars: number): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= chars ? line : `${line.slice(0, chars - 1)}…`;
}
