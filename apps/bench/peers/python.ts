import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS, InputError } from '../../../engine/index.ts';
import type { Setting } from '../case.ts';
import { ownWorkload, w1Workload, w2Workload, w3Workload, w4Workload, w6Workload } from '../cases/grids.ts';
import { FEE_FRAC, rulesOf, type SweepWorkload } from '../cases/sweep.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import type { PeerFigure } from '../results.ts';
import { spreadOf } from '../spread.ts';
import { writeBars } from './limit.ts';
import { allPoints, comparePeer, requireEqual, spaceOf } from './workload-points.ts';

interface GridPeer {
  readonly name: string;
  readonly module: string;
  readonly script: string;
  readonly workloads: readonly string[];
  /** Points that are run; the time is scaled to all. */
  readonly most: number;
  /** Gives all five figures; else total return and closed trades. */
  readonly hasFigures: boolean;
  readonly note: string;
}

const BAR_BY_BAR = 'a few combinations, scaled to all; total return and closed trades compared, as its fees enter the curve a bar later';

const GRID_PEERS: readonly GridPeer[] = [
  { name: 'vectorbt', module: 'vectorbt', script: 'grid_vectorbt.py', workloads: ['W1', 'W2', 'W3', 'W4', 'W6-long', 'W6-wide', 'own'], most: Infinity, hasFigures: true, note: 'numba, warm, 500 combinations at once' },
  { name: 'backtesting.py', module: 'backtesting', script: 'grid_backtesting.py', workloads: ['W1', 'W2'], most: 4, hasFigures: false, note: BAR_BY_BAR },
  { name: 'backtrader', module: 'backtrader', script: 'grid_backtrader.py', workloads: ['W1', 'W2'], most: 2, hasFigures: false, note: BAR_BY_BAR },
];

const WORKLOADS: Readonly<Record<string, (setting: Setting) => SweepWorkload>> = {
  W1: w1Workload, W2: w2Workload, W3: w3Workload, W4: w4Workload, own: ownWorkload,
  'W6-long': (setting) => w6Workload('long', setting), 'W6-wide': (setting) => w6Workload('wide', setting),
};

export interface PeersOrder {
  readonly python: string;
  readonly packageRoot: string;
  readonly setting: Setting;
  readonly repeats: number;
}

/**
 * Times of the peers that are installed, on the cases of these names, once their figures are equal.
 *
 * throws  InputError `python-invalid`, `peers-missing`
 */
export function measureGridPeers(names: readonly string[], order: PeersOrder): { readonly peers: PeerFigure[]; readonly notes: string[] } {
  const folder = join(order.packageRoot, 'bench/peers');
  if (!existsSync(join(folder, GRID_PEERS[0].script))) throw new InputError('peers-missing', `--python needs the repository: ${folder} has no scripts of peers`);
  if (spawnSync(order.python, ['--version'], { stdio: 'ignore' }).status !== 0) throw new InputError('python-invalid', `--python must be a Python that starts, was ${order.python}`);
  const notes: string[] = [];
  const peers = GRID_PEERS.flatMap((peer) => {
    if (spawnSync(order.python, ['-c', `import ${peer.module}`], { stdio: 'ignore' }).status === 0) {
      return names.filter((name) => peer.workloads.includes(name)).map((name) => measurePeer(peer, name, join(folder, peer.script), order));
    }
    notes.push(`${peer.name}: not installed for ${order.python}`);
    return [];
  });
  return { peers, notes };
}

function kindOf({ axes }: SweepWorkload): 'cross' | 'levels' | 'turns' | 'own' {
  if ('every' in axes) return 'turns';
  if ('depth' in axes) return 'own';
  return 'lower' in axes ? 'levels' : 'cross';
}

/** Evenly spread over the space. */
function sampleOf(points: readonly number[], most: number): number[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => points[Math.floor(((i + 0.5) * points.length) / most)]);
}

function measurePeer(peer: GridPeer, name: string, script: string, { python, setting, repeats }: PeersOrder): PeerFigure {
  const workload = WORKLOADS[name](setting);
  const space = spaceOf(workload);
  const points = sampleOf(allPoints(space), peer.most);
  const out = join(setting.folder, 'peer.f64');
  const spec = join(setting.folder, 'peer.json');
  const { timeframeMs } = workload.markets[0];
  writeFileSync(spec, JSON.stringify({
    kind: kindOf(workload), points: points.map((point) => Object.values(space.pointAt(point))), fee: FEE_FRAC, stop: workload.stops.stopFrac,
    target: workload.stops.targetFrac, freq: timeframeMs === DAY_MS ? '1D' : timeframeMs === HOUR_MS ? '1h' : '1min', repeats: peer.hasFigures ? repeats : 1, out,
    markets: workload.markets.map((bars, m) => ({ bars: writeBars(bars, setting.folder, `market-${m}.f64`) })),
  }));
  const { status, stdout, stderr } = spawnSync(python, [script, spec], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new InputError('peer-failed', `${peer.name} must carry out ${name}, ended with ${status}: ${stderr.trim().split('\n').slice(-3).join(' ')}`);
  const { version, seconds } = JSON.parse(stdout.slice(stdout.lastIndexOf('{"version"'))) as { version: string; seconds: number[] };
  const meter = new DifferenceMeter(1e-9);
  comparePeerRows(peer, workload, points, new Float64Array(new Uint8Array(readFileSync(out)).buffer), meter);
  const proof = meter.proof(`the plain loop on ${points.length} points`);
  requireEqual(proof);
  const share = points.length / space.points;
  return { case: name, peer: peer.name, version, seconds: spreadOf(seconds.map((one) => one / share)), share, compared: proof.compared, largestDifference: proof.largestDifference, note: peer.note };
}

function comparePeerRows(peer: GridPeer, workload: SweepWorkload, points: readonly number[], rows: Float64Array, meter: DifferenceMeter): void {
  const width = peer.hasFigures ? 5 : 2;
  workload.markets.forEach((bars, market) => {
    const own = rows.subarray(width * points.length * market, width * points.length * (market + 1));
    if (peer.hasFigures) comparePeer(workload, market, points, own, meter);
    else points.forEach((point, i) => {
      const params = spaceOf(workload).pointAt(point);
      const ours = workload.reference(bars, params, rulesOf(workload, bars));
      meter.compare(`total return of ${JSON.stringify(params)}`, own[2 * i], ours.totalReturn);
      meter.compare(`closed trades of ${JSON.stringify(params)}`, own[2 * i + 1], ours.trades);
    });
  });
}
