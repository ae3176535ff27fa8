import { type Random, requireInput, seededRandom } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { type Clock, clockOf } from '../orders/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params, Strategy } from '../strategy/index.ts';
import { type Observation, observe, reachOf } from './compare.ts';
import { FLAVOURS } from './corrupt.ts';
import { attempt, diagnose } from './diagnose.ts';
import { type Evaluate, evaluatorOf } from './evaluate.ts';
import { type Diagnosis, messageOf } from './messages.ts';
import { chooseCuts, costOf, type Plan, planFor } from './plan.ts';
import { Stretch } from './stretch.ts';
import { changesAt, type Role, type Track } from './track.ts';
import type { CausalityProof, Leak } from './types.ts';
import { WarmupTest } from './warmup.ts';

export interface CausalityOptions {
  readonly seed?: number;
  /** Cuts at which the future is taken away or replaced; 24 unless said otherwise. */
  readonly cuts?: number;
  /** Bars that may be evaluated; twice as many as the data have, unless said otherwise. Infinity looks at the whole series. */
  readonly budgetBars?: number;
}

const DEFAULT_CUTS = 24;
const DIAGNOSIS_BARS = 2048;
const ROLES: readonly Role[] = ['feature', 'decision', 'score'];

/**
 * Whether a strategy's decisions, features and score read bars at or before their own alone, keep no state between calls, and need no more history than declared.
 *
 * Causality belongs to a function and not to the data, so a stretch is looked at, at seeded cuts: bars after a cut are cut off, or replaced by
 * those of another market, and nothing before it may change. Where the budget allows, the long series is cut once, too.
 *
 * throws  InputError `cuts-invalid`; where the strategy's own code throws on all bars, nothing is compared
 */
export function proveCausality(strategy: Strategy, params: Params, markets: readonly Bars[], config: SimulationConfig, options: CausalityOptions = {}): CausalityProof {
  const { seed = 1, cuts = DEFAULT_CUTS } = options;
  requireInput(Number.isInteger(cuts) && cuts > 0, 'cuts-invalid', 'cuts', 'a whole number above 0', cuts);
  const clock = clockOf(markets);
  return new Proof(strategy, params, { markets, clock, config, seed, cuts, budgetBars: options.budgetBars ?? 2 * clock.openTimeMs.length }).run();
}

interface Subject {
  readonly markets: readonly Bars[];
  readonly clock: Clock;
  readonly config: SimulationConfig;
  readonly seed: number;
  readonly cuts: number;
  readonly budgetBars: number;
}

class Proof {
  private readonly strategy: Strategy;
  private readonly on: Subject;
  private readonly evaluate: Evaluate;
  private readonly warmup: number;
  private readonly bars: number;
  private readonly plan: Plan;
  private readonly random: Random;
  private readonly leaking: { readonly observation: Observation; readonly stretch: Stretch }[] = [];
  private compared = 0;
  private incremental = { compared: 0, changed: 0 };

  constructor(strategy: Strategy, params: Params, on: Subject) {
    this.strategy = strategy;
    this.on = on;
    this.evaluate = evaluatorOf(strategy, params, on.config);
    this.warmup = strategy.warmupBars(params);
    this.bars = on.clock.openTimeMs.length;
    this.plan = planFor(this.bars, this.warmup, on.cuts, on.budgetBars);
    this.random = seededRandom(on.seed, `causality ${strategy.id}`);
  }

  run(): CausalityProof {
    const warmup = new WarmupTest(this.evaluate, this.warmup);
    const found = this.bars > this.warmup + 1 ? this.liveStretch() : null;
    if (found === null) return this.proofOf(0, [], warmup);
    const { stretch, base } = found;
    const repeated = this.repeat(stretch, base);
    if (repeated !== null) return this.proofOf(0, [repeated], warmup);
    const cuts = chooseCuts(base[0], this.warmup - 1, this.on.cuts, this.random);
    cuts.forEach((cut, i) => this.tryCut(stretch, base, cut, i));
    const later = this.repeat(stretch, base);
    if (later !== null) return this.proofOf(cuts.length, [later], warmup);
    this.tryLongCut();
    this.tryStarts(stretch, base, warmup);
    return this.proofOf(cuts.length, this.leaks(), warmup);
  }

