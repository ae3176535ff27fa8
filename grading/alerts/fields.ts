import { type AlertSubject, BANDS, MODEL_STATES } from '../types/index.ts';

/** What a rule can watch. */
export interface AlertFieldSpec {
  readonly subject: AlertSubject;
  /** `event`: each occurrence is one of its own, with a number that conditions may ask for. */
  readonly type: 'number' | 'text' | 'event';
  /** What its scope names. */
  readonly scope: 'market' | 'symbol' | 'model' | 'index' | 'all';
  /** One value a bar: it can be asked to hold for several. */
  readonly isSampled: boolean;
  /** Of a text: the values that it can take, null where they are open. */
  readonly values: readonly string[] | null;
  readonly unit: string;
}

const BAND_NAMES = BANDS.map(({ name }) => name);
const market = (subject: AlertSubject, unit: string): AlertFieldSpec => ({ subject, type: 'number', scope: 'market', isSampled: true, values: null, unit });
const text = (subject: AlertSubject, scope: AlertFieldSpec['scope'], values: readonly string[], rest: Partial<AlertFieldSpec> = {}): AlertFieldSpec =>
  ({ subject, type: 'text', scope, isSampled: true, values, unit: '', ...rest });
const event = (subject: AlertSubject, scope: AlertFieldSpec['scope'], unit: string): AlertFieldSpec =>
  ({ subject, type: 'event', scope, isSampled: false, values: null, unit });

const FIELDS = {
  trader_grade: market('grade', 'points, 0 to 100'),
  ta_grade: market('grade', 'points, 0 to 100'),
  quant_grade: market('grade', 'points, 0 to 100'),
  p_up: market('grade', 'probability, 0 to 1'),
  exp_return_bps: market('grade', 'basis points over the horizon'),
  change_24h: market('grade', 'points'),
  trader_band: text('grade', 'market', BAND_NAMES),
  price: market('price', 'quote currency'),
  signal: text('signal', 'market', ['buy', 'flat', 'sell']),
  investor_grade: { ...market('investor', 'points, 0 to 100'), scope: 'symbol' },
  investor_band: text('investor', 'symbol', BAND_NAMES),
  stale_bars: market('stale', 'bars since the last one closed'),
  feed: text('stale', 'all', ['connected', 'disconnected'], { isSampled: false }),
  model_state: text('model_state', 'model', MODEL_STATES, { isSampled: false }),
  model_grade: { ...market('drift', 'points, 0 to 100'), scope: 'model' },
  monitor: text('drift', 'model', ['ok', 'warn', 'watch', 'suspend']),
  leak_ratio: { ...market('drift', 'rank IC at once ÷ one bar later'), scope: 'model' },
  index_rebalance: event('index', 'index', 'turnover, a fraction'),
  moonshot_pick: event('moonshot', 'symbol', 'score of the pick'),
  moonshot_resolve: event('moonshot', 'symbol', 'return on investment, a fraction'),
  weekly_digest: event('report', 'all', 'markets that are graded'),
} as const satisfies Readonly<Record<string, AlertFieldSpec>>;

export type AlertField = keyof typeof FIELDS;
export const ALERT_FIELDS: Readonly<Record<AlertField, AlertFieldSpec>> = FIELDS;
export const ALERT_FIELD_NAMES = Object.keys(FIELDS) as readonly AlertField[];
