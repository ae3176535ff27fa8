// How often the monitors move healthy models down, and how soon they find those that decayed.
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { MONITOR_POLICY, monitorPolicyHash } from '../../grading/monitors/index.ts';
import { wilson } from '../validate/error-rates/tally.ts';
import { type Course, type LiveOptions, liveRun, type LiveResult, promisedVersion } from './simulated-model.ts';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '500' },
    sharpe: { type: 'string', default: '1.5' },
    'oos-days': { type: 'string', default: '1095' },
    outcomes: { type: 'string', default: 'same market' },
    seed: { type: 'string', default: '1' },
    years: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const YEAR = 365;
const models = Number(values.models);
const sharpeAnn = Number(values.sharpe);
const years = Number(values.years);
const outcomes = values.outcomes as LiveOptions['outcomes'];

interface Scenario {
  readonly name: string;
  readonly course: Course;
  readonly days: number;
  /** Days before the change: an alarm before it is none of it. */
  readonly after: number;
}

const ALL: readonly Scenario[] = [
  { name: `healthy: ${sharpeAnn / 2}, half of ${sharpeAnn}`, course: () => sharpeAnn / 2, days: years * YEAR, after: 0 },
  { name: `healthy: all of ${sharpeAnn}`, course: () => sharpeAnn, days: years * YEAR, after: 0 },
  { name: `${sharpeAnn} → −2 at once`, course: () => -2, days: YEAR, after: 0 },
  { name: `${sharpeAnn} → −2 after 180 days`, course: (day) => (day <= 180 ? sharpeAnn : -2), days: 180 + YEAR, after: 180 },
  { name: `${sharpeAnn} → 0 at once`, course: () => 0, days: YEAR, after: 0 },
];

const SCENARIOS = ALL.filter(({ name }) => name.includes(values.only));
const BATCH = 10;

if (process.send === undefined) await main();
else process.on('message', (first: number) => process.send?.(runModels(first, Math.min(models, first + BATCH))));

/** Live results of some models, by scenario. */
function runModels(from: number, to: number): LiveResult[][] {
  const results = SCENARIOS.map((): LiveResult[] => []);
  for (let i = from; i < to; i++) {
    const seed = Number(values.seed) * 100_000 + i;
    const version = promisedVersion({ seed, sharpeAnn, days: Number(values['oos-days']) });
    SCENARIOS.forEach(({ course, days }, s) => results[s].push(liveRun({ version, seed: seed * 10 + s, course, days, outcomes })));
  }
  return results;
}

async function main(): Promise<void> {
  const batches = Array.from({ length: Math.ceil(models / BATCH) }, (_, batch) => batch * BATCH);
  const done = new Map<number, LiveResult[][]>();
  await Promise.all(Array.from({ length: Math.min(Number(values.workers), batches.length) }, () => drain(batches, done)));
  const results = SCENARIOS.map((_, s) => [...done].sort(([a], [b]) => a - b).flatMap(([, batch]) => batch[s]));
  const report = SCENARIOS.map((scenario, s) => summarise(scenario, results[s]));
  const policy = `${MONITOR_POLICY.version} (${monitorPolicyHash(MONITOR_POLICY)})`;
  if (values.json) process.stdout.write(`${JSON.stringify({ policy, models, sharpeAnn, outcomes, report })}\n`);
  else process.stdout.write(`${policy}, ${models} models, outcomes of ${outcomes}\n${report.map(lineOf).join('\n')}\n`);
}

/** One process that takes batches until none is left. */
async function drain(batches: number[], done: Map<number, LiveResult[][]>): Promise<void> {
  const worker = fork(process.argv[1], process.argv.slice(2));
  for (let first = batches.shift(); first !== undefined; first = batches.shift()) {
    const batch = first;
    done.set(batch, await new Promise<LiveResult[][]>((resolve, reject) => {
      worker.once('message', resolve).once('exit', (code) => reject(new Error(`a process ended with code ${code}`)));
      worker.send(batch);
    }));
    worker.removeAllListeners('exit');
    process.stderr.write(`${done.size * BATCH} of ${models} models\n`);
  }
  worker.disconnect();
}

function summarise({ name, days, after }: Scenario, all: readonly LiveResult[]) {
  const counted = all.filter(({ demotedOn }) => demotedOn === null || demotedOn > after);
  const found = counted.flatMap(({ demotedOn }) => (demotedOn === null ? [] : [demotedOn - after])).sort((a, b) => a - b);
  const ids = [...new Set(counted.flatMap(({ alarms }) => Object.keys(alarms)))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const perMonitor = Object.fromEntries(ids.map((id) => [id, counted.filter(({ alarms }) => (alarms[id] ?? 0) > after).length / counted.length]));
  const byYear = Array.from({ length: Math.ceil((days - after) / YEAR) }, (_, year) => {
    const left = counted.filter(({ demotedOn }) => demotedOn === null || demotedOn - after > year * YEAR);
    return wilson(left.filter(({ demotedOn }) => demotedOn !== null && demotedOn - after <= (year + 1) * YEAR).length, left.length);
  });
  return { name, counted: counted.length, byYear, suspended: wilson(counted.filter(({ suspendedOn }) => suspendedOn !== null).length, counted.length), medianDays: found[found.length >> 1] ?? null, perMonitor };
}

function lineOf({ name, counted, byYear, suspended, medianDays, perMonitor }: ReturnType<typeof summarise>): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  const demoted = byYear.map(({ share, low, high }) => `${percent(share)} % [${percent(low)}, ${percent(high)}]`).join(', then ');
  const alarms = Object.entries(perMonitor).map(([id, share]) => `${id} ${percent(share)}`).join(', ');
  return `${name} (${counted}): demoted in a year ${demoted}; suspended ${percent(suspended.share)} %; median day ${medianDays ?? '–'}\n    alarms in %: ${alarms}`;
}
