import { describe, expect, it } from 'vitest';
import { InputError } from '../../../engine/index.ts';
import { simulationConfig, type SimulationOptions, venuePreset, VENUES } from '../../../engine/simulate/index.ts';

function refusal(options: SimulationOptions, kind: 'spot' | 'perpetual' = 'perpetual'): string {
  try {
    simulationConfig(kind, options);
  } catch (error) {
    if (error instanceof InputError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

const tier = (fromVolumeQuote: number, takerFeeBps: number, makerFeeBps = 0) => ({ fromVolumeQuote, takerFeeBps, makerFeeBps });
const fees = (...tables: { fromMs: number; tiers: ReturnType<typeof tier>[] }[]): SimulationOptions => ({ fees: { name: 'own', tables } });

describe('the options of a simulation', () => {
  it.each<[SimulationOptions, RegExp]>([
    [{ costs: { impactBps: -1 } }, /^costs-invalid: impactBps must be in 0 … 10000 bps, was -1/],
    [{ costs: { slippageBps: Number.NaN } }, /^costs-invalid: slippageBps/],
    [{ execution: { volumeCapFrac: 1.5 } }, /^execution-invalid: volumeCapFrac must be in 0 … 1/],
    [{ execution: { delistingHaircutFrac: -0.1 } }, /^execution-invalid: delistingHaircutFrac/],
    [{ execution: { latencyBars: -1 } }, /^execution-invalid: latencyBars must be a whole number, at least 0, was -1/],
    [{ execution: { stopDelayBars: 0.5 } }, /^execution-invalid: stopDelayBars must be a whole number, at least 0, was 0.5/],
    [{ execution: { dropBarsAfterGap: -1 } }, /^execution-invalid: dropBarsAfterGap/],
    [{ execution: { fill: 'open' as never } }, /^execution-invalid: fill must be next-open or close, was "open"/],
    [{ sizing: { kind: 'fixed-quote', notionalQuote: 0 } }, /^sizing-invalid: notionalQuote must be above 0/],
    [{ sizing: { kind: 'fixed-quantity', qtyBase: Infinity } }, /^sizing-invalid: qtyBase/],
    [{ sizing: { kind: 'volatility-target', annualVolFrac: 0.4, windowBars: 1 } }, /^sizing-invalid: windowBars must be a whole number, at least 2/],
    [{ sizing: { kind: 'atr-risk', riskFrac: 0.01, atrMultiple: -2, windowBars: 14 } }, /^sizing-invalid: atrMultiple/],
    [{ sizing: { kind: 'kelly', fraction: 0.5, capFrac: 1, lastTrades: 20, minTrades: 50 } }, /^sizing-invalid: minTrades must be at most lastTrades \(20\)/],
    [{ rebalance: { kind: 'band', bandFrac: 0 } }, /^rebalance-invalid: bandFrac/],
    [{ rebalance: { kind: 'schedule', everyMs: -1 } }, /^rebalance-invalid: everyMs/],
    [{ caps: { gross: 0 } }, /^caps-invalid: gross must be above 0/],
    [{ caps: { perInstrument: Number.NaN } }, /^caps-invalid: perInstrument/],
    [fees(), /^fees-invalid: fees own must be at least one table/],
    [fees({ fromMs: 5, tiers: [tier(0, 1)] }, { fromMs: 5, tiers: [tier(0, 1)] }), /^fees-invalid: fees own, table 2, fromMs/],
    [fees({ fromMs: 0, tiers: [tier(1, 1)] }), /^fees-invalid: fees own, table 1, first tier/],
    [fees({ fromMs: 0, tiers: [tier(0, 1), tier(0, 1)] }), /^fees-invalid: .*fromVolumeQuote/],
    [fees({ fromMs: 0, tiers: [tier(0, -1)] }), /^fees-invalid: .*takerFeeBps/],
    [fees({ fromMs: 0, tiers: [tier(0, 1, -10_001)] }), /^fees-invalid: .*makerFeeBps/],
    [{ venue: 'bybit-spott' }, /^venue-unknown: .*did you mean "bybit-spot"/],
    [{ venue: 'bybit-spot' }, /^venue-mismatch: venue must be a preset for perpetual/],
  ])('%j is refused', (options, message) => {
    expect(refusal(options)).toMatch(message);
  });

  it('a maker rebate is accepted in a schedule only', () => {
    expect(refusal(fees({ fromMs: 0, tiers: [tier(0, 1, -2)] }))).toBe('accepted');
    expect(refusal({ costs: { makerFeeBps: -2 } })).toMatch(/^costs-invalid: makerFeeBps/);
  });

  it('the cost of a unit is judged at the dearest tier', () => {
    const dear = fees({ fromMs: 0, tiers: [tier(0, 1)] }, { fromMs: 9, tiers: [tier(0, 1), tier(10, 600)] });
    expect(refusal({ ...dear, account: { maxLeverage: 20, maintenanceFrac: 0.01 } })).toMatch(/^costs-invalid: costs of a unit traded/);
  });
});

describe('a venue', () => {
  it.each(Object.keys(VENUES).map((name) => [name]))('%s is a valid configuration with a source and a date', (name) => {
    const venue = venuePreset(name);
    expect(simulationConfig(venue.kind, { venue: name })).toMatchObject({ fees: { name }, account: venue.account });
    for (const { url, dated } of venue.sources) {
      expect(url).toMatch(/^https:/);
      expect(Date.parse(dated)).not.toBeNaN();
    }
    expect(venue.sources.length).toBeGreaterThan(0);
  });

  it('brings the fees of an account that has not traded yet', () => {
    expect(simulationConfig('spot', { venue: 'kraken-spot' }).costs).toEqual({ takerFeeBps: 40, makerFeeBps: 25, halfSpreadBps: 1, slippageBps: 4, impactBps: 0 });
  });

  it('gives way to a fee that is stated, which then holds for every fill', () => {
    const config = simulationConfig('spot', { venue: 'kraken-spot', costs: { takerFeeBps: 0 } });
    expect(config.costs).toMatchObject({ takerFeeBps: 0, makerFeeBps: 25 });
    expect(config.fees).toBeNull();
    expect(simulationConfig('spot', { venue: 'kraken-spot', costs: { slippageBps: 9 } }).fees?.name).toBe('kraken-spot');
  });

  it('gives way to a maintenance margin that is stated', () => {
    expect(simulationConfig('perpetual', { venue: 'okx-perpetual' }).account).toMatchObject({ maintenanceFrac: 0.01, liquidationFeeFrac: 0.01 });
    expect(simulationConfig('perpetual', { venue: 'okx-perpetual', account: { maintenanceFrac: 0.005 } }).account).toMatchObject({ maintenanceFrac: 0.005, liquidationFeeFrac: 0.005 });
  });
});
