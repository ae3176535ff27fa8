import { requireInput } from '../core/index.ts';
import { ratesOf } from './account.ts';
import type { AccountRules, Costs, ExecutionRules, InstrumentRules, SimulationConfig } from './types.ts';

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
  fill: 'next-open', limitFill: 'through', triggerOn: 'last', liquidateOn: 'mark', volumeCapFrac: 0, volumeCapRemainder: 'carry', stopDelayBars: 0,
  dropBarsAfterGap: 0, delistingHaircutFrac: 0.2,
};

/** What a caller may state; the rest follows from the kind of instrument and account. */
export interface SimulationOptions {
  readonly costs?: Partial<Costs>;
  readonly account?: Partial<AccountRules>;
  readonly rules?: Partial<InstrumentRules>;
  readonly profile?: SimulationConfig['profile'];
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
 * throws  InputError `costs-invalid`, `account-invalid`, `rules-invalid`
 */
export function simulationConfig(kind: 'spot' | 'perpetual', options: SimulationOptions = {}): SimulationConfig {
  const base = (options.account?.kind ?? (kind === 'spot' ? 'spot' : 'margin')) === 'spot' ? SPOT_ACCOUNT : MARGIN_ACCOUNT;
  const costs = { ...DEFAULT_COSTS[kind], ...definedOnly(options.costs) };
  const account = { ...base, ...definedOnly(options.account) };
  const rules = { ...ANY_QUANTITY, ...definedOnly(options.rules) };
  for (const [name, bps] of Object.entries(costs)) requireInput(bps >= 0 && bps < 10_000, 'costs-invalid', name, 'in 0 … 10000 bps', bps);
  for (const [name, value] of Object.entries(rules)) requireInput(value >= 0, 'rules-invalid', name, 'at least 0', value);
  checkAccount(account);
  checkCostOfUnit(costs, account.maxLeverage);
  return {
    profile: options.profile ?? 'assay',
    costs,
    fees: options.fees ?? null,
    account,
    rules,
    intrabar: options.intrabar ?? 'pessimistic',
    execution: { ...DEFAULT_EXECUTION, ...definedOnly(options.execution) },
    sizing: options.sizing ?? { kind: 'exposure' },
    rebalance: options.rebalance ?? { kind: 'on-change' },
    caps: { perInstrument: null, gross: null, ...definedOnly(options.caps) },
    funding: options.funding ?? 'data',
    firstDecisionBar: 0,
    flattenAtEnd: false,
  };
}

function checkAccount(account: AccountRules): void {
  const { kind, initialCash, maxLeverage, maintenanceFrac, liquidationFeeFrac, borrowAnnFrac } = account;
  const code = 'account-invalid';
  requireInput(initialCash > 0 && Number.isFinite(initialCash), code, 'initialCash', 'above 0', initialCash);
  requireInput(borrowAnnFrac >= 0, code, 'borrowAnnFrac', 'at least 0', borrowAnnFrac);
  if (kind === 'spot') {
    requireInput(maxLeverage === 1, code, 'maxLeverage', '1 on spot (use a margin account to borrow)', maxLeverage);
    return;
  }
  requireInput(maxLeverage > 0 && maxLeverage <= 125, code, 'maxLeverage', 'in 0 … 125', maxLeverage);
  requireInput(maintenanceFrac > 0 && maintenanceFrac * maxLeverage < 1, code, 'maintenanceFrac', `above 0 and below 1 ÷ leverage (${1 / maxLeverage})`, maintenanceFrac);
  requireInput(liquidationFeeFrac >= 0 && liquidationFeeFrac <= maintenanceFrac, code, 'liquidationFeeFrac', `in 0 … maintenanceFrac (${maintenanceFrac})`, liquidationFeeFrac);
}

/** A unit traded must cost less than the equity behind it, or no size reaches the target (accounting.md §3: 1 + xσk > 0). */
function checkCostOfUnit(costs: Costs, maxLeverage: number): void {
  const { impact, taker } = ratesOf(costs);
  const unit = impact + taker * (1 + impact);
  requireInput(unit * maxLeverage < 1, 'costs-invalid', 'costs of a unit traded', `below 1 ÷ leverage (${1 / maxLeverage})`, unit);
}

function definedOnly<T extends object>(part: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}
