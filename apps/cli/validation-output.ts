import { type Evidence, type Gate, type GateState, isMissing, type Known, type Validation, type Verdict } from '../../engine/index.ts';
import { alarm, faint, good, heading, number, percent, print, table, warning } from './output.ts';
import { paramText } from './results.ts';

const GLYPHS: Readonly<Record<GateState, string>> = { pass: '✓ pass', warn: '! warn', fail: '✕ fail', 'n/a': '◌ n/a' };
const ORDER: readonly GateState[] = ['fail', 'n/a', 'warn', 'pass'];

const DECISIONS = {
  reject: 'rejected', shadow: 'good for SHADOW: it may be traded on paper beside the market', 'live-eligible': 'LIVE-ELIGIBLE: what remains is the shadow period',
} as const;

/** The verdict first, then what it rests on, then each gate, failures first. */
export function printValidation({ id, evidence, verdict }: Validation): void {
  const { subject } = evidence;
  const mark = verdict.decision === 'reject' ? alarm : good;
  print(heading(subject.claim) + faint(`  validation ${id}`));
  print(mark(`${verdict.decision === 'reject' ? '✕' : '✓'} ${DECISIONS[verdict.decision]}${verdict.blocking.length === 0 ? '' : ` (${tierInWay(verdict.decision)} is kept by ${verdict.blocking.join(', ')})`}`));
  if (subject.held !== null) print(faint(`would hold now: ${paramText(subject.held)}`));
  print();
  for (const line of summary(evidence)) print(line);
  print();
  printGates(verdict);
  print(faint(`policy ${verdict.policy.version} ${verdict.policy.hash}, seed ${subject.seed}`));
}

/** Every gate, failures first, and why those that do not pass do not. */
export function printGates(verdict: Pick<Verdict, 'gates'>): void {
  const gates = [...verdict.gates].sort((a, b) => worst(a) - worst(b));
  print(table(['gate', 'asks', 'shadow', 'live', 'found'], gates.map((gate) => [gate.id, gate.name, GLYPHS[gate.shadow.state], GLYPHS[gate.live.state], wrapped(gate.statistic)]), 5));
  for (const gate of gates) for (const line of why(gate)) print(line);
}

/** Columns before the last take about half of a narrow terminal. */
const OTHER_COLUMNS = 48;

/** Lines that leave the table within the terminal. */
function wrapped(text: string): string {
  const width = Math.max(30, Math.min(110, process.stdout.columns ?? 100) - OTHER_COLUMNS);
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last.length + word.length + 1 > width && last !== '') lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

function tierInWay(decision: Validation['verdict']['decision']): string {
  return decision === 'reject' ? 'shadow' : 'live';
}

function worst({ shadow, live }: Gate): number {
  return 4 * ORDER.indexOf(shadow.state) + ORDER.indexOf(live.state);
}

function why({ id, name, shadow, live, reason, remedy }: Gate): string[] {
  if (reason === '' || (shadow.state === 'pass' && live.state === 'pass')) return [];
  return [warning(`${id} ${name}: ${reason}`), ...(remedy === '' ? [] : [faint(`    ${remedy}`)])];
}

function summary({ outOfSample, search, overfit, holdoutReads, sample }: Evidence): string[] {
  const { bootstrap } = outOfSample;
  const bounds = ({ lower95, upper95 }: { lower95: number | null; upper95: number | null }, text: (value: number | null) => string): string => `[${text(lower95)}, ${text(upper95)}]`;
  return [
    `out of sample        ${number(sample.days, 0)} days, Sharpe ${number(outOfSample.sharpeAnn)} ${bounds(bootstrap.sharpeAnn, number)}, growth ${percent(bootstrap.cagr.estimate)} ${bounds(bootstrap.cagr, percent)} a year, P(Sharpe > 0) ${number(outOfSample.psr, 3)}`,
    line('search', search, (s) =>
      `best of ${number(s.trials, 0)}: Sharpe ${number(s.winner.sharpeAnn)}, luck alone ${number(s.luckSharpeAnn)}${isMissing(s.ledgerTrials) ? '' : ` at N = ${number(s.ledgerTrials.n, 0)}`}; Reality Check p ${probability(s.realityCheck.p)}, DSR ${number(s.dsr, 3)}${s.returnPrecision === undefined ? '' : '; returns kept as 32-bit floats'}`),
    line('overfitting', overfit, (o) => `PBO ${number(o.pbo)}, probability of loss ${number(o.probabilityOfLoss)} over ${number(o.combinations, 0)} splits`),
    line('held-out data', holdoutReads, (reads) => `read ${number(reads, 0)} time${reads === 1 ? '' : 's'} for this claim`),
    faint('brackets: one-sided 95 % bounds each way, stationary bootstrap'),
  ];
}

/** A p-value that is not zero never prints as zero. */
function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : number(p, 3);
}

function line<T>(name: string, part: Known<T>, text: (part: T) => string): string {
  return `${name.padEnd(20)} ${isMissing(part) ? faint(`— ${part.missing}`) : text(part)}`;
}
