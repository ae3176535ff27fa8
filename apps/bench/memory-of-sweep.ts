// Carries out W2 once and prints the most memory that was resident, in bytes: node memory-of-sweep.js <size> <folder of golden values>
import { w2Workload } from './cases/grids.ts';
import { runSweep } from './cases/sweep.ts';
import { spaceOf } from './peers/workload-points.ts';

const [size, golden] = process.argv.slice(2);
const workload = w2Workload({ size: size === 'quick' ? 'quick' : 'full', golden: golden === '' ? null : golden, folder: '' });
runSweep(workload, spaceOf(workload));
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
