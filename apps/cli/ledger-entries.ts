import type { HoldoutReadEntry, LedgerLine, TrialsEntry } from '../../workbench/index.ts';
import { day, faint, heading, minute, number, table } from './output.ts';
import { metricText } from './results.ts';

/** An entry of the trial ledger as a person reads it: what was evaluated, then the best trials. */
export function entryText(entry: LedgerLine, top: number): string {
  const head = heading(`entry ${entry.seq}`) + faint(`  ${minute(entry.timeMs)}  ${entry.hash.slice(0, 16)}`);
  if (entry.type === 'note') return `${head}\nnote${entry.claim === null ? '' : ` on ${entry.claim}`}: ${entry.text}`;
  const body = entry.type === 'trials' ? trialsTable(entry, top) : figuresTable(entry);
  return `${head}\n${subjectText(entry)}\n\n${body}`;
}

function subjectText({ study, origin, claim, strategyId, codeHash, markets, window }: TrialsEntry | HoldoutReadEntry): string {
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

function figuresTable({ metrics, figures }: HoldoutReadEntry): string {
  return table(['holdout read', ''], metrics.map((name, i) => [name, metricText(name, figures[i])]));
}
