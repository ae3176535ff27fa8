import { HOUR_MS, unknownName } from '../core/index.ts';
import type { AccountRules, FeeSchedule, FeeTable } from './types.ts';

/** Where a figure of a preset was read. */
export interface VenueSource {
  readonly what: string;
  readonly url: string;
  /** When it became effective or, where the page says nothing, when it was read: `2023-09-14`. */
  readonly dated: string;
}

/** Fees and margin rules that a venue publishes, by name. Regional entities of a venue charge other fees. */
export interface VenuePreset {
  readonly name: string;
  readonly kind: 'spot' | 'perpetual';
  readonly fees: FeeSchedule;
  /** Margin rules, where the venue publishes them; the rest stays at the defaults. */
  readonly account: Partial<Pick<AccountRules, 'maintenanceFrac' | 'liquidationFeeFrac'>>;
  /** Usual time between two fundings; the data of a run say when they were. null on spot. */
  readonly fundingIntervalMs: number | null;
  readonly sources: readonly VenueSource[];
}

type Tier = readonly [fromVolumeQuote: number, takerFeeBps: number, makerFeeBps: number];

/** The day on which copies of the pages were read; a copy may be older than that. */
const READ_ON = '2026-11-24';
const EIGHT_HOURS = 8 * HOUR_MS;

/**
 * The whole maintenance margin is lost: the venue takes the position over at the price where nothing is left. 1 % is the first bracket of
 * most contracts; BTC's own asks less, small contracts more.
 */
const TAKEN_OVER = { maintenanceFrac: 0.01, liquidationFeeFrac: 0.01 } as const;

const M = 1_000_000;

