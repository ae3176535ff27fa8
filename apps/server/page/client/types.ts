/** Rows as the API sends them, as far as the page reads them. */
export type Side = -1 | 0 | 1;
export type Interval = readonly [number | null, number | null] | null;

export interface Token {
  readonly token_symbol: string;
  readonly exchange: string;
  readonly pair: string;
}

export interface ScoreRow {
  readonly model: string;
  readonly state: string;
  readonly grade: number | null;
  readonly p_up: number | null;
  readonly exp_return_bps: number | null;
  readonly ci_bps: Interval;
  readonly signal: Side | null;
  readonly weight: number;
  readonly reason: string | null;
}

export interface GradeRow extends Token {
  readonly date: string;
  readonly timeframe: string;
  readonly close: number;
  readonly trader_grade: number | null;
  readonly ta_grade: number | null;
  readonly quant_grade: number | null;
  readonly band: string | null;
  readonly trader_grade_24h_change: number | null;
  readonly trading_signal: Side | null;
  readonly p_up: number | null;
  readonly exp_return_bps: number | null;
  readonly ci_bps: Interval;
  readonly predictive_80_bps: Interval;
  readonly horizon_bars: number | null;
  readonly n_models: number;
  readonly coverage: number;
  readonly revision: number;
  readonly reason: string | null;
  readonly models?: readonly ScoreRow[];
}

export interface InvestorRow extends Token {
  readonly date: string;
  readonly investor_grade: number | null;
  readonly coverage: number;
  readonly reason: string | null;
  readonly [component: `${string}_score`]: number | null;
}

export interface MonitorRow {
  readonly id: string;
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'watch' | 'suspend' | 'n/a';
  readonly value: number | null;
  readonly watch_at: number | null;
  readonly suspend_at: number | null;
  readonly n: number;
  readonly reason: string;
}

export interface ModelRow {
  readonly model: string;
  readonly model_id: string;
  readonly version: number;
  readonly state: string;
  readonly since: string;
  readonly strategy: string | null;
  readonly timeframe: string | null;
  readonly sha256: string | null;
  readonly aliases: readonly string[];
  readonly model_grade: number | null;
  readonly letter: string | null;
  readonly provisional: boolean | null;
  readonly live_days: number | null;
  readonly promise: { readonly sharpe_ann: number | null; readonly max_drawdown: number | null; readonly ic_mean: number | null; readonly trades: number; readonly bars: number } | null;
}

export interface Part {
  readonly points: number | null;
  readonly of: number;
  readonly n: number;
  readonly why: string;
}

export interface LiveRow extends ModelRow {
  readonly health: { readonly monitors: readonly MonitorRow[]; readonly parts: Readonly<Record<string, Part>> } | null;
  readonly days: readonly { readonly date: string; readonly net_return: number }[];
  readonly outcomes: { readonly n: number; readonly hit_rate: number | null; readonly mean_net_return: number | null; readonly mean_gross_return: number | null };
}

export interface VersionRow extends ModelRow {
  readonly manifest: {
    readonly oos?: { readonly daily_returns?: readonly (number | null)[] };
    readonly provenance?: { readonly report_sha256?: string };
    readonly verdict?: { readonly decision?: string };
  } | null;
}

export interface TransitionRow {
  readonly date: string;
  readonly model: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly actor: string;
  readonly value: number | null;
  readonly threshold: number | null;
}

export interface AlertRow {
  readonly fired_at: string;
  readonly as_of: string;
  readonly rule_id: string;
  readonly severity: string;
  readonly scope: string;
  readonly text: string;
}

export interface MoonshotRow extends Token {
  readonly pick_id: string;
  readonly rule_id: string;
  readonly at: string;
  readonly end_at: string;
  readonly candidates: number;
  readonly why: string;
  readonly status: 'active' | 'past';
  readonly roi: number | null;
  readonly base_rate_roi: number | null;
  readonly beats: number | null;
  readonly reason: string | null;
}

export interface AccountRow {
  readonly account_id: string;
  readonly date: string | null;
  readonly equity: number | null;
  readonly cash: number | null;
  readonly roi: number | null;
  readonly holding_roi: number | null;
  readonly positions: Readonly<Record<string, number>>;
}

export interface EquityRow {
  readonly date: string;
  readonly equity: number;
  readonly holding_equity: number;
}

export interface IndexRow {
  readonly index_id: string;
  readonly date: string | null;
  readonly value: number | null;
  readonly current_roi: number | null;
  readonly baseline_roi: number | null;
  readonly holdings: number;
  readonly cash_weight: number | null;
  readonly last_rebalance: string | null;
}

export interface IndexValueRow {
  readonly date: string;
  readonly cumulative_roi: number | null;
  readonly baseline_cumulative_roi: number | null;
}

export interface Dashboard {
  readonly seq: number;
  readonly feed: { readonly connected: boolean; readonly detail: string; readonly since: string } | null;
  readonly markets: readonly { readonly market: string; readonly last_close: string | null; readonly age_seconds: number | null; readonly stale: boolean }[];
  readonly grades: readonly GradeRow[];
  readonly models: readonly ModelRow[];
  readonly transitions: readonly TransitionRow[];
  readonly alerts: readonly AlertRow[];
  readonly moonshots: readonly MoonshotRow[];
  readonly accounts: readonly AccountRow[];
  readonly gaps: readonly { readonly market: string; readonly from: string; readonly to: string; readonly reason: string }[];
}

export interface Ic {
  readonly n: number;
  readonly mean: number | null;
  readonly t: number | null;
  readonly reason: string | null;
}

export interface Bucket {
  readonly name: string;
  readonly n: number;
  readonly n_effective: number;
  readonly mean_forward: number | null;
  readonly hit_rate: number | null;
  readonly hit_low: number | null;
  readonly hit_high: number | null;
  readonly mean_net: number | null;
}

/** A table of calibration; with a reason there is none. */
export interface Calibration {
  readonly n: number;
  readonly reason?: string;
  readonly n_effective?: number;
  readonly cross_section?: Ic;
  readonly time_series?: Ic;
  readonly bands?: readonly Bucket[];
  readonly reliability?: {
    readonly brier: number;
    readonly brier_base: number;
    readonly ece: number;
    readonly ece_limit95: number;
    readonly within: number;
    readonly bins: readonly { readonly n: number; readonly forecast: number; readonly outcome: number }[];
  };
  readonly decay?: { readonly lags: readonly { readonly lag_bars: number; readonly n: number; readonly ic: number | null }[]; readonly leak_ratio: number | null; readonly is_leak_suspected: boolean };
  readonly power?: { readonly basis: string; readonly eras: number; readonly se_mean_ic: number | null; readonly detectable_ic: number | null };
}

export interface Meta {
  readonly as_of: string | null;
  readonly stale: boolean;
  readonly data_root: string | null;
  readonly sandbox: boolean;
  readonly disclaimer: string;
  readonly total: number | null;
}