  private proofOf(cuts: number, leaks: readonly Leak[], warmup: WarmupTest): CausalityProof {
    return { cuts, seed: this.on.seed, compared: this.compared, leaks, warmup: warmup.result, incremental: this.incremental };
  }

  private stretchAt(from: number, length: number): Stretch {
    const { markets, clock } = this.on;
    return new Stretch(markets, clock, from, from + length, this.warmup - 1);
  }

  /** A seeded stretch in which a decision changes; longer ones are searched for one where it does not. */
  private liveStretch(): { stretch: Stretch; base: readonly Track[] } | null {
    const { lead, length } = this.plan;
    const from = lead + Math.floor(this.random() * (this.bars - length - lead + 1));
    const nearest = this.stretchAt(from, length);
    const near = attempt(this.evaluate, nearest.whole());
    let found = { stretch: nearest, base: near };
    for (let span = 8 * length; this.isStill(found.base) && found.stretch.length < this.bars; span *= 8) {
      const wide = this.stretchAt(Math.max(0, Math.min(from, this.bars - span)), Math.min(span, this.bars));
      found = this.aroundEvent(wide, attempt(this.evaluate, wide.whole()), length);
    }
    const { stretch, base } = this.isStill(found.base) && near !== null ? { stretch: nearest, base: near } : found;
    return base === null ? null : { stretch, base };
  }

  private isStill(base: readonly Track[] | null): boolean {
    return base === null || lastEvent(base[0], this.warmup) < 0;
  }

  /** The stretch of a length around the last change of a decision in a wide one; the wide one itself where that cannot be evaluated. */
  private aroundEvent(wide: Stretch, base: readonly Track[] | null, length: number): { stretch: Stretch; base: readonly Track[] | null } {
    const event = base === null ? -1 : lastEvent(base[0], this.warmup);
    if (event < 0) return { stretch: wide, base };
    const to = Math.min(this.bars, Math.max(length, wide.from + event + Math.ceil((length - this.warmup) / 2)));
    const near = this.stretchAt(to - length, length);
    const there = attempt(this.evaluate, near.whole());
    return this.isStill(there) ? { stretch: wide, base } : { stretch: near, base: there };
  }

  private repeat(stretch: Stretch, base: readonly Track[]): Leak | null {
    const again = attempt(this.evaluate, stretch.whole());
    const differing = again === null ? [] : observe(base, again, stretch, stretch.length, 'repeat').filter(({ changed }) => changed.length > 0);
    return differing.length === 0 ? null : this.leakOf(differing[0], stretch, differing[0].changed.length, { name: 'state-across-calls' });
  }

  private tryCut(stretch: Stretch, base: readonly Track[], cut: number, i: number): void {
    const { isDouble, futureBars } = this.plan;
    if (isDouble || i % 2 === 0) this.truncate(stretch, base, cut);
    // Without features, `onBar` is given bars up to the cut and nothing else: to corrupt the others is to cut them off.
    if (this.strategy.onBar && !this.strategy.features) return;
    if (isDouble || i % 2 === 1) {
      const frame = stretch.corrupted(cut, Math.min(stretch.length, cut + futureBars), FLAVOURS[(i >> 1) % FLAVOURS.length], this.on.seed);
      this.note(stretch, base, attempt(this.evaluate, frame), cut, 'corrupt');
    }
  }

  private truncate(stretch: Stretch, base: readonly Track[], cut: number): void {
    const other = attempt(this.evaluate, stretch.truncated(cut));
    this.note(stretch, base, other, cut, 'truncate');
    if (other === null) return;
    this.incremental.compared++;
    if (base[0].distance(cut - 1, other[0], cut - 1) !== 0) this.incremental.changed++;
  }

  private note(stretch: Stretch, base: readonly Track[], other: readonly Track[] | null, cut: number, test: Leak['test']): void {
    if (other === null) return;
    this.compared += Math.max(0, cut - (this.warmup - 1));
    for (const observation of observe(base, other, stretch, cut, test)) if (observation.changed.length > 0) this.leaking.push({ observation, stretch });
  }

