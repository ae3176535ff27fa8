import { requireInput } from '../core/index.ts';
import { ratesOf } from './account.ts';
import type { AccountRules, Costs, ExecutionRules, ExposureCaps, FeeSchedule, InstrumentRules, Rebalance, SimulationConfig, Sizing } from './types.ts';

/**
 * Every assumption of a run, each in the range in which it means something.
 *
 * throws  InputError `costs-invalid`, `rules-invalid`, `account-invalid`, `fees-invalid`, `execution-invalid`, `sizing-invalid`, `rebalance-invalid`, `caps-invalid`
 */
export function checkConfig(config: SimulationConfig): void {
  checkCosts(config.costs);
  checkRules(config.rules);
  checkAccount(config.account);
  if (config.fees !== null) checkFees(config.fees);
  checkCostOfUnit(config.costs, config.fees, config.account.maxLeverage);
  checkExecution(config.execution);
  checkSizing(config.sizing);
  checkRebalance(config.rebalance);
  checkCaps(config.caps);
}

function checkCosts(costs: Costs): void {
  for (const [name, bps] of Object.entries(costs)) requireInput(bps >= 0 && bps < 10_000, 'costs-invalid', name, 'in 0 … 10000 bps', bps);
}

function checkRules(rules: InstrumentRules): void {
  for (const [name, value] of Object.entries(rules)) requireInput(value >= 0, 'rules-invalid', name, 'at least 0', value);
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

function checkFees({ name, tables }: FeeSchedule): void {
  const code = 'fees-invalid';
  requireInput(tables.length > 0, code, `fees ${name}`, 'at least one table', tables.length);
  tables.forEach(({ fromMs, tiers }, i) => {
    const where = `fees ${name}, table ${i + 1}`;
    requireInput(Number.isFinite(fromMs) && (i === 0 || fromMs > tables[i - 1].fromMs), code, `${where}, fromMs`, 'a time after the table before it', fromMs);
    requireInput(tiers.length > 0 && tiers[0].fromVolumeQuote === 0, code, `${where}, first tier`, 'one from volume 0', tiers[0]?.fromVolumeQuote);
    tiers.forEach(({ fromVolumeQuote, takerFeeBps, makerFeeBps }, j) => {
      requireInput(j === 0 || fromVolumeQuote > tiers[j - 1].fromVolumeQuote, code, `${where}, fromVolumeQuote`, 'above that of the tier before it', fromVolumeQuote);
      requireInput(takerFeeBps >= 0 && takerFeeBps < 10_000, code, `${where}, takerFeeBps`, 'in 0 … 10000 bps', takerFeeBps);
      requireInput(makerFeeBps >= -10_000 && makerFeeBps < 10_000, code, `${where}, makerFeeBps`, 'in −10000 … 10000 bps (a rebate is negative)', makerFeeBps);
    });
  });
}

/** A unit traded must cost less than the equity behind it at the dearest tier, or no size reaches the target (accounting.md §3: 1 + xσk > 0). */
function checkCostOfUnit(costs: Costs, fees: FeeSchedule | null, maxLeverage: number): void {
  const { impact, taker } = ratesOf({ ...costs, takerFeeBps: dearestTakerBps(costs, fees) });
  const unit = impact + taker * (1 + impact);
  requireInput(unit * maxLeverage < 1, 'costs-invalid', 'costs of a unit traded', `below 1 ÷ leverage (${1 / maxLeverage})`, unit);
}

function dearestTakerBps({ takerFeeBps }: Costs, fees: FeeSchedule | null): number {
  return fees === null ? takerFeeBps : Math.max(...fees.tables.flatMap(({ tiers }) => tiers.map((tier) => tier.takerFeeBps)));
}

function checkExecution(execution: ExecutionRules): void {
  const code = 'execution-invalid';
  oneOf(code, 'fill', ['next-open', 'close'], execution.fill);
  oneOf(code, 'limitFill', ['through', 'touch'], execution.limitFill);
  oneOf(code, 'triggerOn', ['last', 'mark'], execution.triggerOn);
  oneOf(code, 'liquidateOn', ['last', 'mark'], execution.liquidateOn);
  oneOf(code, 'volumeCapRemainder', ['carry', 'cancel'], execution.volumeCapRemainder);
  fraction(code, 'volumeCapFrac', execution.volumeCapFrac);
  fraction(code, 'delistingHaircutFrac', execution.delistingHaircutFrac);
  whole(code, 'latencyBars', 0, execution.latencyBars);
  whole(code, 'stopDelayBars', 0, execution.stopDelayBars);
  whole(code, 'dropBarsAfterGap', 0, execution.dropBarsAfterGap);
}

function checkSizing(sizing: Sizing): void {
  const code = 'sizing-invalid';
  oneOf(code, 'sizing', ['exposure', 'fixed-quote', 'fixed-quantity', 'volatility-target', 'atr-risk', 'kelly'], sizing.kind);
  switch (sizing.kind) {
    case 'exposure':
      return;
    case 'fixed-quote':
      return positive(code, 'notionalQuote', sizing.notionalQuote);
    case 'fixed-quantity':
      return positive(code, 'qtyBase', sizing.qtyBase);
    case 'volatility-target':
      positive(code, 'annualVolFrac', sizing.annualVolFrac);
      return whole(code, 'windowBars', 2, sizing.windowBars);
    case 'atr-risk':
      positive(code, 'riskFrac', sizing.riskFrac);
      positive(code, 'atrMultiple', sizing.atrMultiple);
      return whole(code, 'windowBars', 2, sizing.windowBars);
    case 'kelly':
      positive(code, 'fraction', sizing.fraction);
      positive(code, 'capFrac', sizing.capFrac);
      whole(code, 'lastTrades', 2, sizing.lastTrades);
      whole(code, 'minTrades', 2, sizing.minTrades);
      requireInput(sizing.minTrades <= sizing.lastTrades, code, 'minTrades', `at most lastTrades (${sizing.lastTrades})`, sizing.minTrades);
  }
}

function checkRebalance(rebalance: Rebalance): void {
  const code = 'rebalance-invalid';
  oneOf(code, 'rebalance', ['on-change', 'band', 'schedule'], rebalance.kind);
  if (rebalance.kind === 'band') positive(code, 'bandFrac', rebalance.bandFrac);
  if (rebalance.kind === 'schedule') positive(code, 'everyMs', rebalance.everyMs);
}

function checkCaps({ perInstrument, gross }: ExposureCaps): void {
  if (perInstrument !== null) positive('caps-invalid', 'perInstrument', perInstrument);
  if (gross !== null) positive('caps-invalid', 'gross', gross);
}

function oneOf(code: string, parameter: string, allowed: readonly string[], value: string): void {
  requireInput(allowed.includes(value), code, parameter, allowed.join(' or '), value);
}

function positive(code: string, parameter: string, value: number): void {
  requireInput(value > 0 && Number.isFinite(value), code, parameter, 'above 0', value);
}

function fraction(code: string, parameter: string, value: number): void {
  requireInput(value >= 0 && value <= 1, code, parameter, 'in 0 … 1', value);
}

function whole(code: string, parameter: string, least: number, value: number): void {
  requireInput(Number.isInteger(value) && value >= least, code, parameter, `a whole number, at least ${least}`, value);
}