const PRESETS: readonly VenuePreset[] = [
  {
    name: 'binance-spot',
    kind: 'spot',
    // Each VIP level asks for a balance of BNB beside the volume, which an account here does not hold.
    fees: schedule('binance-spot', table('2021-12-21', [[0, 10, 10]])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: 'regular users; VIP levels ask for BNB too', url: 'https://www.binance.com/en-IN/support/announcement/88ee9834fef947de96e01b77e888414e', dated: '2021-12-21' }],
  },
  {
    name: 'binance-perpetual',
    kind: 'perpetual',
    fees: schedule('binance-perpetual', table(READ_ON, [[0, 5, 2]])),
    account: TAKEN_OVER,
    fundingIntervalMs: EIGHT_HOURS,
    sources: [
      { what: 'regular users, USDT-margined, as guides quote them; the page says how they are charged and that VIP levels ask for BNB too', url: 'https://www.binance.com/en-ZA/support/faq/binance-futures-fee-structure-fee-calculations-360033544231', dated: READ_ON },
      { what: 'maintenance margin: 0.4 % in the first bracket of BTC, 1 % in that of smaller contracts', url: 'https://www.binance.com/tr/support/announcement/86cf9aa472574b8cb2e05bb751c2a9a6', dated: '2021-03-18' },
    ],
  },
  {
    name: 'bybit-spot',
    kind: 'spot',
    // Volumes that were read: VIP 1 and VIP 3. Between them, and above, the dearer level applies.
    fees: schedule('bybit-spot', table(READ_ON, [[0, 10, 10], [1 * M, 8, 6.75], [10 * M, 7.5, 6.25]])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: 'VIP 0, 1 and 3', url: 'https://www.bybit.com/en-US/help-center/bybitHC_Article?id=000001634', dated: READ_ON }],
  },
  {
    name: 'bybit-perpetual',
    kind: 'perpetual',
    fees: schedule('bybit-perpetual', table(READ_ON, [[0, 5.5, 2]])),
    account: TAKEN_OVER,
    fundingIntervalMs: EIGHT_HOURS,
    sources: [
      { what: 'VIP 0', url: 'https://www.bybit.com/en-US/help-center/bybitHC_Article?id=000001634', dated: READ_ON },
      { what: 'maintenance margin: 0.5 % in the first bracket of BTC', url: 'https://www.bybit.com/en/announcement-info/margin-parameters', dated: READ_ON },
    ],
  },
  {
    name: 'okx-spot',
    kind: 'spot',
    fees: schedule('okx-spot', table(READ_ON, [
      [0, 10, 8], [10 * M, 8, 6], [20 * M, 7, 5], [50 * M, 6, 3], [100 * M, 5, 2], [200 * M, 4, 0], [500 * M, 3, -0.2], [1000 * M, 2.5, -0.5], [10_000 * M, 2, -0.5],
    ])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: 'regular level 1 and VIP levels by volume, USDT pairs', url: 'https://www.okx.com/fees', dated: READ_ON }],
  },
  {
    name: 'okx-perpetual',
    kind: 'perpetual',
    fees: schedule('okx-perpetual', table(READ_ON, [[0, 5, 2]])),
    account: TAKEN_OVER,
    fundingIntervalMs: EIGHT_HOURS,
    sources: [
      { what: 'regular level 1', url: 'https://www.okx.com/fees', dated: READ_ON },
      { what: 'maintenance margin: 0.5 % in the first bracket of BTC', url: 'https://www.okx.com/help/adjustment-of-perpetual-swap-tiered-maintenance-margin-ratio-schedule', dated: '2019-05-31' },
      { what: 'maintenance margin: 0.65 to 1 % in the first bracket of smaller contracts; the penalty is that margin', url: 'https://www.okx.com/help/okx-to-adjust-position-tiers-of-perpetual-swaps-2023-05-15', dated: '2023-05-19' },
    ],
  },
  {
    name: 'coinbase-spot',
    kind: 'spot',
    fees: schedule('coinbase-spot', table(READ_ON, [
      [0, 60, 40], [10_000, 40, 25], [50_000, 25, 15], [100_000, 20, 10], [1 * M, 18, 8], [15 * M, 16, 6], [75 * M, 12, 3], [250 * M, 8, 0], [400 * M, 5, 0],
    ])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: 'Coinbase Exchange, not stable pairs', url: 'https://help.coinbase.com/en/exchange/trading-and-funding/exchange-fees', dated: READ_ON }],
  },
  {
    name: 'kraken-spot',
    kind: 'spot',
    // Until some day of 2023 or 2024 the first level was 26 and 16; the day of the change was not found, so the dearer table stands for both.
    fees: schedule('kraken-spot', table('2025-06-26', [
      [0, 40, 25], [10_000, 35, 20], [50_000, 24, 14], [100_000, 22, 12], [250_000, 20, 10], [500_000, 18, 8], [1 * M, 16, 6], [2.5 * M, 14, 4], [5 * M, 12, 2],
      [10 * M, 10, 0], [100 * M, 8, 0],
    ])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: 'Kraken Pro, crypto pairs; taker fees of the announcement of maker rebates on some pairs, the standard maker fees as others quote the schedule', url: 'https://www.kraken.com/features/fee-schedule', dated: '2025-06-26' }],
  },
  {
    name: 'kraken-perpetual',
    kind: 'perpetual',
    fees: schedule('kraken-perpetual', table('2023-09-14', [
      [0, 5, 2], [100_000, 4, 1.5], [1 * M, 3, 1.25], [5 * M, 2.5, 1], [10 * M, 2, 0.75], [20 * M, 1.5, 0.5], [50 * M, 1.25, 0.25], [100 * M, 1, 0],
    ])),
    account: {},
    fundingIntervalMs: HOUR_MS,
    sources: [{ what: 'Kraken Futures, all contracts, without rebate trials', url: 'https://support.kraken.com/hc/en-us/articles/360048917612-Fee-schedule', dated: '2023-09-14' }],
  },
];

/** Presets by name; fees of the account's own last 30 days, discounts for a venue's token left out. */
export const VENUES: Readonly<Record<string, VenuePreset>> = Object.fromEntries(PRESETS.map((preset) => [preset.name, preset]));

/**
 * The preset of that name.
 *
 * throws  InputError `venue-unknown` with the nearest name
 */
export function venuePreset(name: string): VenuePreset {
  if (!Object.hasOwn(VENUES, name)) throw unknownName('venue-unknown', 'venue', name, Object.keys(VENUES));
  return VENUES[name];
}

function schedule(name: string, ...tables: readonly FeeTable[]): FeeSchedule {
  return { name, tables };
}

function table(fromDate: string, tiers: readonly Tier[]): FeeTable {
  return { fromMs: Date.parse(fromDate), tiers: tiers.map(([fromVolumeQuote, takerFeeBps, makerFeeBps]) => ({ fromVolumeQuote, takerFeeBps, makerFeeBps })) };
}
