import {
  type Bars, barsFromColumns, type Decisions, type Fill, HOUR_MS, InputError, type IntrabarPolicy, type OrderRequest, SimulationBuffers, simulateOrders,
  simulationConfig, type SimulationConfig, type SimulationTotals, withFunding,
} from '../../engine/index.ts';
import type { ConformanceCase } from './case.ts';

interface Rates {
  readonly initialCash: number;
  readonly takerFee: number;
  readonly makerFee?: number;
  readonly halfSpread: number;
  readonly slippage: number;
  readonly maintenance: number;
  readonly liquidationFee: number;
  readonly maxLeverage: number;
}

interface Decision {
  readonly bar: number;
  readonly x: number;
  readonly sl?: number;
  readonly tp?: number;
  readonly trail?: number;
}

interface EntryOrder {
  readonly stop?: number;
  readonly limit?: number;
  /** Signed: negative sells. */
  readonly qty: number;
  readonly sl?: number;
  readonly tp?: number;
  readonly trail?: number;
}

interface AccountingInputs {
  readonly parameters: Rates;
  readonly bars: readonly (readonly number[])[];
  readonly decisions: readonly Decision[];
  readonly entryOrder: EntryOrder | null;
  readonly market: 'continuous' | 'session';
  readonly funding: readonly { readonly bar: number; readonly rate: number }[];
  readonly mode: IntrabarPolicy;
}

interface MicroCase {
  readonly id: string;
  readonly bars: AccountingInputs['bars'];
  readonly decisions: readonly Decision[];
  readonly entryOrder: EntryOrder | null;
  readonly market: 'continuous' | 'session';
  readonly results: readonly { readonly mode: IntrabarPolicy }[];
}

/** A file of the accounting: a worked example, micro-cases under several policies, or both. */
interface AccountingFile {
  readonly parameters?: Rates;
  readonly bars?: readonly { readonly open: number; readonly high: number; readonly low: number; readonly close: number }[];
  readonly decisions?: readonly { readonly bar: number; readonly targetExposure: number; readonly stopFrac: number | null }[];
  readonly funding?: AccountingInputs['funding'];
  readonly events?: readonly { readonly kind: string }[];
  readonly perBar?: readonly object[];
  readonly waterfall?: object;
  readonly finalEquity?: number;
  readonly microCases?: { readonly parameters: Rates; readonly cases: readonly MicroCase[] };
}

const KINDS: Readonly<Record<Fill['kind'], string>> = {
  market: 'market', limit: 'entry-limit', stop: 'entry-stop', trailing: 'entry-trailing', 'bracket-stop': 'stop', 'bracket-target': 'target',
  'bracket-trail': 'trailing', 'stop-loss': 'stop', 'trailing-stop': 'trailing', 'take-profit': 'target', liquidation: 'liquidation',
  'window-end': 'window-end', delisted: 'delisted',
};

export function isAccountingFile(parsed: object): boolean {
  return 'microCases' in parsed || ('perBar' in parsed && 'decisions' in parsed);
}

/** The file as cases: one for the worked example, one for each micro-case and policy; figures agree to 1e-12 of the initial cash. */
export function accountingCases(parsed: object): ConformanceCase[] {
  const file = parsed as AccountingFile;
  const micro = file.microCases;
  const example = file.perBar === undefined || file.parameters === undefined ? [] : [workedExample(file, file.parameters)];
  const cases = (micro?.cases ?? []).flatMap(({ id, results, ...rest }) =>
    results.map(({ mode, ...expected }) => ({
      id: `${id}, ${mode}`,
      metric: 'accounting-micro-case',
      inputs: { ...rest, parameters: micro?.parameters, funding: [], mode },
      expected,
      tolerance: { abs: 1e-12 * (micro?.parameters.initialCash ?? 1) },
    })),
  );
  return [...example, ...cases];
}

function workedExample(file: AccountingFile, parameters: Rates): ConformanceCase {
  const { bars = [], decisions = [], funding = [], events = [], perBar = [], waterfall, finalEquity } = file;
  return {
    id: 'worked-example',
    metric: 'accounting-worked-example',
    inputs: {
      parameters, funding, entryOrder: null, market: 'continuous', mode: 'pessimistic',
      bars: bars.map(({ open, high, low, close }) => [open, high, low, close]),
      decisions: decisions.map(({ bar, targetExposure, stopFrac }) => ({ bar, x: targetExposure, sl: stopFrac ?? 0 })),
    },
    expected: {
      events: events.filter(({ kind }) => kind !== 'funding').map((event) => pick(event, ['bar', 'kind', 'refPrice', 'fillPrice', 'deltaQty', 'fee', 'cashAfter', 'qtyAfter'])),
      perBar: perBar.map((bar) => pick(bar, ['equity', 'qty'])),
      waterfall,
      finalEquity,
    },
    tolerance: { abs: 1e-12 * parameters.initialCash },
  };
}

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

