import { requireInput } from '../core/index.ts';
import { checkConfig } from './checks.ts';
import type { AccountRules, Costs, ExecutionRules, FeeSchedule, InstrumentRules, SimulationConfig } from './types.ts';
import { venuePreset, type VenuePreset } from './venues.ts';

/** Costs where the user states none: taker/maker 10/10 bps on spot, 5/2 on perpetuals; half spread 1, slippage 4. */
export const DEFAULT_COSTS: Readonly<Record<'spot' | 'perpetual', Costs>> = {
  spot: { takerFeeBps: 10, makerFeeBps: 10, halfSpreadBps: 1, slippageBps: 4, impactBps: 0 },
  perpetual: { takerFeeBps: 5, makerFeeBps: 2, halfSpreadBps: 1, slippageBps: 4, impactBps: 0 },
};

export const ZERO_COSTS: Costs = { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0, impactBps: 0 };

/** Long only, unlevered, nothing borrowed. */
export const SPOT_ACCOUNT: AccountRules = {
  kind: 'spot', initialCash: 10_000, maxLeverage: 1, maintenanceFrac: 0, liquidationFeeFrac: 0, borrowAnnFrac: 0,
};

/** Long and short up to the equity; liquidated below 1 % maintenance. */
export const MARGIN_ACCOUNT: AccountRules = {
  kind: 'margin', initialCash: 10_000, maxLeverage: 1, maintenanceFrac: 0.01, liquidationFeeFrac: 0.005, borrowAnnFrac: 0,
};

export const ANY_QUANTITY: InstrumentRules = { lotStep: 0, tickSize: 0, minNotionalQuote: 0 };

export const DEFAULT_EXECUTION: ExecutionRules = {
  fill: 'next-open', limitFill: 'through', triggerOn: 'last', liquidateOn: 'mark', volumeCapFrac: 0, volumeCapRemainder: 'carry', latencyBars: 0, stopDelayBars: 0,
  dropBarsAfterGap: 0, delistingHaircutFrac: 0.2,
};

/** What a caller may state; the rest follows from the kind of instrument and account. */
export interface SimulationOptions {
  readonly costs?: Partial<Costs>;
  readonly account?: Partial<AccountRules>;
  readonly rules?: Partial<InstrumentRules>;
  readonly profile?: SimulationConfig['profile'];
  /** Fees and margin rules of a venue by name, see VENUES; costs and account rules that are stated win over them. */
  readonly venue?: string;
  readonly fees?: SimulationConfig['fees'];
  readonly intrabar?: SimulationConfig['intrabar'];
  readonly execution?: Partial<ExecutionRules>;
  readonly sizing?: SimulationConfig['sizing'];
  readonly rebalance?: SimulationConfig['rebalance'];
  readonly caps?: Partial<SimulationConfig['caps']>;
  readonly funding?: SimulationConfig['funding'];
}

/**
 * A complete, checked configuration: every assumption of a run, none implied.
 *
 * throws  InputError `venue-unknown`, `venue-mismatch`, and those of `checkConfig`
 */
export function simulationConfig(kind: 'spot' | 'perpetual', options: SimulationOptions = {}): SimulationConfig {
  const venue = options.venue === undefined ? null : venueFor(kind, options.venue);
  const base = (options.account?.kind ?? (kind === 'spot' ? 'spot' : 'margin')) === 'spot' ? SPOT_ACCOUNT : MARGIN_ACCOUNT;
  const stated = definedOnly(options.costs);
  const config: SimulationConfig = {
    profile: options.profile ?? 'assay',
    costs: { ...DEFAULT_COSTS[kind], ...(venue && firstFees(venue.fees)), ...stated },
    fees: options.fees ?? feesOf(venue, stated),
    account: { ...base, ...(base.kind === 'margin' && marginOf(venue, options.account)), ...definedOnly(options.account) },
    rules: { ...ANY_QUANTITY, ...definedOnly(options.rules) },
    intrabar: options.intrabar ?? 'pessimistic',
    execution: { ...DEFAULT_EXECUTION, ...definedOnly(options.execution) },
    sizing: options.sizing ?? { kind: 'exposure' },
    rebalance: options.rebalance ?? { kind: 'on-change' },
    caps: { perInstrument: null, gross: null, ...definedOnly(options.caps) },
    funding: options.funding ?? 'data',
    firstDecisionBar: 0,
    flattenAtEnd: false,
  };
  checkConfig(config);
  return config;
}

function venueFor(kind: 'spot' | 'perpetual', name: string): VenuePreset {
  const venue = venuePreset(name);
  requireInput(venue.kind === kind, 'venue-mismatch', 'venue', `a preset for ${kind}, as the instrument is`, name);
  return venue;
}

/** What the account pays before it has traded, by the latest table. */
function firstFees({ tables }: FeeSchedule): Pick<Costs, 'takerFeeBps' | 'makerFeeBps'> {
  const [{ takerFeeBps, makerFeeBps }] = tables[tables.length - 1].tiers;
  return { takerFeeBps, makerFeeBps };
}

/** A fee that the user states is meant for every fill: it replaces the venue's schedule. */
function feesOf(venue: VenuePreset | null, { takerFeeBps, makerFeeBps }: Partial<Costs>): FeeSchedule | null {
  return venue === null || takerFeeBps !== undefined || makerFeeBps !== undefined ? null : venue.fees;
}

/** The venue's margin rules; its liquidation fee goes with its own maintenance margin only. */
function marginOf(venue: VenuePreset | null, stated: Partial<AccountRules> = {}): Partial<AccountRules> {
  return venue === null || stated.maintenanceFrac !== undefined ? {} : venue.account;
}

function definedOnly<T extends object>(part: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}
