import type { HoldoutReadEntry, LedgerLine, ScreenEntry, TrialsEntry } from '../../workbench/index.ts';
import { day, faint, heading, minute, number, table } from './output.ts';
import { metricText, paramText } from './results.ts';

/** An entry of the trial ledger as a person reads it: what was evaluated, then the best trials. */
export function entryText(entry: LedgerLine, top: number): string {
  const head = heading(`entry ${entry.seq}`) + faint(`  ${minute(entry.timeMs)}  ${entry.hash.slice(0, 16)}`);
  if (entry.type === 'note') return `${head}\nnote${entry.claim === null ? '' : ` on ${entry.claim}`}: ${entry.text}`;
  return `${head}\n${subjectText(entry)}\n\n${bodyOf(entry, top)}`;
}

function bodyOf(entry: TrialsEntry | ScreenEntry | HoldoutReadEntry, top: number): string {
  if (entry.type === 'trials') return trialsTable(entry, top);
  return entry.type === 'screen' ? screenText(entry) : figuresTable(entry);
}

function subjectText({ study, origin, claim, strategyId, codeHash, markets, window }: TrialsEntry | ScreenEntry | HoldoutReadEntry): string {
  return [
    `${study.kind} ${study.id}${origin === 'replay' ? ', a replay' : ''}, claim: ${claim}`,
    faint(`${strategyId}, code ${codeHash.slice(0, 16)}; ${markets.map(({ symbol, venue }) => `${symbol} ${venue}`).join(', ')}, ${day(window.fromMs)} to ${day(window.toMs)}`),
  ].join('\n');
}

function trialsTable({ rows, figures, params, metrics, failures, firstTrial }: TrialsEntry, top: number): string {
  const order = rows.map((_, row) => row).sort((a, b) => (figures[b]?.[0] ?? -Infinity) - (figures[a]?.[0] ?? -Infinity) || a - b).slice(0, top);
  const shown = table(
    ['trial', ...params, ...metrics],
    order.map((row) => [
      number(firstTrial + row, 0), ...rows[row].map(String),
      ...metrics.map((name, i) => (figures[row] === null && i === 0 ? `failed: ${failures[row]}` : metricText(name, figures[row]?.[i] ?? null))),
    ]),
  );
  return order.length < rows.length ? `${shown}\n${faint(`${order.length} of ${number(rows.length, 0)} trials, the best first`)}` : shown;
}

function screenText({ axes, sampler, points, firstTrial, failed, sharpeAnn, best, metrics, partHash }: ScreenEntry): string {
  const { from, to } = points;
  const searched = Object.entries(axes).map(([name, axis]) => `${name}=${'step' in axis ? `${axis.from}:${axis.to}:${axis.step}` : axis.join()}`).join(' ');
  const deviation = sharpeAnn.variance === null ? null : Math.sqrt(sharpeAnn.variance);
  return [
    `${number(to - from, 0)} trials from ${number(firstTrial, 0)} on, ${number(failed, 0)} failed: points ${number(from, 0)} to ${number(to - 1, 0)} of ${searched}${sampler.kind === 'random' ? `, ${number(sampler.points, 0)} drawn with seed ${sampler.seed}` : ''}`,
    `Sharpe ratio of ${number(sharpeAnn.n, 0)}: mean ${number(sharpeAnn.mean)}, standard deviation ${number(deviation)}`,
    best === null ? 'no trial has a Sharpe ratio' : `greatest: trial ${number(best.trial, 0)} (${paramText(best.params)}): ${metrics.map((name, i) => `${name} ${metricText(name, best.figures[i])}`).join(', ')}`,
    faint(`part sha256 ${partHash}`),
  ].join('\n');
}

function figuresTable({ metrics, figures }: HoldoutReadEntry): string {
  return table(['holdout read', ''], metrics.map((name, i) => [name, metricText(name, figures[i])]));
}