  /** Two long beginnings of the series, the shorter one cut where a decision of the longer one changes. */
  private tryLongCut(): void {
    const long = Math.floor(this.bars * 0.5);
    const cost = 0.75 * this.bars + costOf(this.plan, this.warmup, this.on.cuts);
    if (this.plan.length === this.bars || this.strategy.onBar || cost > this.on.budgetBars) return;
    const stretch = this.stretchAt(0, long);
    const base = attempt(this.evaluate, stretch.whole());
    if (base === null) return;
    const half = Math.floor(long / 2);
    let cut = half;
    for (let t = half; t > this.warmup && t > half / 2 && cut === half; t--) if (changesAt(base[0], t)) cut = t + 1;
    this.truncate(stretch, base, cut);
  }

  private tryStarts(stretch: Stretch, base: readonly Track[], test: WarmupTest): void {
    const { lead, starts } = this.plan;
    const spare = Math.min(lead > 0 ? lead : this.warmup, stretch.from);
    const history = spare === 0 ? stretch : this.stretchAt(stretch.from - spare, stretch.length + spare);
    const long = this.strategy.onBar ? null : spare === 0 ? base[0] : (attempt(this.evaluate, history.whole())?.[0] ?? null);
    const latest = history.length - this.warmup;
    if ((long === null && !this.strategy.onBar) || latest < 1) return;
    const earliest = Math.min(Math.max(1, spare, Math.min(this.warmup, latest >> 1)), latest);
    for (let i = 0; i < starts; i++) test.tryStart(history, i === 0 ? earliest : earliest + Math.floor(this.random() * (latest - earliest)), long);
  }

  /** One leak a subject: the one that reaches back furthest. Features come first, and what ails them explains the decisions that follow from them; a score explains none. */
  private leaks(): Leak[] {
    const subjects = new Map<string, { worst: Observation; stretch: Stretch; changed: number }>();
    for (const { observation, stretch } of this.leaking) {
      const known = subjects.get(observation.subject);
      const changed = (known?.changed ?? 0) + observation.changed.length;
      const isWorse = known === undefined || reachOf(observation) > reachOf(known.worst);
      subjects.set(observation.subject, isWorse ? { worst: observation, stretch, changed } : { ...known, changed });
    }
    const ordered = [...subjects.values()].sort((a, b) => ROLES.indexOf(a.worst.role) - ROLES.indexOf(b.worst.role));
    let diagnosis: Diagnosis | null = null;
    return ordered.map(({ worst, stretch, changed }) => {
      if (diagnosis === null || worst.role !== 'decision') diagnosis = diagnose(this.evaluate, this.longStretch(stretch), worst, this.on.seed);
      return this.leakOf(worst, stretch, changed, diagnosis);
    });
  }

  private longStretch(stretch: Stretch): Stretch {
    const length = Math.max(stretch.length, Math.min(this.bars, this.warmup + DIAGNOSIS_BARS));
    return length === stretch.length ? stretch : this.stretchAt(Math.min(stretch.from, this.bars - length), length);
  }

  private leakOf(observation: Observation, stretch: Stretch, changed: number, diagnosis: Diagnosis): Leak {
    const { subject, market, test, cut } = observation;
    const row = observation.changed[0];
    return {
      name: diagnosis.name, test, subject, cutBar: stretch.from + cut,
      cutTimeMs: cut < stretch.length ? stretch.clock.openTimeMs[cut] : stretch.clock.openTimeMs[cut - 1] + stretch.clock.timeframeMs,
      reachBars: reachOf(observation), changed, message: messageOf(subject, this.strategy.id, stretch.timeOf(market, row), test, diagnosis),
    };
  }
}

/** The last row at which a decision changes, −1 where none does. */
function lastEvent(decision: Track, warmup: number): number {
  for (let t = decision.length - 1; t >= warmup; t--) if (changesAt(decision, t)) return t;
  return -1;
}
