import { InputError, parseDurationMs, type Rebalance, type Sizing, unknownName } from '../../engine/index.ts';

/** How each sizing is written: its name and the numbers after it. */
const SIZINGS: Readonly<Record<string, { readonly form: string; readonly of: (numbers: readonly number[]) => Sizing }>> = {
  exposure: { form: 'exposure', of: () => ({ kind: 'exposure' }) },
  quote: { form: 'quote:<money>', of: ([notionalQuote]) => ({ kind: 'fixed-quote', notionalQuote }) },
  quantity: { form: 'quantity:<units>', of: ([qtyBase]) => ({ kind: 'fixed-quantity', qtyBase }) },
  volatility: { form: 'volatility:<a year>:<window>', of: ([annualVolFrac, windowBars]) => ({ kind: 'volatility-target', annualVolFrac, windowBars }) },
  'atr-risk': { form: 'atr-risk:<risk>:<multiple>:<window>', of: ([riskFrac, atrMultiple, windowBars]) => ({ kind: 'atr-risk', riskFrac, atrMultiple, windowBars }) },
  kelly: {
    form: 'kelly:<fraction>:<cap>:<last trades>:<least trades>',
    of: ([fraction, capFrac, lastTrades, minTrades]) => ({ kind: 'kelly', fraction, capFrac, lastTrades, minTrades }),
  },
};

export const SIZING_FORMS = Object.values(SIZINGS).map(({ form }) => form).join(', ');
export const REBALANCE_FORMS = 'on-change, band:<drift>, schedule:<duration>';

/**
 * `exposure`, `quote:1000`, `quantity:0.5`, `volatility:0.4:30`, `atr-risk:0.01:2:14` or `kelly:0.5:1:50:20` as a sizing.
 *
 * throws  InputError `sizing-invalid` with the form that the name takes
 */
export function parseSizing(text: string): Sizing {
  const [name, ...parts] = text.split(':');
  if (!Object.hasOwn(SIZINGS, name)) throw unknownName('sizing-invalid', 'sizing', name, Object.keys(SIZINGS));
  const { form, of } = SIZINGS[name];
  if (parts.length !== form.split(':').length - 1) throw malformed('sizing', form, text);
  return of(parts.map((part) => numberIn(part, 'sizing', form, text)));
}

/**
 * `on-change`, `band:0.05` or `schedule:7d` as a rebalancing.
 *
 * throws  InputError `rebalance-invalid`, `duration-invalid`
 */
export function parseRebalance(text: string): Rebalance {
  const [name, value, ...more] = text.split(':');
  if (name === 'on-change' && value === undefined) return { kind: 'on-change' };
  if (name === 'band' && value !== undefined && more.length === 0) return { kind: 'band', bandFrac: numberIn(value, 'rebalance', 'band:<drift>', text) };
  if (name === 'schedule' && value !== undefined && more.length === 0) return { kind: 'schedule', everyMs: parseDurationMs(value, 'rebalance schedule') };
  throw malformed('rebalance', `one of ${REBALANCE_FORMS}`, text);
}

function numberIn(part: string, parameter: string, form: string, text: string): number {
  const value = part.trim() === '' ? Number.NaN : Number(part);
  if (!Number.isFinite(value)) throw malformed(parameter, form, text);
  return value;
}

function malformed(parameter: string, form: string, text: string): InputError {
  return new InputError(`${parameter}-invalid`, `${parameter} must be ${form}, was "${text}"`);
}
