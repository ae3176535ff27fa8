// The same strategy on the same bars in Assay's engines, backtesting.py and backtrader: first that they agree, then how fast each is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bars, sliceBars } from '../../engine/market/index.ts';
import { SimulationBuffers } from '../../engine/simulate/index.ts';
import { timed, type Timing } from '../timing.ts';
import { requireAgreement } from './agreement.ts';
import { ASSAY_RUNS, type AssayRun } from './assay-runs.ts';
import { hasPeer, type PeerRun, runPeer, writeBars } from './python-peers.ts';
import { type Row, printTable } from './table.ts';
import { syntheticMinutes } from './workload.ts';

const PEERS = [
  { name: 'backtesting.py', module: 'backtesting', script: 'backtesting_peer.py', share: 1 },
  { name: 'backtrader', module: 'backtrader', script: 'backtrader_peer.py', share: 0.1 },
] as const;

const { values } = parseArgs({
  options: {
    bars: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '9' },
    'peer-repeats': { type: 'string', default: '3' },
    python: { type: 'string', default: process.env.PEERS_PYTHON ?? '' },
    json: { type: 'boolean', default: false },
  },
});

const bars = syntheticMinutes(Number(values.bars));
const note = (text: string): void => void process.stderr.write(`${text}\n`);
const peers = values.python === '' ? [] : runPeers(values.python);
const rows = [...Object.entries(ASSAY_RUNS).map(([name, run]) => rowOf(name, bars.length, timeRun(run))), ...peers];
if (values.json) process.stdout.write(`${JSON.stringify({ node: process.version, bars: bars.length, rows }, null, 2)}\n`);
else printTable(rows, PEERS.map(({ name }) => name));

function timeRun(run: AssayRun): Timing {
  const out = new SimulationBuffers();
  return timed(() => run(bars, out), { warmUps: 3, repeats: Number(values.repeats) });
}

function runPeers(python: string): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-peers-'));
  try {
    writeBars(folder, bars);
    return PEERS.flatMap(({ name, module, script, share }) => {
      if (!hasPeer(python, module)) {
        note(`${name}: not installed for ${python}, left out`);
        return [];
      }
      const window = sliceBars(bars, 0, Math.round(bars.length * share));
      const order = { python, script: join(process.env.BENCH_SOURCE ?? '.', script), bars: window.length, repeats: Number(values['peer-repeats']), folder };
      const peer = runPeer(order);
      checkAll(`${name} ${peer.version}`, window, peer);
      return [rowOf(name, window.length, peer.timing)];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkAll(name: string, window: Bars, peer: PeerRun): void {
  for (const [assay, run] of Object.entries(ASSAY_RUNS)) {
    const out = new SimulationBuffers();
    run(window, out);
    requireAgreement(`${assay} and ${name}`, out, peer);
  }
  note(`${name}: ${peer.trades.length / 5} trades and the final equity agree with all of Assay's engines on ${window.length} bars`);
}

function rowOf(name: string, count: number, timing: Timing): Row {
  return { name, bars: count, timing };
}
