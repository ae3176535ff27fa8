import { describe, expect, it } from 'vitest';
import { parseRebalance, parseSizing } from '../../../apps/cli/compact-texts.ts';
import { DAY_MS } from '../../../engine/index.ts';

describe('a sizing as text', () => {
  it.each([
    ['exposure', { kind: 'exposure' }],
    ['quote:1000', { kind: 'fixed-quote', notionalQuote: 1000 }],
    ['quantity:0.5', { kind: 'fixed-quantity', qtyBase: 0.5 }],
    ['volatility:0.4:30', { kind: 'volatility-target', annualVolFrac: 0.4, windowBars: 30 }],
    ['atr-risk:0.01:2:14', { kind: 'atr-risk', riskFrac: 0.01, atrMultiple: 2, windowBars: 14 }],
    ['kelly:0.5:1:50:20', { kind: 'kelly', fraction: 0.5, capFrac: 1, lastTrades: 50, minTrades: 20 }],
  ])('%s is read', (text, sizing) => {
    expect(parseSizing(text)).toEqual(sizing);
  });

  it.each([
    ['volatilty:0.4:30', /did you mean "volatility"/],
    ['quote', /sizing must be quote:<money>, was "quote"/],
    ['quote:', /sizing must be quote:<money>, was "quote:"/],
    ['quote:1000:2', /sizing must be quote:<money>/],
    ['volatility:0.4:many', /sizing must be volatility:<a year>:<window>/],
    ['', /sizing must be a known name/],
  ])('"%s" is refused with the form that is right', (text, message) => {
    expect(() => parseSizing(text)).toThrow(message);
  });
});

describe('a rebalancing as text', () => {
  it.each([
    ['on-change', { kind: 'on-change' }],
    ['band:0.05', { kind: 'band', bandFrac: 0.05 }],
    ['schedule:7d', { kind: 'schedule', everyMs: 7 * DAY_MS }],
  ])('%s is read', (text, rebalance) => {
    expect(parseRebalance(text)).toEqual(rebalance);
  });

  it.each([
    ['band', /rebalance must be one of on-change, band:<drift>, schedule:<duration>, was "band"/],
    ['band:', /rebalance must be band:<drift>/],
    ['schedule:often', /rebalance schedule must be a number and a unit/],
    ['weekly', /rebalance must be one of/],
  ])('"%s" is refused', (text, message) => {
    expect(() => parseRebalance(text)).toThrow(message);
  });
});
