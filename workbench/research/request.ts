import {
  type Axes, type Bars, contentId, createPool, inPlacePool, type MetricName, type Pool, type Sampler, sha256, type SimulationConfig, simulationConfig,
  type SimulationOptions, type Strategy, type StrategyRef,
} from '../../engine/index.ts';
import { builtInStrategies } from '../built-ins.ts';
import type { LedgerOptions } from '../ledger/index.ts';
import { resolveStrategy } from '../strategy-files/index.ts';

/** What every kind of research is asked with. */
export interface ResearchRequest extends SimulationOptions {
  /** Built-in name, path of a user's file (`./my.ts`, `./my.ts#name`), or a strategy made in this process by defineStrategy. */
  readonly strategy: string | Strategy;
  /** One market, or one a leg, or all of a portfolio. */
  readonly data: Bars | readonly Bars[];
  /** Where compiled user strategies are kept, and a validation's returns that do not fit in memory; `.assay/cache` by default. */
  readonly cacheDir?: string;
  /** The journal of all trials, below `.assay` by default; null switches it off, and the artefact says so. */
  readonly ledger?: LedgerOptions | null;
}

/** What a search over parameters is asked with besides. */
export interface SearchRequest extends ResearchRequest {
  /** Values searched of a parameter; the others take the strategy's own ranges. */
  readonly axes?: Axes;
  readonly sampler?: Sampler;
  /** Maximised; the annualised Sharpe ratio by default. */
  readonly objective?: MetricName;
  /** Worker threads; the machine's cores by default. */
  readonly workers?: number;
  /** Ceiling of what all workers together keep of indicators; 256 MiB a worker by default. */
  readonly memoryBytes?: number;
  /** A pool to use, and leave open, instead of one of its own. */
  readonly pool?: Pool;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A strategy ready to run; `ref` is null for one that lives in this process only and cannot go to workers. */
export interface ReadyStrategy {
  readonly strategy: Strategy;
  readonly ref: StrategyRef | null;
  readonly codeHash: string;
}

export async function readyStrategy({ strategy, cacheDir = '.assay/cache' }: ResearchRequest): Promise<ReadyStrategy> {
  if (typeof strategy !== 'string') return { strategy, ref: null, codeHash: hashOfFunctions(strategy) };
  const { strategy: loaded, url, exportName, codeHash } = await resolveStrategy(strategy, { cacheDir, builtIns: builtInStrategies() });
  return { strategy: loaded, ref: { url, exportName, codeHash }, codeHash };
}

export function marketsOf({ data }: ResearchRequest): readonly Bars[] {
  return 'handle' in data ? [data] : data;
}

export function configOf(request: ResearchRequest): SimulationConfig {
  const [first] = marketsOf(request);
  return simulationConfig(first.instrument.kind, request);
}

/** The reference that a pool is given; an in-place pool never loads it. */
export function refOf({ ref, codeHash }: ReadyStrategy): StrategyRef {
  return ref ?? { url: 'in-process:', exportName: null, codeHash };
}

/** The share of one worker; undefined where nothing was asked. */
export function workerBytes({ memoryBytes }: Pick<SearchRequest, 'memoryBytes'>, pool: Pool): number | undefined {
  return memoryBytes === undefined ? undefined : Math.floor(memoryBytes / pool.workers);
}

/** Runs work on the pool that the request brings, or on one of its own that is closed afterwards. */
export async function withPool<T>(request: SearchRequest, ready: ReadyStrategy, work: (pool: Pool) => Promise<T>): Promise<T> {
  if (ready.ref === null) return work(inPlacePool(ready.strategy));
  if (request.pool) return work(request.pool);
  const pool = await createPool(request.workers);
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}

/** Identity of a strategy that has no file: its functions' text. What they close over is not seen. */
function hashOfFunctions(strategy: Strategy): string {
  const texts = Object.values(strategy).filter((value) => typeof value === 'function').map(String);
  return sha256('in-process', contentId({ id: strategy.id, params: strategy.params }), ...texts);
}

/** A built-in or a user's strategy by name or path, without running it. */
export async function loadNamedStrategy(nameOrPath: string, cacheDir: string): Promise<ReadyStrategy> {
  return readyStrategy({ strategy: nameOrPath, data: [], cacheDir });
}