/** Runs a case through the event engine: fills as events, equity a bar, waterfall. */
export function runAccountingCase({ inputs }: ConformanceCase): { got: unknown } {
  const given = inputs as unknown as AccountingInputs;
  const bars = barsOf(given);
  const out = new SimulationBuffers();
  const fills: Fill[] = [];
  const totals = simulateOrders(
    { markets: [bars], config: configOf(given), driver: { decisions: [decisionsOf(given)] }, openingOrders: entryOf(given), onFill: (fill) => fills.push(fill) },
    out,
  );
  return {
    got: {
      events: eventsOf(fills, totals),
      perBar: Array.from(out.equity, (equity, t) => ({ equity, qty: out.qty[t] })),
      waterfall: waterfallOf(totals),
      ambiguousBars: totals.ambiguousBars,
      finalEquity: totals.finalEquity,
    },
  };
}

function eventsOf(fills: readonly Fill[], { waterfall: { shortfallQuote } }: SimulationTotals): object[] {
  return fills.flatMap(({ bar, kind, referencePrice, price, qtyBase, feeQuote, cashAfter, qtyAfter }) => {
    const isShort = kind === 'liquidation' && shortfallQuote > 0;
    const event = {
      bar, kind: KINDS[kind], refPrice: referencePrice, fillPrice: price, deltaQty: qtyBase, fee: feeQuote, cashAfter: isShort ? cashAfter - shortfallQuote : cashAfter, qtyAfter,
    };
    return isShort ? [event, { bar, kind: 'shortfall', amount: shortfallQuote }] : [event];
  });
}

function waterfallOf({ waterfall: w }: SimulationTotals): object {
  return {
    fees: w.feesQuote, spread: w.spreadQuote, slippage: w.slippageQuote, funding: w.fundingQuote, liquidationFees: w.liquidationFeesQuote, grossProfit: w.grossQuote,
  };
}

function barsOf({ bars, market, funding }: AccountingInputs): Bars {
  const column = (c: number): number[] => bars.map((row) => row[c]);
  const made = barsFromColumns(
    { openTimeMs: bars.map((_, t) => t * HOUR_MS), open: column(0), high: column(1), low: column(2), close: column(3), volume: bars.map((row) => row[4] ?? Number.NaN) },
    HOUR_MS,
    { venue: 'conformance', symbol: 'X/USD', kind: 'perpetual', calendar: '24/7', market },
  );
  return withFunding(made, { timeMs: funding.map(({ bar }) => bar * HOUR_MS), rate: funding.map(({ rate }) => rate) });
}

function configOf({ parameters: p, mode }: AccountingInputs): SimulationConfig {
  return simulationConfig('perpetual', {
    costs: { takerFeeBps: 1e4 * p.takerFee, makerFeeBps: 1e4 * (p.makerFee ?? 0), halfSpreadBps: 1e4 * p.halfSpread, slippageBps: 1e4 * p.slippage },
    account: { kind: 'margin', initialCash: p.initialCash, maxLeverage: p.maxLeverage, maintenanceFrac: p.maintenance, liquidationFeeFrac: p.liquidationFee },
    intrabar: mode,
  });
}

function decisionsOf({ bars, decisions }: AccountingInputs): Decisions {
  const exposure = new Float64Array(bars.length);
  const fraction = (name: 'sl' | 'tp' | 'trail'): Float64Array => {
    const out = new Float64Array(bars.length);
    for (const decision of decisions) out[decision.bar] = decision[name] ?? 0;
    return out;
  };
  for (const { bar, x } of decisions) exposure.fill(x, bar);
  return { exposure, stopLossFrac: fraction('sl'), takeProfitFrac: fraction('tp'), trailFrac: fraction('trail') };
}

function entryOf({ entryOrder }: AccountingInputs): OrderRequest[] {
  if (entryOrder === null || entryOrder === undefined) return [];
  const { stop, limit, qty, sl, tp, trail } = entryOrder;
  const base = { side: qty > 0 ? 'buy' : 'sell', qtyBase: Math.abs(qty), bracket: { stopLossFrac: sl, takeProfitFrac: tp, trailFrac: trail } } as const;
  if (stop !== undefined && limit !== undefined) return [{ ...base, type: 'stop-limit', stopPrice: stop, limitPrice: limit }];
  if (stop !== undefined) return [{ ...base, type: 'stop', stopPrice: stop }];
  if (limit !== undefined) return [{ ...base, type: 'limit', limitPrice: limit }];
  throw new InputError('conformance-case-invalid', 'an entry order must have a stop or a limit');
}
