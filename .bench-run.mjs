// bench/grading/monitors.ts
import { parseArgs } from "node:util";

// grading/types/market.ts
function marketKey({ venue, symbol, timeframeMs }) {
  return `${venue}:${symbol}@${timeframeMs}`;
}
function closeTimeMs({ openTimeMs, timeframeMs }) {
  return openTimeMs + timeframeMs;
}

// engine/core/errors.ts
var AssayError = class extends Error {
  /** Stable, for scripts: kebab-case, never reworded. */
  code;
  constructor(code, message, options) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
};
var InputError = class extends AssayError {
};
function requireInput(holds, code, parameter, rule, value) {
  if (!holds) throw new InputError(code, `${parameter} must be ${rule}, was ${describe(value)}`);
}
function describe(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value === void 0) return "missing";
  return JSON.stringify(value) ?? typeof value;
}

// engine/core/hash.ts
import { createHash } from "node:crypto";
function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part2 of parts) hash.update(part2);
  return hash.digest("hex");
}
function canonicalJson(value) {
  return JSON.stringify(withSortedKeys(value));
}
function withSortedKeys(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.some((inner) => inner !== null && typeof inner === "object") ? value.map(withSortedKeys) : value;
  if ("toJSON" in value && typeof value.toJSON === "function") return withSortedKeys(value.toJSON());
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => [key, withSortedKeys(inner)]));
}
function contentId(value) {
  return sha256(canonicalJson(value)).slice(0, 16);
}

// engine/core/random.ts
function seededRandom(seed, stream = "") {
  let a = hash32(`${stream}:a`) ^ (seed | 0);
  let b = hash32(`${stream}:b`) ^ Math.floor(seed / 2 ** 32);
  let c = hash32(`${stream}:c`);
  let counter = 1;
  const next = () => {
    const sum = (a + b | 0) + counter | 0;
    counter = counter + 1 | 0;
    a = b ^ b >>> 9;
    b = c + (c << 3) | 0;
    c = (c << 21 | c >>> 11) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53;
}
function seededNormal(random) {
  let spare = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    let u;
    let v;
    let s;
    do {
      u = 2 * random() - 1;
      v = 2 * random() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt(-2 * Math.log(s) / s);
    spare = v * scale;
    return u * scale;
  };
}
function hash32(text) {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash | 0;
}

// engine/core/suggest.ts
function nearestName(typed, names) {
  let best = null;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}
function unknownName(code, what, typed, names) {
  const near = nearestName(typed, names);
  const remedy = near === null ? `known: ${names.join(", ")}` : `did you mean "${near}"?`;
  return new InputError(code, `${what} must be a known name, was "${typed}"; ${remedy}`);
}
function editDistance(a, b) {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j] + 1, row[j - 1] + 1));
    }
    previous = row;
  }
  return previous[b.length];
}

// engine/core/units.ts
var SECOND_MS = 1e3;
var MINUTE_MS = 60 * SECOND_MS;
var HOUR_MS = 60 * MINUTE_MS;
var DAY_MS = 24 * HOUR_MS;
var WEEK_MS = 7 * DAY_MS;
function groupedCount(count2) {
  return String(count2).replaceAll(/\B(?=(\d{3})+(?!\d))/g, "\u2009");
}
function bpsToFrac(bps) {
  return bps / 1e4;
}
function formatTime(timeMs) {
  return new Date(timeMs).toISOString().replace(".000Z", "Z");
}

// engine/core/version.ts
var ENGINE_VERSION = "0.1.0";

// engine/simulate/fee-meter.ts
var WINDOW_MS = 30 * DAY_MS;

// engine/simulate/account.ts
function ratesOf(costs) {
  const halfSpread = bpsToFrac(costs.halfSpreadBps);
  const slippage = bpsToFrac(costs.slippageBps);
  return { taker: bpsToFrac(costs.takerFeeBps), maker: bpsToFrac(costs.makerFeeBps), halfSpread, slippage, impact: halfSpread + slippage };
}

// engine/simulate/types.ts
var EXIT_REASONS = ["signal", "stop-loss", "trailing-stop", "take-profit", "liquidation", "window-end", "delisted", "open"];

// engine/simulate/round-trip.ts
var REASON_CODE = Object.fromEntries(EXIT_REASONS.map((reason, code) => [reason, code]));

// engine/orders/world.ts
var ALMOST = 1 - 1e-9;

// engine/causality/diagnose.ts
var SOME = 1 / 3;

// engine/simulate/checks.ts
function checkConfig(config) {
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
function checkCosts(costs) {
  for (const [name, bps] of Object.entries(costs)) requireInput(bps >= 0 && bps < 1e4, "costs-invalid", name, "in 0 \u2026 10000 bps", bps);
}
function checkRules(rules) {
  for (const [name, value] of Object.entries(rules)) requireInput(value >= 0, "rules-invalid", name, "at least 0", value);
}
function checkAccount(account) {
  const { kind, initialCash, maxLeverage, maintenanceFrac, liquidationFeeFrac, borrowAnnFrac } = account;
  const code = "account-invalid";
  requireInput(initialCash > 0 && Number.isFinite(initialCash), code, "initialCash", "above 0", initialCash);
  requireInput(borrowAnnFrac >= 0, code, "borrowAnnFrac", "at least 0", borrowAnnFrac);
  if (kind === "spot") {
    requireInput(maxLeverage === 1, code, "maxLeverage", "1 on spot (use a margin account to borrow)", maxLeverage);
    return;
  }
  requireInput(maxLeverage > 0 && maxLeverage <= 125, code, "maxLeverage", "in 0 \u2026 125", maxLeverage);
  requireInput(maintenanceFrac > 0 && maintenanceFrac * maxLeverage < 1, code, "maintenanceFrac", `above 0 and below 1 \xF7 leverage (${1 / maxLeverage})`, maintenanceFrac);
  requireInput(liquidationFeeFrac >= 0 && liquidationFeeFrac <= maintenanceFrac, code, "liquidationFeeFrac", `in 0 \u2026 maintenanceFrac (${maintenanceFrac})`, liquidationFeeFrac);
}
function checkFees({ name, tables }) {
  const code = "fees-invalid";
  requireInput(tables.length > 0, code, `fees ${name}`, "at least one table", tables.length);
  tables.forEach(({ fromMs, tiers }, i) => {
    const where = `fees ${name}, table ${i + 1}`;
    requireInput(Number.isFinite(fromMs) && (i === 0 || fromMs > tables[i - 1].fromMs), code, `${where}, fromMs`, "a time after the table before it", fromMs);
    requireInput(tiers.length > 0 && tiers[0].fromVolumeQuote === 0, code, `${where}, first tier`, "one from volume 0", tiers[0]?.fromVolumeQuote);
    tiers.forEach(({ fromVolumeQuote, takerFeeBps, makerFeeBps }, j) => {
      requireInput(j === 0 || fromVolumeQuote > tiers[j - 1].fromVolumeQuote, code, `${where}, fromVolumeQuote`, "above that of the tier before it", fromVolumeQuote);
      requireInput(takerFeeBps >= 0 && takerFeeBps < 1e4, code, `${where}, takerFeeBps`, "in 0 \u2026 10000 bps", takerFeeBps);
      requireInput(makerFeeBps >= -1e4 && makerFeeBps < 1e4, code, `${where}, makerFeeBps`, "in \u221210000 \u2026 10000 bps (a rebate is negative)", makerFeeBps);
    });
  });
}
function checkCostOfUnit(costs, fees, maxLeverage) {
  const { impact, taker } = ratesOf({ ...costs, takerFeeBps: dearestTakerBps(costs, fees) });
  const unit = impact + taker * (1 + impact);
  requireInput(unit * maxLeverage < 1, "costs-invalid", "costs of a unit traded", `below 1 \xF7 leverage (${1 / maxLeverage})`, unit);
}
function dearestTakerBps({ takerFeeBps }, fees) {
  return fees === null ? takerFeeBps : Math.max(...fees.tables.flatMap(({ tiers }) => tiers.map((tier) => tier.takerFeeBps)));
}
function checkExecution(execution) {
  const code = "execution-invalid";
  oneOf(code, "fill", ["next-open", "close"], execution.fill);
  oneOf(code, "limitFill", ["through", "touch"], execution.limitFill);
  oneOf(code, "triggerOn", ["last", "mark"], execution.triggerOn);
  oneOf(code, "liquidateOn", ["last", "mark"], execution.liquidateOn);
  oneOf(code, "volumeCapRemainder", ["carry", "cancel"], execution.volumeCapRemainder);
  fraction(code, "volumeCapFrac", execution.volumeCapFrac);
  fraction(code, "delistingHaircutFrac", execution.delistingHaircutFrac);
  whole(code, "latencyBars", 0, execution.latencyBars);
  whole(code, "stopDelayBars", 0, execution.stopDelayBars);
  whole(code, "dropBarsAfterGap", 0, execution.dropBarsAfterGap);
}
function checkSizing(sizing) {
  const code = "sizing-invalid";
  oneOf(code, "sizing", ["exposure", "fixed-quote", "fixed-quantity", "volatility-target", "atr-risk", "kelly"], sizing.kind);
  switch (sizing.kind) {
    case "exposure":
      return;
    case "fixed-quote":
      return positive(code, "notionalQuote", sizing.notionalQuote);
    case "fixed-quantity":
      return positive(code, "qtyBase", sizing.qtyBase);
    case "volatility-target":
      positive(code, "annualVolFrac", sizing.annualVolFrac);
      return whole(code, "windowBars", 2, sizing.windowBars);
    case "atr-risk":
      positive(code, "riskFrac", sizing.riskFrac);
      positive(code, "atrMultiple", sizing.atrMultiple);
      return whole(code, "windowBars", 2, sizing.windowBars);
    case "kelly":
      positive(code, "fraction", sizing.fraction);
      positive(code, "capFrac", sizing.capFrac);
      whole(code, "lastTrades", 2, sizing.lastTrades);
      whole(code, "minTrades", 2, sizing.minTrades);
      requireInput(sizing.minTrades <= sizing.lastTrades, code, "minTrades", `at most lastTrades (${sizing.lastTrades})`, sizing.minTrades);
  }
}
function checkRebalance(rebalance) {
  const code = "rebalance-invalid";
  oneOf(code, "rebalance", ["on-change", "band", "schedule"], rebalance.kind);
  if (rebalance.kind === "band") positive(code, "bandFrac", rebalance.bandFrac);
  if (rebalance.kind === "schedule") positive(code, "everyMs", rebalance.everyMs);
}
function checkCaps({ perInstrument, gross }) {
  if (perInstrument !== null) positive("caps-invalid", "perInstrument", perInstrument);
  if (gross !== null) positive("caps-invalid", "gross", gross);
}
function oneOf(code, parameter, allowed, value) {
  requireInput(allowed.includes(value), code, parameter, allowed.join(" or "), value);
}
function positive(code, parameter, value) {
  requireInput(value > 0 && Number.isFinite(value), code, parameter, "above 0", value);
}
function fraction(code, parameter, value) {
  requireInput(value >= 0 && value <= 1, code, parameter, "in 0 \u2026 1", value);
}
function whole(code, parameter, least2, value) {
  requireInput(Number.isInteger(value) && value >= least2, code, parameter, `a whole number, at least ${least2}`, value);
}

// engine/simulate/venues.ts
var READ_ON = "2026-11-24";
var EIGHT_HOURS = 8 * HOUR_MS;
var TAKEN_OVER = { maintenanceFrac: 0.01, liquidationFeeFrac: 0.01 };
var M = 1e6;
var PRESETS = [
  {
    name: "binance-spot",
    kind: "spot",
    // Each VIP level asks for a balance of BNB beside the volume, which an account here does not hold.
    fees: schedule("binance-spot", table("2021-12-21", [[0, 10, 10]])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: "regular users; VIP levels ask for BNB too", url: "https://www.binance.com/en-IN/support/announcement/88ee9834fef947de96e01b77e888414e", dated: "2021-12-21" }]
  },
  {
    name: "binance-perpetual",
    kind: "perpetual",
    fees: schedule("binance-perpetual", table(READ_ON, [[0, 5, 2]])),
    account: TAKEN_OVER,
    fundingIntervalMs: EIGHT_HOURS,
    sources: [
      { what: "regular users, USDT-margined, as guides quote them; the page says how they are charged and that VIP levels ask for BNB too", url: "https://www.binance.com/en-ZA/support/faq/binance-futures-fee-structure-fee-calculations-360033544231", dated: READ_ON },
      { what: "maintenance margin: 0.4 % in the first bracket of BTC, 1 % in that of smaller contracts", url: "https://www.binance.com/tr/support/announcement/86cf9aa472574b8cb2e05bb751c2a9a6", dated: "2021-03-18" }
    ]
  },
  {
    name: "bybit-spot",
    kind: "spot",
    // Volumes that were read: VIP 1 and VIP 3. Between them, and above, the dearer level applies.
    fees: schedule("bybit-spot", table(READ_ON, [[0, 10, 10], [1 * M, 8, 6.75], [10 * M, 7.5, 6.25]])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: "VIP 0, 1 and 3", url: "https://www.bybit.com/en-US/help-center/bybitHC_Article?id=000001634", dated: READ_ON }]
  },
  {
    name: "bybit-perpetual",
    kind: "perpetual",
    fees: schedule("bybit-perpetual", table(READ_ON, [[0, 5.5, 2]])),
    account: TAKEN_OVER,
    fundingIntervalMs: EIGHT_HOURS,
    sources: [
      { what: "VIP 0", url: "https://www.bybit.com/en-US/help-center/bybitHC_Article?id=000001634", dated: READ_ON },
      { what: "maintenance margin: 0.5 % in the first bracket of BTC", url: "https://www.bybit.com/en/announcement-info/margin-parameters", dated: READ_ON }
    ]
  },
  {
    name: "okx-spot",
    kind: "spot",
    fees: schedule("okx-spot", table(READ_ON, [
      [0, 10, 8],
      [10 * M, 8, 6],
      [20 * M, 7, 5],
      [50 * M, 6, 3],
      [100 * M, 5, 2],
      [200 * M, 4, 0],
      [500 * M, 3, -0.2],
      [1e3 * M, 2.5, -0.5],
      [1e4 * M, 2, -0.5]
    ])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: "regular level 1 and VIP levels by volume, USDT pairs", url: "https://www.okx.com/fees", dated: READ_ON }]
  },
  {
    name: "okx-perpetual",
    kind: "perpetual",
    fees: schedule("okx-perpetual", table(READ_ON, [[0, 5, 2]])),
    account: TAKEN_OVER,
    fundingIntervalMs: EIGHT_HOURS,
    sources: [
      { what: "regular level 1", url: "https://www.okx.com/fees", dated: READ_ON },
      { what: "maintenance margin: 0.5 % in the first bracket of BTC", url: "https://www.okx.com/help/adjustment-of-perpetual-swap-tiered-maintenance-margin-ratio-schedule", dated: "2019-05-31" },
      { what: "maintenance margin: 0.65 to 1 % in the first bracket of smaller contracts; the penalty is that margin", url: "https://www.okx.com/help/okx-to-adjust-position-tiers-of-perpetual-swaps-2023-05-15", dated: "2023-05-19" }
    ]
  },
  {
    name: "coinbase-spot",
    kind: "spot",
    fees: schedule("coinbase-spot", table(READ_ON, [
      [0, 60, 40],
      [1e4, 40, 25],
      [5e4, 25, 15],
      [1e5, 20, 10],
      [1 * M, 18, 8],
      [15 * M, 16, 6],
      [75 * M, 12, 3],
      [250 * M, 8, 0],
      [400 * M, 5, 0]
    ])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: "Coinbase Exchange, not stable pairs", url: "https://help.coinbase.com/en/exchange/trading-and-funding/exchange-fees", dated: READ_ON }]
  },
  {
    name: "kraken-spot",
    kind: "spot",
    // Until some day of 2023 or 2024 the first level was 26 and 16; the day of the change was not found, so the dearer table stands for both.
    fees: schedule("kraken-spot", table("2025-06-26", [
      [0, 40, 25],
      [1e4, 35, 20],
      [5e4, 24, 14],
      [1e5, 22, 12],
      [25e4, 20, 10],
      [5e5, 18, 8],
      [1 * M, 16, 6],
      [2.5 * M, 14, 4],
      [5 * M, 12, 2],
      [10 * M, 10, 0],
      [100 * M, 8, 0]
    ])),
    account: {},
    fundingIntervalMs: null,
    sources: [{ what: "Kraken Pro, crypto pairs; taker fees of the announcement of maker rebates on some pairs, the standard maker fees as others quote the schedule", url: "https://www.kraken.com/features/fee-schedule", dated: "2025-06-26" }]
  },
  {
    name: "kraken-perpetual",
    kind: "perpetual",
    fees: schedule("kraken-perpetual", table("2023-09-14", [
      [0, 5, 2],
      [1e5, 4, 1.5],
      [1 * M, 3, 1.25],
      [5 * M, 2.5, 1],
      [10 * M, 2, 0.75],
      [20 * M, 1.5, 0.5],
      [50 * M, 1.25, 0.25],
      [100 * M, 1, 0]
    ])),
    account: {},
    fundingIntervalMs: HOUR_MS,
    sources: [{ what: "Kraken Futures, all contracts, without rebate trials", url: "https://support.kraken.com/hc/en-us/articles/360048917612-Fee-schedule", dated: "2023-09-14" }]
  }
];
var VENUES = Object.fromEntries(PRESETS.map((preset) => [preset.name, preset]));
function venuePreset(name) {
  if (!Object.hasOwn(VENUES, name)) throw unknownName("venue-unknown", "venue", name, Object.keys(VENUES));
  return VENUES[name];
}
function schedule(name, ...tables) {
  return { name, tables };
}
function table(fromDate, tiers) {
  return { fromMs: Date.parse(fromDate), tiers: tiers.map(([fromVolumeQuote, takerFeeBps, makerFeeBps]) => ({ fromVolumeQuote, takerFeeBps, makerFeeBps })) };
}

// engine/simulate/presets.ts
var DEFAULT_COSTS = {
  spot: { takerFeeBps: 10, makerFeeBps: 10, halfSpreadBps: 1, slippageBps: 4, impactBps: 0 },
  perpetual: { takerFeeBps: 5, makerFeeBps: 2, halfSpreadBps: 1, slippageBps: 4, impactBps: 0 }
};
var SPOT_ACCOUNT = {
  kind: "spot",
  initialCash: 1e4,
  maxLeverage: 1,
  maintenanceFrac: 0,
  liquidationFeeFrac: 0,
  borrowAnnFrac: 0
};
var MARGIN_ACCOUNT = {
  kind: "margin",
  initialCash: 1e4,
  maxLeverage: 1,
  maintenanceFrac: 0.01,
  liquidationFeeFrac: 5e-3,
  borrowAnnFrac: 0
};
var ANY_QUANTITY = { lotStep: 0, tickSize: 0, minNotionalQuote: 0 };
var DEFAULT_EXECUTION = {
  fill: "next-open",
  limitFill: "through",
  triggerOn: "last",
  liquidateOn: "mark",
  volumeCapFrac: 0,
  volumeCapRemainder: "carry",
  latencyBars: 0,
  stopDelayBars: 0,
  dropBarsAfterGap: 0,
  delistingHaircutFrac: 0.2
};
function simulationConfig(kind, options = {}) {
  const venue = options.venue === void 0 ? null : venueFor(kind, options.venue);
  const base = (options.account?.kind ?? (kind === "spot" ? "spot" : "margin")) === "spot" ? SPOT_ACCOUNT : MARGIN_ACCOUNT;
  const stated = definedOnly(options.costs);
  const config = {
    profile: options.profile ?? "assay",
    costs: { ...DEFAULT_COSTS[kind], ...venue && firstFees(venue.fees), ...stated },
    fees: options.fees ?? feesOf(venue, stated),
    account: { ...base, ...base.kind === "margin" && marginOf(venue, options.account), ...definedOnly(options.account) },
    rules: { ...ANY_QUANTITY, ...definedOnly(options.rules) },
    intrabar: options.intrabar ?? "pessimistic",
    execution: { ...DEFAULT_EXECUTION, ...definedOnly(options.execution) },
    sizing: options.sizing ?? { kind: "exposure" },
    rebalance: options.rebalance ?? { kind: "on-change" },
    caps: { perInstrument: null, gross: null, ...definedOnly(options.caps) },
    funding: options.funding ?? "data",
    firstDecisionBar: 0,
    flattenAtEnd: false
  };
  checkConfig(config);
  return config;
}
function venueFor(kind, name) {
  const venue = venuePreset(name);
  requireInput(venue.kind === kind, "venue-mismatch", "venue", `a preset for ${kind}, as the instrument is`, name);
  return venue;
}
function firstFees({ tables }) {
  const [{ takerFeeBps, makerFeeBps }] = tables[tables.length - 1].tiers;
  return { takerFeeBps, makerFeeBps };
}
function feesOf(venue, { takerFeeBps, makerFeeBps }) {
  return venue === null || takerFeeBps !== void 0 || makerFeeBps !== void 0 ? null : venue.fees;
}
function marginOf(venue, stated = {}) {
  return venue === null || stated.maintenanceFrac !== void 0 ? {} : venue.account;
}
function definedOnly(part2) {
  return Object.fromEntries(Object.entries(part2 ?? {}).filter(([, value]) => value !== void 0));
}

// engine/strategy/define.ts
var NO_PROTECTION = { stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
function defineStrategy(spec) {
  requireInput(/^[a-z][a-z0-9-]*$/.test(spec.id), "strategy-invalid", "strategy id", "kebab-case", spec.id);
  const targetExposure = "targetExposure" in spec ? spec.targetExposure : void 0;
  const signals = "signals" in spec ? spec.signals : void 0;
  const legExposures = "legExposures" in spec ? spec.legExposures : void 0;
  const onBar = "onBar" in spec ? spec.onBar : void 0;
  const given = [targetExposure, signals, legExposures, onBar].filter((f) => f !== void 0).length;
  if (given !== 1) throw new InputError("strategy-invalid", `strategy ${spec.id} must have exactly one of targetExposure, signals, legExposures or onBar, has ${given}`);
  const erased = {
    kind: "assay-strategy/1",
    id: spec.id,
    summary: spec.summary,
    thesis: spec.thesis ?? null,
    fails: spec.fails ?? null,
    source: spec.source ?? null,
    legs: "legs" in spec ? spec.legs ?? 1 : 1,
    params: spec.params,
    admissible: (params) => spec.admissible?.(params) ?? true,
    warmupBars: (params) => Math.max(1, Math.ceil(spec.warmupBars(params))),
    protection: (params) => ({ ...NO_PROTECTION, ..."protection" in spec ? spec.protection?.(params) : void 0 }),
    targetExposure,
    signals,
    legExposures,
    onBar,
    features: "features" in spec ? spec.features : void 0,
    initialState: "initialState" in spec ? spec.initialState : void 0
  };
  return Object.freeze(erased);
}

// engine/strategy/indicators.ts
var DEFAULT_MEMORY_BYTES = 256 * 1024 * 1024;

// engine/causality/evaluate.ts
var INDICATOR_BYTES = 8 * 1024 * 1024;

// engine/metrics/series-moments.ts
function momentsOf(values2) {
  let count2 = 0;
  let sum = 0;
  for (let t = 0; t < values2.length; t++) {
    if (Number.isNaN(values2[t])) continue;
    sum += values2[t];
    count2++;
  }
  const mean = count2 > 0 ? sum / count2 : Number.NaN;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let t = 0; t < values2.length; t++) {
    if (Number.isNaN(values2[t])) continue;
    const d = values2[t] - mean;
    const d2 = d * d;
    m2 += d2;
    m3 += d2 * d;
    m4 += d2 * d2;
  }
  return { count: count2, mean, m2, m3, m4 };
}
var RETURN_ROUNDING = 1e-15;
function spreadOf({ count: count2, mean, m2 }) {
  if (count2 < 2) return null;
  const std = Math.sqrt(m2 / (count2 - 1));
  return std > Math.max(RETURN_ROUNDING, 1e-12 * Math.abs(mean)) ? std : null;
}

// engine/metrics/returns.ts
function sharpe(returns, periodsPerYear, riskFree = 0) {
  const moments = momentsOf(excess(returns, riskFree));
  const spread = spreadOf(moments);
  return spread === null ? null : moments.mean / spread * Math.sqrt(periodsPerYear);
}
function populationShape(returns) {
  const moments = momentsOf(returns);
  if (spreadOf(moments) === null) return null;
  const { count: count2, m2, m3, m4 } = moments;
  return { skewness: m3 / count2 / (m2 / count2) ** 1.5, kurtosis: m4 / count2 / (m2 / count2) ** 2 };
}
function correlation(a, b) {
  const momentsA = momentsOf(a);
  const momentsB = momentsOf(b);
  if (spreadOf(momentsA) === null || spreadOf(momentsB) === null) return null;
  let ab = 0;
  for (let i = 0; i < a.length; i++) ab += (a[i] - momentsA.mean) * (b[i] - momentsB.mean);
  return ab / Math.sqrt(momentsA.m2 * momentsB.m2);
}
function present(returns) {
  return Array.from(returns).filter((r) => !Number.isNaN(r));
}
function excess(returns, required) {
  return present(returns).map((r) => r - required);
}

// engine/metrics/extremes.ts
function least(values2, ceiling = Number.POSITIVE_INFINITY) {
  let found = ceiling;
  for (let i = 0; i < values2.length; i++) found = Math.min(found, values2[i]);
  return found;
}

// engine/metrics/drawdown.ts
function wealthOf(returns) {
  let wealth = 1;
  return [1, ...Array.from(returns, (r) => wealth *= Number.isNaN(r) ? 1 : 1 + r)];
}
function drawdownSeries(curve) {
  let peak = -Infinity;
  return Array.from(curve, (value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}
function maxDrawdown(curve) {
  const falls = drawdownSeries(curve);
  return falls.length === 0 ? null : least(falls, 0);
}

// engine/metrics/names.ts
var METRIC_NAMES = [
  "totalReturn",
  "cagr",
  "volatilityAnn",
  "sharpeAnn",
  "sortinoAnn",
  "calmar",
  "omega",
  "maxDrawdown",
  "maxDrawdownBars",
  "maxDrawdownDays",
  "ulcerIndex",
  "skewness",
  "kurtosisExcess",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "tailRatio",
  "trades",
  "winRate",
  "profitFactor",
  "expectancyQuote",
  "expectancyFrac",
  "sqn",
  "kellyFrac",
  "avgTradeBars",
  "exposure",
  "turnover",
  "finalEquity",
  "feesQuote",
  "spreadQuote",
  "slippageQuote",
  "fundingQuote",
  "breakEvenCostBps",
  "ambiguousBars",
  "liquidations"
];

// engine/metrics/normal.ts
function probit(p) {
  if (!(p > 0 && p < 1)) throw new InputError("probability-out-of-range", `probability must be between 0 and 1, was ${p}`);
  const rough = acklam(p);
  const error = normalCdf(rough) - p;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp(rough * rough / 2);
  return rough - step / (1 + rough * step / 2);
}
function normalCdf(x) {
  const a = Math.abs(x);
  const upper = a < 3 ? 0.5 - middleSeries(a) : tailFraction(a);
  return x > 0 ? 1 - upper : upper;
}
function middleSeries(a) {
  let term = a;
  let sum = a;
  for (let k = 1; k < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= a * a / (2 * k + 1);
    sum += term;
  }
  return sum * Math.exp(-a * a / 2) / Math.sqrt(2 * Math.PI);
}
function tailFraction(a) {
  let fraction2 = a;
  for (let k = 120; k >= 1; k--) fraction2 = a + k / fraction2;
  return Math.exp(-a * a / 2) / Math.sqrt(2 * Math.PI) / fraction2;
}
function acklam(p) {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const poly = (coefficients, x) => coefficients.reduce((sum, k) => sum * x + k, 0);
  if (p < 0.02425) return poly(c, Math.sqrt(-2 * Math.log(p))) / (poly(d, Math.sqrt(-2 * Math.log(p))) * Math.sqrt(-2 * Math.log(p)) + 1);
  if (p > 1 - 0.02425) return -acklam(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return poly(a, r) * q / (poly(b, r) * r + 1);
}

// engine/metrics/risk.ts
import { quantileSorted } from "simple-statistics";
function quantile(values2, probability) {
  const sorted = present(values2).sort((a, b) => a - b);
  return sorted.length === 0 ? null : quantileSorted(sorted, probability);
}

// engine/metrics/summarise.ts
var SHORTEST_YEARLY_MS = 90 * DAY_MS;

// engine/peers/backtesting-py-orders.ts
var FULL_EQUITY = 1 - Number.EPSILON;

// engine/search/trial-columns.ts
var BAND_NAMES = [
  "totalReturnPessimistic",
  "sharpeAnnPessimistic",
  "maxDrawdownPessimistic",
  "totalReturnOptimistic",
  "sharpeAnnOptimistic",
  "maxDrawdownOptimistic"
];
var TRIAL_COLUMNS = [...METRIC_NAMES, ...BAND_NAMES];
var TRIAL_WIDTH = TRIAL_COLUMNS.length;

// engine/validate/bootstrap/block-length.ts
function optimalBlockLength(values2) {
  const n = values2.length;
  if (n < 8) return null;
  const centred = centre(values2);
  const lags = Math.min(n - 2, Math.ceil(Math.sqrt(n)) + Math.max(5, Math.floor(Math.log10(n))));
  const covariance = new Float64Array(lags + 1);
  for (let lag2 = 0; lag2 <= lags; lag2++) covariance[lag2] = product(centred, lag2) / n;
  if (!(covariance[0] > 0)) return null;
  const m = Math.min(lags, bandwidth(centred, lags));
  let slope = 0;
  let spectrum = covariance[0];
  for (let k = 1; k <= m; k++) {
    const weight = Math.min(1, 2 * (1 - k / m));
    slope += 2 * weight * k * covariance[k];
    spectrum += 2 * weight * covariance[k];
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (c) => Math.min(most, (2 * slope * slope / (c * spectrum * spectrum)) ** (1 / 3) * n ** (1 / 3));
  return { stationary: length(2), circular: length(4 / 3) };
}
function blockLengthOf(returns) {
  const plain = optimalBlockLength(returns)?.stationary ?? 1;
  const absolute = optimalBlockLength(Float64Array.from(returns, Math.abs))?.stationary ?? 1;
  return Math.max(1, plain, absolute);
}
function bandwidth(centred, lags) {
  const n = centred.length;
  const inARow = Math.max(5, Math.floor(Math.log10(n)));
  const band2 = 2 * Math.sqrt(Math.log10(n) / n);
  let quiet = 0;
  for (let lag2 = 0; lag2 < lags; lag2++) {
    quiet = Math.abs(correlationAt(centred, lag2)) < band2 ? quiet + 1 : 0;
    if (quiet === inARow) return 2 * Math.max(lag2 + 1 - inARow, 1);
  }
  return lags;
}
function correlationAt(centred, lag2) {
  const n = centred.length;
  let ahead = 0;
  let behind = 0;
  for (let t = lag2 + 1; t < n; t++) {
    ahead += centred[t] ** 2;
    behind += centred[t - lag2 - 1] ** 2;
  }
  return product(centred, lag2) / Math.sqrt(ahead * behind);
}
function product(centred, lag2) {
  let sum = 0;
  for (let t = lag2; t < centred.length; t++) sum += centred[t] * centred[t - lag2];
  return sum;
}
function centre(values2) {
  let sum = 0;
  for (let t = 0; t < values2.length; t++) sum += values2[t];
  const mean = sum / values2.length;
  return Float64Array.from(values2, (value) => value - mean);
}

// engine/validate/bootstrap/resample.ts
function stationaryBlocks(random, n, meanBlock, starts, lengths) {
  const perLog = meanBlock > 1 ? 1 / Math.log1p(-1 / meanBlock) : 0;
  let count2 = 0;
  for (let left = n; left > 0; left -= lengths[count2++]) {
    starts[count2] = Math.floor(random() * n);
    lengths[count2] = perLog === 0 ? 1 : Math.min(left, 1 + Math.floor(perLog * Math.log(1 - random())));
  }
  return count2;
}

// engine/validate/cointegration/mackinnon-tables.ts
var PRINTED = {
  n: `-19.04 -1.04 Infinity | 0.6344 1.2378 3.2496 | 0.4797 9.3557 -0.6999 3.3066
      -19.62 -1.53 1.51 | 1.9129 1.3857 3.5322 | 1.5578 8.558 -2.083 -3.3549
      -21.21 -2.68 0.86 | 2.7648 1.4502 3.4186 | 2.2268 6.8093 -3.2362 -5.4448
      -23.25 -3.09 0.88 | 3.4336 1.4835 3.19 | 2.7654 6.4502 -3.0811 -4.4946
      -21.63 -3.07 1.05 | 4.0999 1.5533 3.59 | 3.2684 6.8051 -2.6778 -3.4972
      -25.74 -3.77 1.24 | 4.5388 1.5344 2.9807 | 3.7268 7.167 -2.3648 -2.8288`,
  c: `-18.83 -1.61 2.74 | 2.1659 1.4412 3.8269 | 1.7339 9.3202 -1.2745 -1.0368
      -18.86 -2.62 0.92 | 2.92 1.5012 3.9796 | 2.1945 6.4695 -2.9198 -4.2377
      -23.48 -3.13 0.55 | 3.4699 1.4856 3.164 | 2.5893 4.5168 -3.6529 -5.0074
      -28.07 -3.47 0.61 | 3.9673 1.4777 2.6315 | 3.0387 4.5452 -3.3666 -4.1921
      -25.96 -3.78 0.79 | 4.5509 1.5338 2.9545 | 3.5049 5.2098 -2.9158 -3.3468
      -23.27 -3.93 1 | 5.1399 1.6036 3.4445 | 3.9489 5.8933 -2.5359 -2.721`,
  ct: `-16.18 -2.89 0.7 | 3.2512 1.6047 4.9588 | 2.5261 6.1654 -3.7956 -6.0285
      -21.15 -3.19 0.63 | 3.6646 1.5419 3.6448 | 2.85 5.272 -3.6622 -5.1695
      -25.37 -3.5 0.71 | 4.0983 1.5173 2.9898 | 3.221 5.255 -3.2685 -4.1501
      -26.63 -3.65 0.93 | 4.5844 1.5338 2.8796 | 3.652 5.9758 -2.7483 -3.2081
      -26.53 -3.8 1.19 | 5.0722 1.5634 2.9472 | 4.0712 6.6428 -2.3464 -2.546
      -26.18 -4.36 1.42 | 5.53 1.5914 3.0392 | 4.4735 7.1757 -2.0681 -2.1196`,
  ctt: `-17.17 -3.21 0.54 | 4.0003 1.658 4.8288 | 3.0778 4.9529 -4.1477 -5.9359
      -21.1 -3.51 0.79 | 4.3534 1.6016 3.7947 | 3.4713 5.967 -3.2507 -4.2286
      -24.33 -3.81 1.08 | 4.7343 1.5768 3.2396 | 3.8637 6.7852 -2.6286 -3.1381
      -24.03 -3.83 1.43 | 5.214 1.6077 3.3449 | 4.2736 7.6199 -2.1534 -2.4026
      -24.33 -4.12 3.49 | 5.6481 1.6274 3.3455 | 4.6679 8.2618 -1.822 -1.9147
      -28.22 -4.63 1.92 | 5.9296 1.5929 2.8223 | 5.0009 8.3735 -1.6994 -1.6928`
};
var LOWER_SCALE = [1, 1, 0.01];
var UPPER_SCALE = [1, 0.1, 0.1, 0.01];
var P_VALUE_SURFACES = {
  n: surfacesOf(PRINTED.n),
  c: surfacesOf(PRINTED.c),
  ct: surfacesOf(PRINTED.ct),
  ctt: surfacesOf(PRINTED.ctt)
};
var CRITICAL = {
  n: "-2.56574 -2.2358 -3.627 0 | -1.94100 -0.2686 -3.365 31.223 | -1.61682 0.2656 -2.714 25.364",
  c: `-3.43035 -6.5393 -16.786 -79.433 | -2.86154 -2.8903 -4.234 -40.040 | -2.56677 -1.5384 -2.809 0
      -3.89644 -10.9519 -33.527 0 | -3.33613 -6.1101 -6.823 0 | -3.04445 -4.2412 -2.720 0
      -4.29374 -14.4354 -33.195 47.433 | -3.74066 -8.5631 -10.852 27.982 | -3.45218 -6.2143 -3.718 0
      -4.64332 -18.1031 -37.972 0 | -4.09600 -11.2349 -11.175 0 | -3.81020 -8.3931 -4.137 0
      -4.95756 -21.8883 -45.142 0 | -4.41519 -14.0405 -12.575 0 | -4.13157 -10.7417 -3.784 0
      -5.24568 -25.6688 -57.737 88.639 | -4.70693 -16.9178 -17.492 60.007 | -4.42501 -13.1875 -5.104 27.877`,
  ct: `-3.95877 -9.0531 -28.428 -134.155 | -3.41049 -4.3904 -9.036 -45.374 | -3.12705 -2.5856 -3.925 -22.380
      -4.32762 -15.4387 -35.679 0 | -3.78057 -9.5106 -12.074 0 | -3.49631 -7.0815 -7.538 21.892
      -4.66305 -18.7688 -49.793 104.244 | -4.11890 -11.8922 -19.031 77.332 | -3.83511 -9.0723 -8.504 35.403
      -4.96940 -22.4694 -52.599 51.314 | -4.42871 -14.5876 -18.228 39.647 | -4.14633 -11.2500 -9.873 54.109
      -5.25276 -26.2183 -59.631 50.646 | -4.71537 -17.3569 -22.660 91.359 | -4.43422 -13.6078 -10.238 76.781
      -5.51727 -29.9760 -75.222 202.253 | -4.98228 -20.3050 -25.224 132.03 | -4.70233 -16.1253 -9.836 94.272`,
  ctt: `-4.37113 -11.5882 -35.819 -334.047 | -3.83239 -5.9057 -12.490 -118.284 | -3.55326 -3.6596 -5.293 -63.559
      -4.69276 -20.2284 -64.919 88.884 | -4.15387 -13.3114 -28.402 72.741 | -3.87346 -10.4637 -17.408 66.313
      -4.99071 -23.5873 -76.924 184.782 | -4.45311 -15.7732 -32.316 122.705 | -4.17280 -12.4909 -17.912 83.285
      -5.26780 -27.2836 -78.971 137.871 | -4.73244 -18.4833 -31.875 111.817 | -4.45268 -14.7199 -17.969 101.92
      -5.52826 -30.9051 -92.490 248.096 | -4.99491 -21.2360 -37.685 194.208 | -4.71587 -17.0820 -18.631 136.672
      -5.77379 -34.7010 -105.937 393.991 | -5.24217 -24.2177 -39.153 232.528 | -4.96397 -19.6064 -18.858 174.919`
};
var CRITICAL_SURFACES = {
  n: linesOf(CRITICAL.n),
  c: linesOf(CRITICAL.c),
  ct: linesOf(CRITICAL.ct),
  ctt: linesOf(CRITICAL.ctt)
};
function surfacesOf(printed) {
  return linesOf(printed).map(([[min, star, max], lower, upper]) => ({
    min,
    star,
    max,
    lower: lower.map((value, i) => value * LOWER_SCALE[i]),
    upper: upper.map((value, i) => value * UPPER_SCALE[i])
  }));
}
function linesOf(printed) {
  return printed.split("\n").map((line) => line.split("|").map((part2) => part2.trim().split(/\s+/).map(Number)));
}

// engine/validate/evidence.ts
function isMissing(part2) {
  return typeof part2 === "object" && part2 !== null && typeof part2.missing === "string";
}

// engine/validate/sharpe/adjust-p-values.ts
function adjustPValues(pValues, method, tests = pValues.length) {
  if (method === "bonferroni") return pValues.map((p) => Math.min(1, p * tests));
  if (method === "sidak") return pValues.map((p) => -Math.expm1(tests * Math.log1p(-p)));
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const sorted = order.map((i) => pValues[i]);
  const adjusted = method === "holm" ? holm(sorted, tests) : stepUp(sorted, tests, method);
  const out = Array.from({ length: pValues.length });
  order.forEach((i, rank) => out[i] = adjusted[rank]);
  return out;
}
function holm(sorted, tests) {
  let running = 0;
  return sorted.map((p, j) => running = Math.max(running, Math.min(1, (tests - j) * p)));
}
function stepUp(sorted, tests, method) {
  const c = method === "benjamini-hochberg" ? 1 : harmonic(tests);
  const out = [...sorted];
  const last = sorted.length - 1;
  let running = 1;
  for (let j = last; j >= 0; j--) {
    const own = j === last && method === "bhy-harvey-liu" ? sorted[j] : tests * c * sorted[j] / (j + 1);
    running = Math.min(running, own);
    out[j] = running;
  }
  return out;
}
function harmonic(n) {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += 1 / i;
  return sum;
}

// engine/validate/sharpe/autocorrelated.ts
function autocorrelation1(returns) {
  const n = returns.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += returns[t] / n;
  let cross = 0;
  let square = 0;
  for (let t = 0; t < n; t++) {
    square += (returns[t] - mean) ** 2;
    if (t > 0) cross += (returns[t] - mean) * (returns[t - 1] - mean);
  }
  return square > n * Math.max(1e-15, 1e-12 * Math.abs(mean)) ** 2 ? cross / square : null;
}

// engine/validate/sharpe/probabilistic.ts
function sharpeVarianceFactor(sharpe2, skewness2, kurtosis) {
  const factor = 1 - skewness2 * sharpe2 + (kurtosis - 1) / 4 * sharpe2 * sharpe2;
  return factor > 0 ? factor : null;
}
function sharpeStandardError({ sharpe: sharpe2, observations, skewness: skewness2, kurtosis }, form = "observed", nullSharpe = 0) {
  const factor = sharpeVarianceFactor(form === "null" ? nullSharpe : sharpe2, skewness2, kurtosis);
  const denominator = form === "null" ? observations : observations - 1;
  return factor === null || denominator <= 0 ? null : Math.sqrt(factor / denominator);
}
function probabilisticSharpe(moments, benchmarkSharpe = 0, form = "observed") {
  const error = sharpeStandardError(moments, form, benchmarkSharpe);
  return error === null ? null : normalCdf((moments.sharpe - benchmarkSharpe) / error);
}

// engine/validate/gates/gate-texts.ts
var GATE_TEXTS = {
  G0: { name: "reproduction", question: "Does a second run of the same specification give the same numbers?" },
  G1: { name: "look-ahead", question: "Does any decision change when its future is cut off or corrupted?" },
  G1b: { name: "column stamps", question: "Does a joined column know the bar that it is stamped before?" },
  G2: { name: "latency", question: "Does the result survive being carried out later?" },
  G3: { name: "warm-up", question: "Do decisions depend on where the history begins?" },
  G4: { name: "sample", question: "Is there enough out-of-sample time and are there enough bets to judge?" },
  G5: { name: "out-of-sample Sharpe", question: "Is the out-of-sample Sharpe ratio above zero beyond sampling error?" },
  G6: { name: "probabilistic Sharpe", question: "How probable is a true Sharpe ratio above zero, given skew and fat tails?" },
  G7: { name: "search luck", question: "Would the best of as many trials without skill look as good?" },
  G8: { name: "overfitting", question: "How often does the in-sample winner lose money out of sample?" },
  G9: { name: "cost stress", question: "Does it still earn when trading costs more than assumed?" },
  G10: { name: "plateau", question: "Do the neighbouring parameters earn too?" },
  G11: { name: "walk-forward", question: "How much of the in-sample growth arrives out of sample, and how often?" },
  G12: { name: "concentration", question: "Does it still earn without its best trades, month and market?" },
  G13: { name: "baselines", question: "Does it earn more than holding the market and than random entries?" },
  G14: { name: "regimes and shocks", question: "Does it survive named crashes, and does more than one kind of market pay for it?" },
  G15: { name: "uniqueness", question: "Is it different from the models that are live already?" },
  G16: { name: "capacity", question: "Are its fills small beside the volume they met?" },
  G17: { name: "calibration", question: "Are its stated probabilities right?" }
};

// engine/validate/gates/gate.ts
function gate(id, { statistic, value = null, at }) {
  const [shadow, live] = [at("shadow"), at("live")];
  const telling = shadow.state === "pass" ? live : shadow;
  return {
    id,
    ...GATE_TEXTS[id],
    statistic,
    value,
    shadow: tierOf(shadow),
    live: tierOf(live),
    reason: telling.state === "pass" ? "" : telling.reason ?? "",
    remedy: telling.state === "pass" ? "" : telling.remedy ?? ""
  };
}
function tierOf({ state, threshold, margin = null }) {
  return { state, threshold, margin };
}
function notApplicable(id, threshold, reason, remedy = "") {
  return gate(id, { statistic: "not computed", at: (tier) => ({ state: "n/a", threshold: threshold(tier), reason, remedy }) });
}
function passing(margin, rule) {
  if (margin === null) return "fail";
  return (rule === "above" ? margin > 0 : margin >= 0) ? "pass" : "fail";
}
function above2(value, threshold) {
  return value === null ? null : value - threshold;
}

// engine/validate/gates/words.ts
function figure(value, digits = 2) {
  if (value === null) return "undefined";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}
function pValue(p) {
  return p !== null && p < 1e-3 ? "p < 0.001" : `p ${figure(p, 3)}`;
}
function percent(frac, digits = 1) {
  return frac === null ? "undefined" : `${figure(100 * frac, digits)} %`;
}
function count(number, noun) {
  return `${Number.isInteger(number) ? groupedCount(number) : figure(number, 1)} ${noun}${number === 1 ? "" : "s"}`;
}
function joined(parts, separator = "; ") {
  return parts.filter((part2) => typeof part2 === "string" && part2 !== "").join(separator);
}
function moreYears(years2, factor, strength) {
  const more = years2 * (factor - 1);
  return more < 0.05 ? `a few more weeks at this ${strength}` : `${figure(more, 1)} more years at this ${strength}`;
}

// engine/validate/gates/baselines.ts
var g13 = ({ baselines }, { G13: { maxP, minPercentile } }) => {
  const threshold = (tier) => `intercept over holding with p below ${maxP[tier]}; above the ${percent(minPercentile[tier], 0)} point of random entries`;
  if (isMissing(baselines)) return notApplicable("G13", threshold, baselines.missing);
  const { hold, random } = baselines;
  const { p } = hold;
  if (p === null) return notApplicable("G13", threshold, `returns cannot be set against ${hold.name}`);
  const rank = isMissing(random) ? null : random.percentile;
  return gate("G13", {
    statistic: joined([
      `intercept ${percent(hold.alphaAnn)} a year over ${hold.name}, t ${figure(hold.t, 1)}, ${pValue(p)}`,
      isMissing(random) ? `random entries not drawn: ${random.missing}` : `better than ${percent(random.percentile)} of ${groupedCount(random.draws)} random entries`
    ]),
    value: p,
    at: (tier) => {
      const isEarned = p < maxP[tier];
      const isRanked = rank === null || passing(above2(rank, minPercentile[tier]), "above") === "pass";
      return {
        state: isEarned && isRanked ? "pass" : "fail",
        threshold: threshold(tier),
        margin: rank === null ? maxP[tier] - p : null,
        reason: joined([
          !isEarned && `what it earns beyond ${figure(hold.beta)} times the market is within chance (${pValue(p)})`,
          !isRanked && `random entries of the same turnover do as well in ${percent(1 - (rank ?? 0))} of draws`
        ]),
        remedy: "timing that adds to being in the market, over a history long enough to show it"
      };
    }
  });
};

// engine/validate/gates/capacity.ts
var g16 = ({ capacity }, { G16: { maxMedianParticipation } }) => {
  const threshold = (tier) => `median participation at most ${percent(maxMedianParticipation[tier])}`;
  if (isMissing(capacity)) return notApplicable("G16", threshold, capacity.missing);
  const { medianParticipation: median2, largestParticipation, fills } = capacity;
  if (median2 === null) return notApplicable("G16", threshold, "no fill met a bar with volume");
  return gate("G16", {
    statistic: `median ${percent(median2, 3)} of volume, largest ${percent(largestParticipation, 2)}, of ${count(fills, "fill")}`,
    value: median2,
    at: (tier) => ({
      state: passing(maxMedianParticipation[tier] - median2, "reached"),
      threshold: threshold(tier),
      margin: maxMedianParticipation[tier] - median2,
      reason: `half of the fills take more than ${percent(median2, 2)} of the volume they meet`,
      remedy: `an account ${figure(median2 / maxMedianParticipation[tier], 1)} times smaller, or a market with more volume`
    })
  });
};

// engine/validate/gates/causality.ts
var g1 = ({ causality }, { G1: { minCuts } }) => {
  const threshold = `0 changed at ${minCuts} or more cuts`;
  if (isMissing(causality)) return notApplicable("G1", () => threshold, causality.missing, "give the strategy a form that can be evaluated on cut bars");
  const { leaks, cuts, compared } = causality;
  const changed = leaks.reduce((sum, leak) => sum + leak.changed, 0);
  return gate("G1", {
    statistic: `${changed} of ${count(compared, "decision")} changed over ${count(cuts, "cut")}`,
    value: changed,
    at: () => ({
      state: leaks.length === 0 && cuts >= minCuts && compared > 0 ? "pass" : "fail",
      threshold,
      margin: cuts >= minCuts && compared > 0 ? -changed : null,
      reason: joined([
        ...leaks.slice(0, 3).map(({ message }) => message),
        leaks.length > 3 && `and ${leaks.length - 3} more`,
        cuts < minCuts && `${count(cuts, "cut")} are too few to trust`,
        compared === 0 && "no decision was compared"
      ]),
      remedy: leaks.length > 0 ? `remove what reads ahead: ${[...new Set(leaks.map(({ name, subject }) => `${subject} (${name})`))].join(", ")}` : "test at more cuts"
    })
  });
};
var g1b = ({ stamps }, { G1b: rule }) => {
  const threshold = `not both |t| \u2265 ${rule.absT} and |partial r| \u2265 ${rule.absPartialR}`;
  if (isMissing(stamps)) return notApplicable("G1b", () => threshold, stamps.missing);
  if (stamps.length === 0) return notApplicable("G1b", () => threshold, "no column is joined to the bars");
  const worst = stamps.reduce((a, b) => Math.abs(b.t ?? 0) > Math.abs(a.t ?? 0) ? b : a);
  const named = (state2) => stamps.filter((stamp) => stampState(stamp, rule) === state2).map(({ column }) => column).join(", ");
  const state = ["fail", "warn", "pass"].find((one) => named(one) !== "") ?? "pass";
  return gate("G1b", {
    statistic: `largest load: ${worst.column} with t ${figure(worst.t, 1)} and partial r ${figure(worst.partialR)}`,
    value: worst.t,
    at: () => ({
      state,
      threshold,
      reason: `${named(state)} ${state === "fail" ? "knows" : "may know"} the bar that it is stamped before`,
      remedy: `stamp ${named(state)} when it was published, not when its period began`
    })
  });
};
function stampState({ t, partialR }, { absT, absPartialR }) {
  if (t === null || Math.abs(t) < absT) return "pass";
  return partialR !== null && Math.abs(partialR) < absPartialR ? "warn" : "fail";
}
var g3 = ({ causality }, { G3: { maxChangedFrac } }) => {
  const threshold = `at most ${percent(maxChangedFrac)} of decisions changed; bar by bar the same bits`;
  if (isMissing(causality)) return notApplicable("G3", () => threshold, causality.missing, "give the strategy a form that can be evaluated on other histories");
  const { warmup, incremental } = causality;
  const share = warmup.compared === 0 ? null : warmup.changed / warmup.compared;
  const isStable = share !== null && share <= maxChangedFrac;
  const isSame = incremental.changed === 0;
  return gate("G3", {
    statistic: `${percent(share, 2)} of decisions changed with a longer history; ${incremental.changed} of ${incremental.compared} bar by bar`,
    value: share,
    at: () => ({
      state: isStable && isSame ? "pass" : "fail",
      threshold,
      margin: isSame && share !== null ? maxChangedFrac - share : null,
      reason: joined([
        share === null && "no decision after the warm-up was compared with a longer history",
        share !== null && !isStable && `${count(warmup.changed, "decision")} of ${warmup.compared} depend on bars before the declared warm-up`,
        !isSame && `${count(incremental.changed, "decision")} of ${incremental.compared} differ when bars arrive one at a time`
      ]),
      remedy: isSame ? "declare a longer warmupBars" : "keep no state between calls, and compute each bar from the bars before it alone"
    })
  });
};

// engine/validate/gates/concentration.ts
var g12 = ({ concentration }, { G12: { minSharpeAnn } }) => {
  const threshold = (tier) => `each above ${figure(minSharpeAnn[tier], 1)}`;
  const parts = partsOf(concentration);
  if (parts.length === 0) return notApplicable("G12", threshold, reasonsOf(concentration));
  const least2 = parts.some(({ sharpeAnn: sharpeAnn2 }) => sharpeAnn2 === null) ? null : Math.min(...parts.map(({ sharpeAnn: sharpeAnn2 }) => sharpeAnn2 ?? 0));
  return gate("G12", {
    statistic: `Sharpe ${parts.map(({ what, sharpeAnn: sharpeAnn2 }) => `${figure(sharpeAnn2)} without ${what}`).join(", ")}`,
    value: least2,
    at: (tier) => {
      const gone = parts.filter(({ sharpeAnn: sharpeAnn2 }) => passing(above2(sharpeAnn2, minSharpeAnn[tier]), "above") === "fail").map(({ what }) => what);
      return {
        state: gone.length === 0 ? "pass" : "fail",
        threshold: threshold(tier),
        margin: above2(least2, minSharpeAnn[tier]),
        reason: `nothing is left without ${gone.join(" or ")}`,
        remedy: "more bets, or more markets, so that no single one carries the result"
      };
    }
  });
};
function partsOf({ withoutTopTrades, withoutBestMonth, withoutBestMarket }) {
  const parts = [];
  if (!isMissing(withoutTopTrades)) parts.push({ what: `the best ${count(withoutTopTrades.trades, "trade")}`, sharpeAnn: withoutTopTrades.sharpeAnn });
  if (!isMissing(withoutBestMonth)) parts.push({ what: `the best month (${withoutBestMonth.month})`, sharpeAnn: withoutBestMonth.sharpeAnn });
  if (!isMissing(withoutBestMarket)) parts.push({ what: `the best market (${withoutBestMarket.market})`, sharpeAnn: withoutBestMarket.sharpeAnn });
  return parts;
}
function reasonsOf(concentration) {
  return joined([...new Set(Object.values(concentration).map((part2) => isMissing(part2) && part2.missing))]);
}

// engine/validate/gates/costs.ts
var g9 = ({ costs, subject }, { G9: { multiple, minSharpeAnn, minBreakEvenMultiple } }) => {
  const threshold = (tier) => joined([`Sharpe above ${figure(minSharpeAnn[tier], 1)} at ${multiple} times the costs`, `break-even at ${minBreakEvenMultiple[tier]} times or more`]);
  if (isMissing(costs)) return notApplicable("G9", threshold, costs.missing);
  const point = costs.points.find((one) => one.multiple === multiple);
  if (point === void 0) return notApplicable("G9", threshold, `no curve at ${multiple} times the costs`);
  const breakEven = breakEvenOf(costs);
  const isUnbroken = breakEven !== null && costs.breakEvenMultiple === null;
  const breaks = breakEven === null ? "it loses even at the assumed costs" : `break-even is ${isUnbroken ? "above " : ""}${figure(breakEven, 1)} times the assumed costs`;
  return gate("G9", {
    statistic: `Sharpe ${figure(point.sharpeAnn)} at ${multiple} times the costs; ${breaks}`,
    value: breakEven,
    at: (tier) => {
      const sharpeState = passing(above2(point.sharpeAnn, minSharpeAnn[tier]), "above");
      const breakState = passing(above2(breakEven, minBreakEvenMultiple[tier]), "reached");
      return {
        state: sharpeState === "pass" && breakState === "pass" ? "pass" : "fail",
        threshold: threshold(tier),
        margin: sharpeState === "pass" ? above2(breakEven, minBreakEvenMultiple[tier]) : above2(point.sharpeAnn, minSharpeAnn[tier]),
        reason: joined([sharpeState === "fail" && `Sharpe ${figure(point.sharpeAnn)} at ${multiple} times the costs`, breakState === "fail" && breaks]),
        remedy: remedyOf(breakEven, Math.max(multiple, minBreakEvenMultiple[tier]), subject.config)
      };
    }
  });
};
function breakEvenOf({ points, breakEvenMultiple, largestTried }) {
  if (breakEvenMultiple !== null) return breakEvenMultiple;
  return points.every(({ totalReturn: totalReturn2 }) => totalReturn2 !== null && totalReturn2 > 0) ? largestTried : null;
}
function remedyOf(breakEven, needed, { costs: { takerFeeBps, halfSpreadBps, slippageBps }, fees }) {
  if (breakEven === null || breakEven <= 0) return "trade less often, or more for each trade: no cost above zero is earned";
  const assumed = takerFeeBps + halfSpreadBps + slippageBps;
  const allowed = breakEven / needed * assumed;
  const fee = allowed - halfSpreadBps - slippageBps;
  const less = fees !== null ? `costs ${figure(needed / breakEven, 1)} times lower` : fee >= 0 ? `fees of ${figure(fee, 1)} bps instead of ${takerFeeBps}` : `costs of ${figure(allowed, 1)} bps a side instead of ${figure(assumed, 1)}`;
  return `break-even is ${figure(breakEven, 1)} times the assumed costs: ${less}, or fewer trades for the same profit`;
}

// engine/validate/gates/latency.ts
var g2 = ({ latency, outOfSample: outOfSample2 }, { G2: rule }) => {
  const lag2 = count(rule.lagBars, "bar");
  const threshold = (tier) => joined([
    `Sharpe above 0 with ${lag2} of extra lag, and not less than ${percent(rule.minRatio, 0)} of it with t above ${rule.pairedT}`,
    tier === "live" && "net Sharpe above 0 at the declared latency"
  ]);
  if (isMissing(latency)) return notApplicable("G2", threshold, latency.missing);
  const point = latency.find(({ lagBars }) => lagBars === rule.lagBars);
  if (point === void 0) return notApplicable("G2", threshold, `no curve with ${lag2} of extra lag`);
  const { sharpeAnn: sharpeAnn2, ratio, pairedT } = point;
  const isLost = sharpeAnn2 === null || sharpeAnn2 <= 0;
  const isSteep = ratio !== null && ratio < rule.minRatio && pairedT !== null && pairedT > rule.pairedT;
  const isShaky = ratio !== null && ratio < rule.warnRatio;
  return gate("G2", {
    statistic: `Sharpe ${figure(sharpeAnn2)} with ${lag2} of extra lag, ${percent(ratio, 0)} of that without`,
    value: ratio,
    at: (tier) => {
      const isNegative = tier === "live" && !((outOfSample2.sharpeAnn ?? 0) > 0);
      return {
        state: isLost || isSteep || isNegative ? "fail" : isShaky ? "warn" : "pass",
        threshold: threshold(tier),
        reason: joined([
          isLost && `nothing is left after ${lag2}`,
          !isLost && (isSteep || isShaky) && `${percent(1 - (ratio ?? 0), 0)} of the Sharpe ratio is lost in ${lag2}`,
          isNegative && "the net Sharpe ratio at the declared latency is not positive"
        ]),
        remedy: "check that no decision reads the bar on which it trades; otherwise trade a slower signal, or shorten the latency"
      };
    }
  });
};

// engine/validate/gates/live-models.ts
var g15 = () => notApplicable("G15", () => "correlation with each live model below 0.85", "no live model is known to a study; judged at promotion");
var g17 = () => notApplicable("G17", () => "calibration error inside its bootstrap", "the strategy states no probabilities; judged where grades are calibrated");

// engine/validate/gates/overfit.ts
var g8 = ({ overfit }, { G8: { maxProbabilityOfLoss } }) => {
  const threshold = (tier) => `P(loss) at most ${percent(maxProbabilityOfLoss[tier], 0)}`;
  if (isMissing(overfit)) return notApplicable("G8", threshold, overfit.missing, "search at least two points over a longer window");
  const { probabilityOfLoss, combinations, pbo } = overfit;
  return gate("G8", {
    statistic: `the in-sample winner loses in ${percent(probabilityOfLoss)} of ${groupedCount(combinations)} splits; PBO ${percent(pbo, 0)}`,
    value: probabilityOfLoss,
    at: (tier) => ({
      state: passing(maxProbabilityOfLoss[tier] - probabilityOfLoss, "reached"),
      threshold: threshold(tier),
      margin: maxProbabilityOfLoss[tier] - probabilityOfLoss,
      reason: `choosing the best in sample loses out of sample in ${percent(probabilityOfLoss)} of splits`,
      remedy: "fewer or more alike points, chosen before looking, or a longer history"
    })
  });
};

// engine/validate/gates/plateau.ts
var g10 = ({ plateau }, { G10: { minNeighbours, minRatio } }) => {
  const threshold = (tier) => `median of ${minNeighbours} or more neighbours at least ${percent(minRatio[tier], 0)} of the chosen`;
  if (isMissing(plateau)) return notApplicable("G10", threshold, plateau.missing);
  const { ratio, median: median2, chosen } = plateau;
  const defined = plateau.neighbours.filter(({ sharpeAnn: sharpeAnn2 }) => sharpeAnn2 !== null).length;
  if (defined < minNeighbours) return notApplicable("G10", threshold, `${count(defined, "neighbour")} with a defined Sharpe ratio: a plateau needs ${minNeighbours}`, "search a finer grid");
  return gate("G10", {
    statistic: `median Sharpe of ${count(defined, "neighbour")} ${figure(median2)}, chosen ${figure(chosen)}: ${percent(ratio, 0)}`,
    value: ratio,
    at: (tier) => ({
      state: passing(above2(ratio, minRatio[tier]), "reached"),
      threshold: threshold(tier),
      margin: above2(ratio, minRatio[tier]),
      reason: ratio === null ? "the chosen point has no positive Sharpe ratio" : `one step away ${percent(1 - ratio, 0)} of the Sharpe ratio is gone`,
      remedy: "choose among points whose neighbours earn too"
    })
  });
};

// engine/validate/gates/regimes.ts
var g14 = ({ regimes }, { G14: { maxShockLossFrac, rareShare } }) => {
  const threshold = (tier) => `no shock loses more than ${percent(maxShockLossFrac[tier], 0)}; no regime of ${percent(rareShare, 0)} of the days or fewer holds all the profit`;
  if (isMissing(regimes)) return notApplicable("G14", threshold, regimes.missing);
  const { shocks } = regimes;
  const alone = regimes.regimes.filter(({ profitShare }) => profitShare !== null && profitShare >= 1);
  if (shocks.length === 0 && regimes.regimes.length === 0) return notApplicable("G14", threshold, "no named shock and no regime lies in the out-of-sample window");
  const worst = shocks.length === 0 ? null : shocks.reduce((a, b) => b.totalReturn < a.totalReturn ? b : a);
  const rare = alone.filter(({ share }) => share <= rareShare);
  const names = alone.map(({ name }) => name).join(", ");
  return gate("G14", {
    statistic: joined([
      worst === null ? "no named shock in the window" : `worst shock ${worst.name}: ${percent(worst.totalReturn)}`,
      alone.length === 0 ? "no regime holds all the profit" : `all the profit in: ${names}`
    ]),
    value: worst?.totalReturn ?? null,
    at: (tier) => {
      const deep = shocks.filter(({ totalReturn: totalReturn2 }) => -totalReturn2 > maxShockLossFrac[tier]);
      return {
        state: deep.length > 0 || rare.length > 0 ? "fail" : alone.length > 0 ? "warn" : "pass",
        threshold: threshold(tier),
        reason: joined([
          deep.length > 0 && `loses ${deep.map(({ name, totalReturn: totalReturn2 }) => `${percent(-totalReturn2)} in ${name}`).join(", ")}`,
          alone.length > 0 && `the other regimes lose what ${names} earns beyond the total`
        ]),
        remedy: deep.length > 0 ? "less exposure, or a stop that is filled in such bars" : "trade only in the regime that pays, and say so in the claim"
      };
    }
  });
};

// engine/validate/gates/reproduction.ts
var THRESHOLD = "nothing differs";
var g0 = ({ reproduction }) => {
  if (isMissing(reproduction)) return notApplicable("G0", () => THRESHOLD, reproduction.missing, "run the study again from its specification");
  const { differs } = reproduction;
  return gate("G0", {
    statistic: differs.length === 0 ? "the replay is identical" : `${count(differs.length, "field")} of the replay differ${differs.length === 1 ? "s" : ""}`,
    value: differs.length,
    at: () => ({
      state: differs.length === 0 ? "pass" : "fail",
      threshold: THRESHOLD,
      margin: -differs.length,
      reason: `differs in ${differs.join(", ")}`,
      remedy: "restore the data and code that the study names, or run the study anew on those at hand"
    })
  });
};

// engine/validate/gates/sample.ts
var g4 = ({ sample: { days, bets } }, { G4: { minDays, minBets } }) => gate("G4", {
  statistic: `${count(Math.round(days), "day")} out of sample, ${figure(bets, 0)} bets`,
  value: days,
  at: (tier) => {
    const moreDays = Math.max(0, Math.ceil(minDays[tier] - days));
    const moreBets = bets === null ? minBets[tier] : Math.max(0, Math.ceil(minBets[tier] - bets));
    return {
      state: moreDays === 0 && moreBets === 0 ? "pass" : "fail",
      threshold: `at least ${minDays[tier]} days and ${minBets[tier]} bets`,
      reason: joined([moreDays > 0 && `${count(Math.round(days), "day")} are too few`, moreBets > 0 && `${figure(bets, 0)} bets are too few`]),
      remedy: joined([moreDays > 0 && `${count(moreDays, "day")} more out of sample`, moreBets > 0 && `${count(moreBets, "bet")} more`], " and ")
    };
  }
});

// engine/validate/gates/search.ts
var g7 = ({ search, outOfSample: { periodsPerYear } }, { G7: { maxP } }) => {
  const threshold = (tier) => `Reality Check p at most ${maxP[tier]}`;
  if (isMissing(search)) return notApplicable("G7", threshold, search.missing, "keep the returns of every trial of the claim");
  const { ledgerTrials, realityCheck, trials, dsr } = search;
  if (isMissing(ledgerTrials)) return notApplicable("G7", threshold, ledgerTrials.missing, "run the searches of this claim with the trial ledger on");
  const others = Math.max(1, ledgerTrials.n / trials);
  const p = Math.min(1, realityCheck.p * others);
  return gate("G7", {
    statistic: joined([
      `Reality Check ${pValue(p)} over ${count(trials, "trial")}`,
      others > 1 && `of the claim\u2019s ${ledgerTrials.n}, raised ${figure(others)} times for those not in it`,
      `DSR ${figure(dsr)}`
    ], ", "),
    value: p,
    at: (tier) => ({
      state: passing(maxP[tier] - p, "reached"),
      threshold: threshold(tier),
      margin: maxP[tier] - p,
      reason: `as good a best of ${count(trials, "trial")} without skill comes in ${figure(100 * p, 1)} of 100 searches`,
      remedy: remedyOf2(search, maxP[tier] / others, search.days / periodsPerYear)
    })
  });
};
function remedyOf2({ realityCheck: { null: maxima, observed } }, p, years2) {
  const critical = quantile(maxima, 1 - p);
  const advice = "or fewer points, chosen before looking; never the same data searched again";
  if (critical === null || observed <= 0) return `a history not yet searched, ${advice}`;
  return `${moreYears(years2, (critical / observed) ** 2, "strength")}, ${advice}`;
}

// engine/validate/gates/sharpe.ts
var NO_STRENGTH = "nothing but another idea: the Sharpe ratio itself is not above the threshold";
var g5 = ({ outOfSample: outOfSample2 }, { G5: { confidence, minSharpeAnn } }) => {
  const { observations, periodsPerYear, bootstrap } = outOfSample2;
  const { estimate, lower95, lower99 } = bootstrap.sharpeAnn;
  return gate("G5", {
    statistic: `Sharpe ${figure(outOfSample2.sharpeAnn)}; lower bounds ${figure(lower95)} (95 %) and ${figure(lower99)} (99 %)`,
    value: lower95,
    at: (tier) => {
      const bound = confidence[tier] === 0.99 ? lower99 : lower95;
      const least2 = minSharpeAnn[tier];
      const isHopeful = estimate !== null && bound !== null && estimate > least2;
      return {
        state: passing(above2(bound, least2), "above"),
        threshold: `${percent(confidence[tier], 0)} lower bound above ${figure(least2, 1)}`,
        margin: above2(bound, least2),
        reason: bound === null ? "the Sharpe ratio is undefined" : `the ${percent(confidence[tier], 0)} lower bound is ${figure(bound)}`,
        remedy: isHopeful ? moreYears(observations / periodsPerYear, ((estimate - bound) / (estimate - least2)) ** 2, "Sharpe ratio") : NO_STRENGTH
      };
    }
  });
};
var g6 = ({ outOfSample: outOfSample2 }, { G6: { minPsr } }) => {
  const { psr, minTrackRecordYears, observations, periodsPerYear } = outOfSample2;
  return gate("G6", {
    statistic: `P(true Sharpe > 0) is ${percent(psr)}`,
    value: psr,
    at: (tier) => {
      const years2 = observations / periodsPerYear;
      const needed = minTrackRecordYears === null ? null : minTrackRecordYears * (probit(minPsr[tier]) / probit(0.95)) ** 2;
      return {
        state: passing(above2(psr, minPsr[tier]), "reached"),
        threshold: `at least ${percent(minPsr[tier], 1)}`,
        margin: above2(psr, minPsr[tier]),
        reason: psr === null ? "the Sharpe ratio is undefined" : `a true Sharpe ratio of zero or less has a probability of ${percent(1 - psr)}`,
        remedy: needed === null ? NO_STRENGTH : `${moreYears(years2, needed / years2, "Sharpe ratio")}: ${figure(needed, 1)} instead of ${figure(years2, 1)}`
      };
    }
  });
};

// engine/validate/gates/walk-forward.ts
var g11 = ({ walkForward: walkForward2 }, { G11: { minEfficiency, minPositiveShare } }) => {
  const { efficiency, efficiencyReason, windows, positiveWindows } = walkForward2;
  const share = windows === 0 ? null : positiveWindows / windows;
  return gate("G11", {
    statistic: `${percent(efficiency, 0)} of the in-sample growth a year; ${positiveWindows} of ${windows} windows earn`,
    value: efficiency,
    at: (tier) => {
      const [kept, often] = [passing(above2(efficiency, minEfficiency[tier]), "reached"), passing(above2(share, minPositiveShare[tier]), "reached")];
      return {
        state: kept === "pass" && often === "pass" ? "pass" : "fail",
        threshold: `efficiency at least ${percent(minEfficiency[tier], 0)} and ${percent(minPositiveShare[tier], 0)} of windows positive`,
        reason: joined([
          kept === "fail" && (efficiency === null ? efficiencyReason ?? "the efficiency is undefined" : `only ${percent(efficiency, 0)} of the in-sample growth arrives`),
          often === "fail" && `only ${percent(share, 0)} of windows earn`
        ]),
        remedy: "fewer parameters, longer train windows, or a rule that holds over time"
      };
    }
  });
};

// engine/validate/gates/index.ts
var GATES = {
  G0: g0,
  G1: g1,
  G1b: g1b,
  G2: g2,
  G3: g3,
  G4: g4,
  G5: g5,
  G6: g6,
  G7: g7,
  G8: g8,
  G9: g9,
  G10: g10,
  G11: g11,
  G12: g12,
  G13: g13,
  G14: g14,
  G15: g15,
  G16: g16,
  G17: g17
};

// engine/validate/verdict.ts
var GATE_IDS = [
  "G0",
  "G1",
  "G1b",
  "G2",
  "G3",
  "G4",
  "G5",
  "G6",
  "G7",
  "G8",
  "G9",
  "G10",
  "G11",
  "G12",
  "G13",
  "G14",
  "G15",
  "G16",
  "G17"
];

// engine/validate/policy.ts
var REQUIRED = ["G0", "G1", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G11", "G12", "G13"];
var POLICY = {
  version: "assay-policy/1",
  required: { shadow: REQUIRED, live: REQUIRED },
  G1: { minCuts: 20 },
  G1b: { absT: 4, absPartialR: 0.08 },
  G2: { lagBars: 1, minRatio: 0.35, pairedT: 2.33, warnRatio: 0.5 },
  G3: { maxChangedFrac: 1e-3 },
  G4: { minDays: { shadow: 365, live: 730 }, minBets: { shadow: 30, live: 60 } },
  G5: { confidence: { shadow: 0.95, live: 0.99 }, minSharpeAnn: { shadow: 0, live: 0 } },
  // 99 % lets 0.7 % of 1,500 searches of 200 almost identical trials without skill (correlation 0.95, 4 years) be live: the others then say what this says.
  G6: { minPsr: { shadow: 0.95, live: 0.995 } },
  G7: { maxP: { shadow: 0.2, live: 0.05 } },
  G8: { maxProbabilityOfLoss: { shadow: 0.25, live: 0.1 } },
  G9: { multiple: 2, minSharpeAnn: { shadow: 0, live: 0 }, minBreakEvenMultiple: { shadow: 1, live: 2.5 } },
  G10: { minNeighbours: 3, minRatio: { shadow: 0.5, live: 0.5 } },
  G11: { minEfficiency: { shadow: 0.25, live: 0.25 }, minPositiveShare: { shadow: 0.55, live: 0.55 } },
  G12: { minSharpeAnn: { shadow: 0, live: 0 } },
  G13: { maxP: { shadow: 0.05, live: 0.01 }, minPercentile: { shadow: 0.95, live: 0.95 } },
  G14: { maxShockLossFrac: { shadow: 0.3, live: 0.3 }, rareShare: 0.25 },
  G16: { maxMedianParticipation: { shadow: 0.01, live: 0.01 } }
};
function policyHash(policy) {
  return contentId(policy);
}
var POLICY_GATES = GATE_IDS.filter((id) => id in POLICY);

// engine/validate/judge.ts
function judge(evidence, policy = POLICY) {
  const gates = GATE_IDS.map((id) => GATES[id](evidence, policy));
  const [shadow, live] = ["shadow", "live"].map((tier) => gates.filter((gate2) => blocks(gate2, tier, policy)));
  const decision = shadow.length > 0 ? "reject" : live.length > 0 ? "shadow" : "live-eligible";
  return {
    decision,
    gates,
    blocking: (decision === "reject" ? shadow : live).map(({ id }) => id),
    policy: { version: policy.version, hash: policyHash(policy) }
  };
}
function blocks(gate2, tier, policy) {
  const { state } = gate2[tier];
  return state === "fail" || state === "n/a" && policy.required[tier].includes(gate2.id);
}

// engine/validate/robustness/ema-baseline.ts
var SLOW_BARS = 48;
var WARMUP_BARS = 5 * SLOW_BARS;

// engine/validate/stamp-test.ts
var REACH = 2;
var OWN = 1 + REACH;

// engine/validate/cscv/overfit-evidence.ts
import { median } from "simple-statistics";

// engine/validate/cscv/overfit-probability.ts
import { linearRegression as linearRegression2, rSquared } from "simple-statistics";

// engine/pool/task.ts
var DEFAULT_INDICATOR_BYTES = 256 * 1024 * 1024;

// engine/pool/permutation-pool.ts
var BATCH_BYTES = 256 * 1024 * 1024;

// engine/pool/trial-returns-pool.ts
var MOST_BYTES = 2 ** 30;

// grading/monitors/decide.ts
var DEMOTING = ["T0", "T1", "T2", "T5", "T6", "T7", "T8", "T11"];
var MEASURED = ["T5", "T6", "T7"];
function isCalm(readings, { recovery: { calmFrac } }) {
  return readings.every(({ id, state, value, watchAt }) => {
    if (!DEMOTING.includes(id)) return true;
    if (state === "watch" || state === "suspend") return false;
    return !MEASURED.includes(id) || value === null || watchAt === null || Math.abs(value) < calmFrac * Math.abs(watchAt);
  });
}
function decide(health, calmDays, policy) {
  const { state, monitors } = health;
  const worst = (level) => monitors.find((one) => one.state === level && DEMOTING.includes(one.id));
  const suspending = worst("suspend");
  if (suspending !== void 0 && (state === "SHADOW" || state === "LIVE" || state === "WATCH")) return moved(health, "SUSPENDED", suspending);
  const watching = worst("watch");
  if (watching !== void 0 && state === "LIVE") return moved(health, "WATCH", watching);
  const { recovery } = policy;
  if (state !== "WATCH" || calmDays < recovery.calmDays) return null;
  const cusum = monitors.find(({ id }) => id === "T6");
  return {
    model: health.model,
    from: "WATCH",
    to: "LIVE",
    reason: `every statistic below ${recovery.calmFrac} of its line for ${calmDays} days`,
    actor: "T6",
    statistic: cusum?.name ?? null,
    value: cusum?.value ?? null,
    threshold: cusum?.watchAt === null || cusum === void 0 ? null : recovery.calmFrac * cusum.watchAt,
    evidenceSha256: sha256(canonicalJson(health))
  };
}
function moved(health, to, { id, name, value, watchAt, suspendAt, reason }) {
  return {
    model: health.model,
    from: health.state,
    to,
    reason,
    actor: id,
    statistic: name,
    value,
    threshold: to === "SUSPENDED" ? suspendAt ?? watchAt : watchAt,
    evidenceSha256: sha256(canonicalJson(health))
  };
}

// grading/monitors/reading.ts
var NAMES = {
  T0: "integrity",
  T1: "reconciliation",
  T2: "costs",
  T3: "features",
  T4: "score drift",
  T5: "IC CUSUM",
  T6: "profit CUSUM",
  T7: "drawdown",
  T8: "Sharpe posterior",
  T9: "shortfall evidence",
  T10: "calibration",
  T11: "expiry"
};
function reading(id, part2) {
  const { state, value, watchAt = null, suspendAt = null, n, reason } = part2;
  return { id, name: NAMES[id], state, value, watchAt, suspendAt, n, reason };
}
function notApplicable2(id, reason, n = 0) {
  return reading(id, { state: "n/a", value: null, n, reason });
}
function stateAbove(value, watchAt, suspendAt) {
  if (suspendAt !== null && value > suspendAt) return "suspend";
  return value > watchAt ? "watch" : "ok";
}
function figure2(value) {
  return String(Number(value.toPrecision(4)));
}
function percent2(share) {
  return `${figure2(100 * share)} %`;
}

// grading/monitors/integrity.ts
var NEW_LOG = { last: null, incidents: [] };
var KEPT_DAYS = 60;
var KEPT_INCIDENTS = 500;
function pushBarEntry(log, entry) {
  if (entry.type === "gap") return withIncident(log, { kind: "gap", fromMs: entry.payload.fromMs, toMs: entry.payload.toMs, seenMs: entry.tsMs });
  const bar = entry.payload;
  const kind = entry.type === "bar_late" ? lateKind(log, bar) : receivedKind(log, bar, entry.tsMs);
  const isNewest = entry.type === "bar_received" && (log.last === null || bar.openTimeMs >= log.last.openTimeMs);
  const moved2 = isNewest ? { ...log, last: { openTimeMs: bar.openTimeMs, revision: bar.revision } } : log;
  return kind === null ? moved2 : withIncident(moved2, { kind, fromMs: bar.openTimeMs, toMs: closeTimeMs(bar), seenMs: entry.tsMs });
}
function lateKind({ incidents }, { openTimeMs }) {
  return incidents.some(({ kind, fromMs, toMs }) => kind === "gap" && fromMs <= openTimeMs && openTimeMs < toMs) ? null : "late";
}
function receivedKind({ last }, bar, tsMs) {
  if (tsMs < closeTimeMs(bar)) return "clock";
  if (last !== null && bar.openTimeMs === last.openTimeMs && bar.revision <= last.revision) return "duplicate";
  if (bar.revision > 0) return "revised";
  return last !== null && bar.openTimeMs < last.openTimeMs ? "disorder" : null;
}
function withIncident(log, incident) {
  const kept = log.incidents.filter(({ seenMs }) => seenMs > incident.seenMs - KEPT_DAYS * DAY_MS);
  return { ...log, incidents: [...kept, incident].slice(-KEPT_INCIDENTS) };
}
function isTouched(incidents, closeMs, memoryMs) {
  return incidents.some(({ fromMs }) => fromMs < closeMs && fromMs >= closeMs - memoryMs);
}
function readIntegrity({ version, strategy }, logs, atMs, { T0 }) {
  if (strategy.id !== version.strategy.id) {
    return reading("T0", { state: "suspend", value: null, suspendAt: T0.suspendCount, n: 1, reason: `the strategy that runs is ${strategy.id}, not ${version.strategy.id}` });
  }
  if (logs.size === 0) return notApplicable2("T0", "no market graded yet");
  const recent = [...logs].map(([market, { incidents }]) => ({ market, seen: incidents.filter(({ seenMs }) => seenMs > atMs - T0.windowDays * DAY_MS && seenMs <= atMs) }));
  const worst = recent.reduce((most, one) => one.seen.length > most.seen.length ? one : most);
  const value = worst.seen.length;
  const otherEngine = version.env.engineVersion === ENGINE_VERSION ? "" : `; promoted by engine ${version.env.engineVersion}, run by ${ENGINE_VERSION}`;
  const what = value === 0 ? "no gap, late, revised or repeated bar" : `${worst.market}: ${countsOf(worst.seen)}`;
  const state = value >= T0.suspendCount ? "suspend" : value > 0 || otherEngine !== "" ? "warn" : "ok";
  return reading("T0", { state, value, suspendAt: T0.suspendCount, n: logs.size, reason: `${what} in ${T0.windowDays} days${otherEngine}` });
}
function countsOf(incidents) {
  const counts = /* @__PURE__ */ new Map();
  for (const { kind } of incidents) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count2]) => `${count2} ${kind}`).join(", ");
}
function marketOfBarEntry(entry) {
  return marketKey(entry.type === "gap" ? entry.payload.market : entry.payload);
}

// grading/monitors/e-process.ts
var SHARES = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];
var NO_EVIDENCE = { logWealth: SHARES.map(() => 0), peak: 1, n: 0 };
function evidenceOf({ logWealth }) {
  return Math.min(Number.MAX_VALUE, logWealth.reduce((sum, log) => sum + Math.exp(log), 0) / logWealth.length);
}
function pushCost(process2, cost, limit) {
  const excess2 = Math.max(0, cost) / limit - 1;
  return pushed(process2, (share) => Math.log1p(share * excess2));
}
function pushShortfall(process2, z, good) {
  return pushed(process2, (share) => {
    const stake = share / 2;
    return influence(stake * (good - z)) - stake * stake / 2;
  });
}
function influence(x) {
  return x >= 0 ? Math.log1p(x + x * x / 2) : -Math.log1p(-x + x * x / 2);
}
function pushed(process2, growth) {
  const next = { logWealth: SHARES.map((share, i) => process2.logWealth[i] + growth(share)), peak: process2.peak, n: process2.n + 1 };
  return { ...next, peak: Math.max(process2.peak, evidenceOf(next)) };
}

// grading/monitors/costs.ts
var NO_COSTS = { n: 0, sum: 0, evidence: NO_EVIDENCE };
function costMultiple({ feeQuote, slippageQuote, qtyBase, price }, { grade: { roundTripCost } }) {
  const notional = Math.abs(qtyBase * price);
  return roundTripCost > 0 && notional > 0 ? (feeQuote + slippageQuote) / notional / (roundTripCost / 2) : null;
}
function pushFill(record, fill, version) {
  const multiple = costMultiple(fill, version);
  if (multiple === null) return record;
  const limit = version.oos.breakEvenMultiple;
  const evidence = limit !== null && limit > 0 ? pushCost(record.evidence, multiple, limit) : record.evidence;
  return { n: record.n + 1, sum: record.sum + multiple, evidence };
}
function readCosts({ n, sum, evidence }, { oos: { breakEvenMultiple } }, { T2 }) {
  if (n === 0) return notApplicable2("T2", "no fill of a paper account yet");
  const facts = `fills cost ${figure2(sum / n)} times what was modelled`;
  if (breakEvenMultiple === null || !(breakEvenMultiple > 0)) return notApplicable2("T2", `${facts}; no break-even multiple was measured`, n);
  if (n < T2.minFills) return notApplicable2("T2", `${facts}; ${n} of ${T2.minFills} fills`, n);
  const value = evidenceOf(evidence);
  return reading("T2", { state: value >= T2.evidence ? "watch" : "ok", value, watchAt: T2.evidence, n, reason: `${facts}, break-even ${figure2(breakEvenMultiple)} times` });
}

// grading/monitors/kolmogorov.ts
function shareBelow(quantiles, x) {
  const last = quantiles.length - 1;
  if (x < quantiles[0]) return 0;
  if (x >= quantiles[last]) return 1;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = low + high >> 1;
    if (quantiles[middle] <= x) low = middle;
    else high = middle;
  }
  return (low + (x - quantiles[low]) / (quantiles[high] - quantiles[low])) / last;
}
function ksDistance(values2, quantiles) {
  const n = values2.length;
  if (n === 0 || quantiles.length < 2) return null;
  const sorted = values2.toSorted((a, b) => a - b);
  let distance = 0;
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && sorted[end] === sorted[i]) end++;
    distance = Math.max(distance, end / n - shareBelow(quantiles, sorted[i]), shareStrictlyBelow(quantiles, sorted[i]) - i / n);
    i = end;
  }
  return distance;
}
function midShare(quantiles, x) {
  return (shareStrictlyBelow(quantiles, x) + shareBelow(quantiles, x)) / 2;
}
function shareStrictlyBelow(quantiles, x) {
  const first = quantiles.indexOf(x);
  return first === -1 ? shareBelow(quantiles, x) : first / (quantiles.length - 1);
}
function ksPValue(distance, n) {
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  if (lambda < 0.3) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j++) sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}
function effectiveCount(n, rho) {
  const dependence = Math.max(0, Math.min(0.999, rho ?? 0));
  return Math.max(1, Math.min(n, n * (1 - dependence) / (1 + dependence)));
}

// grading/monitors/stability-index.ts
var BINS = 10;
function stabilityIndex(values2, quantiles) {
  const n = values2.length;
  if (n === 0 || quantiles.length < 2) return null;
  const counts = Array.from({ length: BINS }, () => 0);
  for (const x of values2) counts[Math.min(BINS - 1, Math.floor(shareBelow(quantiles, x) * BINS))]++;
  return populationStability(counts.map((count2) => count2 / n), counts.map(() => 1 / BINS), 0.5 / n);
}
function populationStability(actual, expected, floor) {
  return actual.reduce((sum, share, i) => {
    const a = Math.max(share, floor);
    const e = Math.max(expected[i], floor);
    return sum + (a - e) * Math.log(a / e);
  }, 0);
}
function stabilityNoise(n) {
  const freedom = BINS - 1;
  const third = 2 / (9 * freedom);
  return freedom * (1 - third + probit(0.95) * Math.sqrt(third)) ** 3 / n;
}

// grading/monitors/drift-sample.ts
function pushDriftDay(days, samples, windowDays) {
  if (samples.length === 0) return days;
  const values2 = samples.filter((value) => value !== null);
  return [...days, { values: values2, missing: samples.length - values2.length }].slice(-windowDays);
}
function driftOf(days, quantiles, psiAt) {
  const values2 = days.flatMap((day) => day.values);
  const distance = ksDistance(values2, quantiles);
  const psi = stabilityIndex(values2, quantiles);
  if (distance === null || psi === null) return null;
  const means = days.flatMap((day) => day.values.length === 0 ? [] : [day.values.reduce((sum, x) => sum + x, 0) / day.values.length]);
  const nEffective = effectiveCount(means.length, means.length > 2 ? autocorrelation1(means) : null);
  const missing2 = days.reduce((sum, day) => sum + day.missing, 0);
  return { distance, p: ksPValue(distance, nEffective), psi, psiLimit: Math.max(psiAt, stabilityNoise(nEffective)), nEffective, missingRate: missing2 / (missing2 + values2.length) };
}
function qValues(drifts) {
  return adjustPValues(drifts.map(({ p }) => p), "benjamini-hochberg");
}
function dissimilarity(point, reference) {
  const parts = Object.entries(reference).flatMap(([name, quantiles]) => {
    const x = point[name] ?? null;
    const typical = meanDistance(quantiles);
    if (x === null || !(typical > 0)) return [];
    return [(Math.max(0, quantiles[0] - x, x - quantiles[quantiles.length - 1]) / typical) ** 2];
  });
  return parts.length === 0 ? null : Math.sqrt(parts.reduce((sum, part2) => sum + part2, 0) / parts.length);
}
function meanDistance(sorted) {
  const n = sorted.length;
  if (n < 2) return 0;
  return 2 * sorted.reduce((sum, x, i) => sum + (2 * i - n + 1) * x, 0) / (n * (n - 1));
}

// grading/monitors/drift.ts
function readFeatures(samples, { reference: { features } }, { T3 }) {
  const known = Object.entries(features).flatMap(([name, quantiles]) => {
    const drift = driftOf(samples.get(name) ?? [], quantiles, T3.psi);
    return drift === null ? [] : [{ name, drift }];
  });
  if (known.length === 0) return notApplicable2("T3", "no live values of the inputs");
  const ready = known.filter(({ drift }) => drift.nEffective >= T3.minSamples || drift.missingRate > T3.missingRate);
  const n = Math.floor(Math.min(...known.map(({ drift }) => drift.nEffective)));
  if (ready.length === 0) return notApplicable2("T3", `${n} of ${T3.minSamples} days that are worth independent ones`, n);
  const q = qValues(ready.map(({ drift }) => drift));
  const drifting = ready.filter(({ drift }, i) => isDrifting(drift, q[i], T3));
  const value = drifting.length / known.length;
  const reason = drifting.length === 0 ? `${known.length} inputs as they were` : `drifting: ${drifting.map(({ name, drift }) => `${name} (PSI ${figure2(drift.psi)}, missing ${percent2(drift.missingRate)})`).join(", ")}`;
  return reading("T3", { state: value > T3.driftingShare ? "warn" : "ok", value, n, reason });
}
function isDrifting({ psi, psiLimit, missingRate, nEffective }, q, { falseDiscovery, missingRate: most, minSamples }) {
  return missingRate > most || nEffective >= minSamples && (psi > psiLimit || q < falseDiscovery);
}
function readScores(days, today, { reference }, { T4 }) {
  const drift = driftOf(days, reference.score, Number.POSITIVE_INFINITY);
  if (drift === null) return notApplicable2("T4", "no live score yet");
  const distances = today.flatMap((inputs2) => dissimilarity(inputs2, { ...reference.features, score: reference.score }) ?? []);
  const distance = distances.length === 0 ? null : Math.max(...distances);
  const isStrange = distance !== null && distance > T4.dissimilarity;
  const inputs = distance === null ? "" : `; dissimilarity ${figure2(distance)}${isStrange ? ": abstain" : ""}`;
  const n = Math.floor(drift.nEffective);
  if (drift.nEffective < T4.minSamples) {
    if (!isStrange) return notApplicable2("T4", `${n} of ${T4.minSamples} days that are worth independent ones${inputs}`, n);
    return reading("T4", { state: "warn", value: null, n, reason: `inputs beyond what the model has seen${inputs}` });
  }
  return reading("T4", { state: drift.p < T4.p || isStrange ? "warn" : "ok", value: drift.p, n, reason: `KS distance ${figure2(drift.distance)}, p ${figure2(drift.p)}${inputs}` });
}

// grading/monitors/expiry.ts
function readExpiry({ expiry: { validUntilMs, retrainEveryDays }, promotedAtMs }, atMs) {
  const ageDays = (atMs - promotedAtMs) / DAY_MS;
  const suspendAt = (validUntilMs - promotedAtMs) / DAY_MS;
  const common = { value: ageDays, suspendAt, n: 1 };
  if (atMs > validUntilMs) return reading("T11", { ...common, state: "suspend", reason: `stale: valid until ${formatTime(validUntilMs)}; a new version takes its place` });
  if (retrainEveryDays > 0 && ageDays > retrainEveryDays) return reading("T11", { ...common, state: "warn", reason: `retraining every ${retrainEveryDays} days is overdue` });
  return reading("T11", { ...common, state: "ok", reason: `valid until ${formatTime(validUntilMs)}` });
}

// grading/monitors/sharpe-posterior.ts
function sharpePrior(sharpeAnn2, sharpeErrorAnn, haircut) {
  if (sharpeAnn2 === null) return null;
  const sd = Math.max(haircut * Math.abs(sharpeAnn2), sharpeErrorAnn ?? 0);
  return sd > 0 ? { mean: haircut * sharpeAnn2, sd } : null;
}
function updateSharpe({ mean, sd }, estimate, error) {
  const prior = 1 / (sd * sd);
  const live = 1 / (error * error);
  return { mean: (prior * mean + live * estimate) / (prior + live), sd: Math.sqrt(1 / (prior + live)) };
}
function probabilityAbove({ mean, sd }, sharpeAnn2) {
  return normalCdf((mean - sharpeAnn2) / sd);
}
var NO_RETURNS = { n: 0, sum: 0, squares: 0 };
function pushReturn({ n, sum, squares }, r) {
  return { n: n + 1, sum: sum + r, squares: squares + r * r };
}
function liveSharpe({ n, sum, squares }, promisedSd, priorDays, periodsPerYear) {
  const mean = sum / n;
  const spread = Math.max(0, squares - n * mean * mean);
  const sd = Math.sqrt((priorDays * promisedSd * promisedSd + spread) / (priorDays + n));
  return { estimate: mean / sd * Math.sqrt(periodsPerYear), error: Math.sqrt(periodsPerYear / n) };
}

// grading/monitors/model-grade.ts
function gradeParts(evidence, policy) {
  return {
    reconciliation: reconciliationPart(evidence, policy),
    calibration: calibrationPart(evidence),
    sharpe: sharpePart(evidence, policy),
    costs: costsPart(evidence),
    health: healthPart(evidence, policy),
    freshness: freshnessPart(evidence)
  };
}
function modelGrade(parts, readings, liveDays, { grade }) {
  const isProvisional = liveDays < grade.provisionalDays;
  const known = Object.values(parts).filter(({ points }) => points !== null);
  const of = known.reduce((sum, part2) => sum + part2.of, 0);
  if (of < grade.minPoints) return { modelGrade: null, letter: null, isProvisional };
  const whole2 = 100 * known.reduce((sum, { points }) => sum + (points ?? 0), 0) / of;
  const hasFailed = readingOf(readings, "T0")?.state === "suspend" || ["watch", "suspend"].includes(readingOf(readings, "T1")?.state ?? "n/a");
  const capped = Math.min(whole2, isProvisional ? grade.provisionalCap : 100, hasFailed ? grade.failureCap : 100);
  return { modelGrade: capped, letter: letterOf(capped, grade.letters), isProvisional };
}
function letterOf(grade, letters) {
  for (const letter of ["A", "B", "C", "D"]) if (grade >= letters[letter]) return letter;
  return "F";
}
function readingOf(readings, id) {
  return readings.find((one) => one.id === id);
}
function ramp(value, from, to) {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}
function part(of, share, n, why) {
  return { points: share === null ? null : of * share, of, n, why };
}
function reconciliationPart({ readings }, { T1 }) {
  const t1 = readingOf(readings, "T1");
  if (t1 === void 0 || t1.value === null) return part(25, null, t1?.n ?? 0, t1?.reason ?? "not replayed");
  const agreement = ramp(t1.value, 1 - 10 * (1 - T1.minAgreement), T1.minAgreement);
  return part(25, t1.state === "ok" ? agreement : agreement * 0.2, t1.n, t1.reason);
}
function calibrationPart({ ic, icLines: icLines2, brierExcess: brierExcess2, version }) {
  const brier = brierExcess2 === null ? null : 1 - ramp(brierExcess2.mean, 0, 0.1 * version.calibration.brierBase);
  const n = Math.max(ic.cusum.n, brierExcess2?.days ?? 0);
  if (icLines2 === null || ic.cusum.n === 0) return part(25, brier, n, brier === null ? "no outcome yet" : "Brier score against the base rate; no rank IC was promised");
  const belief = updateSharpe({ mean: icLines2.good, sd: icLines2.good }, ic.sum / ic.cusum.n, icLines2.sd / Math.sqrt(ic.cusum.n));
  const chance = probabilityAbove(belief, 0);
  const skill = ramp(chance, 0.2, 0.85);
  return part(25, brier === null ? skill : 0.6 * skill + 0.4 * brier, n, `P(rank IC > 0) ${figure2(chance)}${brierExcess2 === null ? "" : `, Brier score less the base rate's ${figure2(brierExcess2.mean)}`}`);
}
function sharpePart({ belief, version, liveReturns }, { haircut }) {
  if (belief === null || liveReturns === 0) return part(25, null, liveReturns, "no live day against a promise yet");
  const above3 = probabilityAbove(belief, 0);
  const kept = probabilityAbove(belief, haircut * (version.oos.sharpeAnn ?? 0));
  return part(25, 0.7 * ramp(above3, 0.2, 0.9) + 0.3 * ramp(kept, 0, 0.5), liveReturns, `P(Sharpe > 0) ${figure2(above3)}, P(above the haircut promise) ${figure2(kept)}`);
}
function costsPart({ costs: { n, sum }, version: { oos: { breakEvenMultiple } } }) {
  if (n === 0 || breakEvenMultiple === null) return part(10, null, n, n === 0 ? "no fill yet" : "no break-even multiple was measured");
  return part(10, breakEvenMultiple > 1 ? 1 - ramp(sum / n, 1, breakEvenMultiple) : 0, n, `fills cost ${figure2(sum / n)} times what was modelled, break-even ${figure2(breakEvenMultiple)}`);
}
function healthPart({ readings }, { T0, T3 }) {
  const [t0, t32, t4] = ["T0", "T3", "T4"].map((id) => readingOf(readings, id));
  const shares = [
    { of: 4, share: t0 === void 0 || t0.state === "n/a" ? null : t0.value === null ? 0 : 1 - ramp(t0.value, 0, T0.suspendCount), reading: t0 },
    { of: 3, share: t32 === void 0 || t32.value === null ? null : 1 - ramp(t32.value, 0, 2 * T3.driftingShare), reading: t32 },
    { of: 3, share: t4 === void 0 || t4.state === "n/a" ? null : t4.state === "ok" ? 1 : 0, reading: t4 }
  ].filter(({ share: share2 }) => share2 !== null);
  const of = shares.reduce((sum, one) => sum + one.of, 0);
  const share = of === 0 ? null : shares.reduce((sum, one) => sum + one.of * (one.share ?? 0), 0) / of;
  return part(10, share, Math.max(0, ...shares.map((one) => one.reading?.n ?? 0)), share === null ? "no reading of data or inputs yet" : `${shares.length} of 3 readings: data, inputs, scores`);
}
function freshnessPart({ version: { expiry, promotedAtMs }, readings, atMs }) {
  const dueMs = Math.min(expiry.validUntilMs, promotedAtMs + (expiry.retrainEveryDays > 0 ? expiry.retrainEveryDays * DAY_MS : Number.POSITIVE_INFINITY));
  const share = atMs > expiry.validUntilMs ? 0 : atMs <= dueMs ? 1 : 1 - ramp(atMs, dueMs, expiry.validUntilMs);
  return part(5, share, 1, readingOf(readings, "T11")?.reason ?? "");
}

// grading/monitors/cusum.ts
var NEW_CUSUM = { value: 0, peak: 0, n: 0 };
function pushCusum({ value, peak, n }, z, k) {
  const next = Math.max(0, value + k - z);
  return { value: next, peak: Math.max(peak, next), n: n + 1 };
}

// grading/monitors/healthy-paths.ts
function promisedOf(version, { haircut, T6: { winsorSd } }) {
  const { dailyReturns: dailyReturns3, blockDays } = version.oos;
  const moments = momentsOf(dailyReturns3);
  const sd = spreadOf(moments);
  if (sd === null || !(moments.mean > 0)) return null;
  const healthy = Float64Array.from(dailyReturns3, (r) => r - (1 - haircut) * moments.mean);
  const good = haircut * moments.mean / sd;
  let both = 0;
  for (const r of healthy) both += winsorised(r / sd, winsorSd) + winsorised(r / sd - good, winsorSd);
  return { healthy, blockDays: Math.max(1, blockDays), sd, good, midpoint: both / (2 * healthy.length), winsorSd };
}
function winsorised(value, limit) {
  return Math.max(-limit, Math.min(limit, value));
}
function drawPath({ healthy, blockDays }, random, path) {
  const n = healthy.length;
  let row = 0;
  for (let t = 0; t < path.length; t++) {
    if (t === 0 || random() * blockDays < 1) row = Math.floor(random() * n);
    path[t] = healthy[row];
    if (++row === n) row = 0;
  }
}
function pathStream(seed, path) {
  return seededRandom(seed, `healthy:${path}`);
}
function versionSeed(version) {
  return Number.parseInt(contentId(version).slice(0, 12), 16);
}

// grading/monitors/yearly-lines.ts
function yearlyLines(highest, share) {
  let left = Array.from(highest[0], (_, path) => path);
  return highest.map((ofYear) => {
    const sorted = Float64Array.from(left, (path) => ofYear[path]).sort();
    const line = sorted[Math.max(0, sorted.length - 1 - Math.floor(share * sorted.length))];
    left = left.filter((path) => ofYear[path] <= line);
    return line;
  });
}
function lineAt(lines, day, yearDays) {
  return lines[Math.min(lines.length - 1, Math.floor(Math.max(0, day - 1) / yearDays))];
}

// grading/monitors/profit-lines.ts
var SCALE_STEP_DAYS = 15;
var SCALE_QUANTILE = 0.95;
function profitLines(version, policy) {
  const promised = promisedOf(version, policy);
  if (promised === null) return null;
  const { T6, T7, T8, simulation: { paths, yearDays, years: years2 } } = policy;
  const table2 = () => Array.from({ length: years2 }, () => new Float64Array(paths).fill(-Infinity));
  const walk = { promised, yearDays, cusum: table2(), posterior: table2(), depths: new Float32Array(paths * yearDays * years2), lowScore: lowScoreOf(version, promised, policy) };
  const path = new Float64Array(yearDays * years2);
  const seed = versionSeed(version);
  for (let b = 0; b < paths; b++) {
    drawPath(promised, pathStream(seed, b), path);
    walkPath2(path, b, walk);
  }
  const scale = depthScale(walk.depths, paths, T7.minAgeDays);
  const depth = depthRatios(walk.depths, scale, table2(), yearDays);
  const lines = (highest, { watchBudget, suspendBudget }) => ({
    watch: yearlyLines(highest, watchBudget),
    suspend: yearlyLines(highest, suspendBudget)
  });
  const { blockDays, sd, good, midpoint, winsorSd } = promised;
  return {
    promised: { blockDays, sd, good, midpoint, winsorSd },
    cusum: lines(walk.cusum, T6),
    depth: { scale, ...lines(depth, T7) },
    posterior: lines(walk.posterior, T8)
  };
}
function lowScoreOf({ oos }, { sd }, { T8, haircut }) {
  const prior = sharpePrior(oos.sharpeAnn, oos.sharpeErrorAnn, haircut);
  if (prior === null) return () => -Infinity;
  const precision = 1 / (prior.sd * prior.sd);
  return (n, sum, squares) => {
    if (n < T8.minDays) return -Infinity;
    const { estimate, error } = liveSharpe({ n, sum, squares }, sd, T8.priorDays, oos.observationsPerYear);
    const live = 1 / (error * error);
    return -(precision * prior.mean + live * estimate) / Math.sqrt(precision + live);
  };
}
function walkPath2(path, b, { promised: { sd, midpoint, winsorSd }, yearDays, cusum: cusums, posterior, depths, lowScore }) {
  const days = path.length;
  let cusum = 0;
  let sum = 0;
  let squares = 0;
  let wealth = 1;
  let peak = 1;
  for (let t = 0, year = 0; t < days; t++) {
    if (t === (year + 1) * yearDays) year++;
    const r = path[t];
    cusum = Math.max(0, cusum + midpoint - winsorised(r / sd, winsorSd));
    if (cusum > cusums[year][b]) cusums[year][b] = cusum;
    sum += r;
    squares += r * r;
    const score = lowScore(t + 1, sum, squares);
    if (score > posterior[year][b]) posterior[year][b] = score;
    wealth *= Math.max(0, 1 + r);
    if (wealth > peak) peak = wealth;
    depths[b * days + t] = 1 - wealth / peak;
  }
}
function depthScale(depths, paths, minAgeDays) {
  const days = depths.length / paths;
  const ofAge = new Float32Array(paths);
  return Array.from({ length: Math.floor(days / SCALE_STEP_DAYS) + 1 }, (_, step) => {
    const t = Math.min(days, Math.max(minAgeDays, step * SCALE_STEP_DAYS)) - 1;
    for (let b = 0; b < paths; b++) ofAge[b] = depths[b * days + t];
    ofAge.sort();
    return ofAge[Math.floor(SCALE_QUANTILE * (paths - 1))];
  });
}
function scaleAt(scale, day) {
  const at = Math.min(scale.length - 1, Math.max(0, day / SCALE_STEP_DAYS));
  const below2 = Math.floor(at);
  return scale[below2] + (at - below2) * ((scale[below2 + 1] ?? scale[below2]) - scale[below2]);
}
function depthRatios(depths, scale, highest, yearDays) {
  const days = yearDays * highest.length;
  const perScale = Float64Array.from({ length: days }, (_, t) => 1 / scaleAt(scale, t + 1));
  for (let b = 0; b < depths.length / days; b++) {
    for (let t = 0, year = 0; t < days; t++) {
      if (t === (year + 1) * yearDays) year++;
      const ratio = depths[b * days + t] * perScale[t];
      if (ratio > highest[year][b]) highest[year][b] = ratio;
    }
  }
  return highest;
}

// grading/monitors/profit.ts
var NO_PROFIT = { cusum: NEW_CUSUM, wealth: 1, peak: 1, returns: NO_RETURNS, shortfall: NO_EVIDENCE, profit: NO_EVIDENCE };
function pushDay(record, r, lines) {
  const wealth = record.wealth * Math.max(0, 1 + r);
  const moved2 = { ...record, wealth, peak: Math.max(record.peak, wealth), returns: pushReturn(record.returns, r) };
  if (lines === null) return moved2;
  const { sd, midpoint, winsorSd, good } = lines.promised;
  const z = r / sd;
  return {
    ...moved2,
    cusum: pushCusum(record.cusum, winsorised(z, winsorSd), midpoint),
    shortfall: pushShortfall(record.shortfall, z, good),
    profit: pushShortfall(record.profit, -z, 0)
  };
}
function sharpeBelief({ returns }, { oos }, lines, { haircut, T8 }) {
  const prior = sharpePrior(oos.sharpeAnn, oos.sharpeErrorAnn, haircut);
  if (prior === null || lines === null) return null;
  if (returns.n === 0) return prior;
  const { estimate, error } = liveSharpe(returns, lines.promised.sd, T8.priorDays, oos.observationsPerYear);
  return updateSharpe(prior, estimate, error);
}
function readProfit(record, version, lines, policy) {
  if (lines === null) return ["T6", "T7", "T8", "T9"].map((id) => notApplicable2(id, "no profit was promised out of sample"));
  if (record.returns.n === 0) return ["T6", "T7", "T8", "T9"].map((id) => notApplicable2(id, "no live day yet"));
  return [readCusum(record, lines, policy), readDrawdown(record, lines, policy), readPosterior(record, version, lines, policy), readShortfall(record, policy)];
}
function readCusum({ cusum: { value, n } }, { cusum, promised: { good } }, { simulation: { yearDays }, T6 }) {
  const watchAt = lineAt(cusum.watch, n, yearDays);
  const suspendAt = lineAt(cusum.suspend, n, yearDays);
  const lines = `${percent2(T6.watchBudget)} and ${percent2(T6.suspendBudget)} of healthy models cross the lines in a year`;
  return reading("T6", { state: stateAbove(value, watchAt, suspendAt), value, watchAt, suspendAt, n, reason: `days cut at \xB1${T6.winsorSd} \u03C3, good ${figure2(good)} \u03C3 a day, bad 0; ${lines}` });
}
function readDrawdown({ wealth, peak, returns: { n } }, { depth }, { simulation: { yearDays }, T7 }) {
  const drawdown = wealth / peak - 1;
  const scale = scaleAt(depth.scale, n);
  const watchAt = scale * lineAt(depth.watch, n, yearDays);
  const suspendAt = scale * lineAt(depth.suspend, n, yearDays);
  const reason = `at ${n} days; ${percent2(T7.watchBudget)} and ${percent2(T7.suspendBudget)} of healthy models leave the bands on any day of a year`;
  return reading("T7", { state: stateAbove(-drawdown, watchAt, suspendAt), value: drawdown, watchAt: -Math.min(1, watchAt), suspendAt: -Math.min(1, suspendAt), n, reason });
}
function readPosterior(record, version, lines, policy) {
  const belief = sharpeBelief(record, version, lines, policy);
  const { n } = record.returns;
  if (belief === null) return notApplicable2("T8", "the promise has no Sharpe ratio", n);
  const { T8, haircut, simulation: { yearDays } } = policy;
  const value = probabilityAbove(belief, 0);
  const watchZ = Math.max(-probit(T8.watchBelow), lineAt(lines.posterior.watch, n, yearDays));
  const suspendZ = Math.max(-probit(T8.suspendBelow), lineAt(lines.posterior.suspend, n, yearDays));
  const half = probabilityAbove(belief, haircut * (version.oos.sharpeAnn ?? 0));
  return reading("T8", {
    state: n < T8.minDays ? "ok" : stateAbove(-belief.mean / belief.sd, watchZ, suspendZ),
    value,
    n,
    watchAt: probabilityAbove({ mean: 0, sd: 1 }, watchZ),
    suspendAt: probabilityAbove({ mean: 0, sd: 1 }, suspendZ),
    reason: `P(Sharpe > 0) of N(${figure2(belief.mean)}, ${figure2(belief.sd)}\xB2); P(above the haircut promise) ${figure2(half)}`
  });
}
function readShortfall({ shortfall, profit, cusum }, { T9 }) {
  const value = evidenceOf(shortfall);
  const reason = `evidence against the haircut promise; for a mean above 0: ${figure2(evidenceOf(profit))}`;
  return reading("T9", { state: value >= T9.evidence ? "warn" : "ok", value, n: cusum.n, reason: value >= T9.evidence ? `${reason}; confirms T6` : reason });
}

// grading/monitors/rank-ic.ts
var SURE_FRAC = 0.8;
function icOfOutcome({ score, grossReturn, closeTimeMs: closeTimeMs2, timeframeMs }, { reference, grade: { base, horizonBars } }) {
  if (closeTimeMs2 / timeframeMs % horizonBars !== 0 || !(base.sd > 0)) return null;
  return 12 * (midShare(reference.score, score) - 0.5) * (normalCdf((grossReturn - base.mean) / base.sd) - 0.5);
}
function icLines(version, policy) {
  const { calibration: { icMean, icT }, grade: { horizonBars }, timeframeMs, oos, data } = version;
  if (icMean === null || !(icMean > 0)) return null;
  const horizonDays = horizonBars * timeframeMs / DAY_MS;
  const perDay = Math.min(1, 1 / horizonDays);
  const alone = Math.sqrt(Math.min(1, horizonDays));
  const measured = icT === null || icT === 0 ? alone : Math.abs(icMean / icT) * Math.sqrt((oos.toMs - oos.fromMs) / DAY_MS * perDay);
  const sd = Math.min(alone, Math.max(measured, SURE_FRAC * alone / Math.sqrt(Math.max(1, data.length))));
  const good = policy.haircut * icMean;
  const { paths, yearDays, years: years2 } = policy.simulation;
  const observationsPerYear2 = Math.max(1, Math.round(yearDays * perDay));
  return { good, sd, observationsPerYear: observationsPerYear2, watch: yearlyLines(highestSums(good / sd, { paths, years: years2, perYear: observationsPerYear2, seed: versionSeed(version) }), policy.T5.watchBudget) };
}
function highestSums(good, { paths, years: years2, perYear, seed }) {
  const normal = seededNormal(seededRandom(seed, "rank-ic"));
  const highest = Array.from({ length: years2 }, () => new Float64Array(paths));
  for (let b = 0; b < paths; b++) {
    let value = 0;
    for (const ofYear of highest) {
      for (let i = 0; i < perYear; i++) {
        value = Math.max(0, value - good / 2 - normal());
        if (value > ofYear[b]) ofYear[b] = value;
      }
    }
  }
  return highest;
}
function readIc({ cusum, sum }, lines, { T5 }) {
  if (lines === null) return notApplicable2("T5", "no rank IC above 0 was promised");
  if (cusum.n < T5.minObservations) return notApplicable2("T5", `${cusum.n} of ${T5.minObservations} outcomes that do not overlap`, cusum.n);
  const watchAt = lineAt(lines.watch, cusum.n, lines.observationsPerYear);
  const mean = sum / cusum.n;
  const error = lines.sd / Math.sqrt(cusum.n);
  const crossed = stateAbove(cusum.value, watchAt, null);
  const isTooGood = crossed === "ok" && mean - 2 * error > T5.lookAheadIc;
  const facts = `live IC ${figure2(mean)} \xB1 ${figure2(error)}, healthy ${figure2(lines.good)}`;
  return reading("T5", {
    state: isTooGood ? "warn" : crossed,
    value: cusum.value,
    watchAt,
    n: cusum.n,
    reason: isTooGood ? `${facts}: an IC above ${T5.lookAheadIc} is look-ahead until shown otherwise` : facts
  });
}

// grading/monitors/warping.ts
function warpingDistance(x, y) {
  if (x.length === 0 || y.length === 0) return null;
  let row = new Float64Array(y.length + 1).fill(Infinity);
  row[0] = 0;
  for (const value of x) {
    const next = new Float64Array(y.length + 1).fill(Infinity);
    for (let j = 1; j <= y.length; j++) next[j] = Math.abs(value - y[j - 1]) + Math.min(row[j - 1], row[j], next[j - 1]);
    row = next;
  }
  return row[y.length];
}
function warpingAnn(x, y, daysPerYear) {
  const distance = warpingDistance(x, y);
  return distance === null ? null : (1 + distance / Math.max(x.length, y.length)) ** daysPerYear - 1;
}

// grading/monitors/reconciliation.ts
function compareStretch(stretches, stretch) {
  const pairs2 = { rows: 0, agreeing: 0, unexplainedToday: 0, scores: [[], []], returns: /* @__PURE__ */ new Map(), gap: { data: 0, code: 0, fill: 0 } };
  for (const { published, replayed } of stretches) comparePair(published, replayed, stretch, pairs2);
  const days = [...pairs2.returns.entries()].sort(([a], [b]) => a - b).map(([, day]) => day);
  const live = days.map((day) => day.live / day.markets);
  const again = days.map((day) => day.replayed / day.markets);
  return {
    rows: pairs2.rows,
    agreement: pairs2.rows === 0 ? null : pairs2.agreeing / pairs2.rows,
    scoreCorrelation: correlation(pairs2.scores[0], pairs2.scores[1]),
    returnCorrelation: correlation(live, again),
    warpingAnn: warpingAnn(live, again, 365),
    days: days.length,
    gap: pairs2.gap,
    unexplainedToday: pairs2.unexplainedToday
  };
}
function comparePair({ market, rows, days }, replayed, { toMs, memoryMs, scoreTolerance, incidents }, pairs2) {
  const at = new Map(replayed.closeTimeMs.map((closeMs, i) => [closeMs, i]));
  const touched = (closeMs) => isTouched(incidents(market), closeMs, memoryMs);
  const decidedOtherwise = /* @__PURE__ */ new Set();
  for (const { closeTimeMs: closeTimeMs2, score, signal } of rows) {
    const i = at.get(closeTimeMs2);
    const again = i === void 0 ? null : replayed.score[i];
    const isSame = i !== void 0 && replayed.signal[i] === signal && again !== null && Math.abs(again - score) <= scoreTolerance * Math.max(1, Math.abs(score));
    pairs2.rows++;
    if (i !== void 0 && replayed.signal[i] === signal) pairs2.agreeing++;
    if (again !== null) {
      pairs2.scores[0].push(score);
      pairs2.scores[1].push(again);
    }
    if (isSame) continue;
    decidedOtherwise.add(dayOf(closeTimeMs2));
    if (closeTimeMs2 > toMs - DAY_MS && !touched(closeTimeMs2)) pairs2.unexplainedToday++;
  }
  const lastDayMs = days.at(-1)?.dayMs;
  const againByDay = new Map(replayed.dayMs.map((dayMs, i) => [dayMs, replayed.dayReturns[i]]));
  for (const { dayMs, netReturn } of days) {
    const again = againByDay.get(dayMs);
    if (again === void 0) continue;
    const day = pairs2.returns.get(dayMs) ?? { live: 0, replayed: 0, markets: 0 };
    pairs2.returns.set(dayMs, { live: day.live + netReturn, replayed: day.replayed + again, markets: day.markets + 1 });
    const cause = touched(dayMs + DAY_MS) ? "data" : decidedOtherwise.has(dayMs) || decidedOtherwise.has(dayMs - DAY_MS) ? "code" : "fill";
    pairs2.gap[cause] += netReturn - again;
    if (dayMs === lastDayMs && cause === "fill" && Math.abs(netReturn - again) > 1e-9) pairs2.unexplainedToday++;
  }
}
function dayOf(closeTimeMs2) {
  return Math.floor((closeTimeMs2 - 1) / DAY_MS) * DAY_MS;
}
var MIN_DAYS_OF_RETURNS = 5;
function readReconciliation(comparison, wasBroken, { T1 }) {
  const { rows, agreement, scoreCorrelation, returnCorrelation, warpingAnn: warping, days, gap, unexplainedToday } = comparison;
  if (agreement === null || rows < T1.minRows) return notApplicable2("T1", `${rows} of ${T1.minRows} rows to compare`, rows);
  const broken = [
    agreement < T1.minAgreement ? `signals agree in ${percent2(agreement)}` : null,
    scoreCorrelation !== null && scoreCorrelation < T1.minCorrelation ? `scores correlate by ${figure2(scoreCorrelation)}` : null,
    days >= T1.minRows && returnCorrelation !== null && returnCorrelation < T1.minCorrelation ? `returns correlate by ${figure2(returnCorrelation)}` : null,
    days >= MIN_DAYS_OF_RETURNS && warping !== null && warping > T1.maxWarpingAnn ? `returns are ${figure2(warping)} a year apart (DTW)` : null
  ].filter((text) => text !== null);
  const facts = `${rows} rows agree in ${percent2(agreement)}, DTW ${warping === null ? "unknown" : figure2(warping)} a year`;
  const cause = `gap: data ${percent2(gap.data)}, code ${percent2(gap.code)}, fill ${percent2(gap.fill)}`;
  const isAgain = broken.length > 0 && wasBroken && unexplainedToday > 0;
  return reading("T1", {
    state: broken.length === 0 ? "ok" : isAgain ? "suspend" : "watch",
    value: agreement,
    watchAt: T1.minAgreement,
    n: rows,
    reason: broken.length === 0 ? facts : `${broken.join("; ")}; ${cause}${isAgain ? "; again, on whole bars" : ""}`
  });
}

// grading/monitors/judge.ts
function judgeModel(record, input) {
  const { state, atMs, policy } = input;
  const { version } = record.model;
  const monitors = readingsOf(record, input);
  const belief = sharpeBelief(record.profit, version, record.profitLines, policy);
  const parts = gradeParts({
    version,
    readings: monitors,
    belief,
    liveReturns: record.profit.returns.n,
    costs: record.costs,
    ic: record.ic,
    icLines: record.icLines,
    atMs,
    brierExcess: record.brierDays.length === 0 ? null : { mean: record.brierDays.reduce((sum, x) => sum + x, 0) / record.brierDays.length, days: record.brierDays.length }
  }, policy);
  return { model: record.model.key, state, atMs, liveDays: record.liveDays, monitors, ...modelGrade(parts, monitors, record.liveDays, policy), parts };
}
function readingsOf(record, input) {
  const { version } = record.model;
  const { atMs, logs, policy } = input;
  const own = new Map([...record.markets.keys()].map((key) => [key, logs.get(key) ?? NEW_LOG]));
  const [t6, t7, t8, t9] = readProfit(record.profit, version, record.profitLines, policy);
  return [
    readIntegrity(record.model, own, atMs, policy),
    reconcile(record, own, input),
    readCosts(record.costs, version, policy),
    readFeatures(record.features, version, policy),
    readScores(record.scores, record.today, version, policy),
    readIc(record.ic, record.icLines, policy),
    t6,
    t7,
    t8,
    t9,
    record.calibration ?? notApplicable2("T10", `the first look is after ${policy.T10.everyDays} days`, record.brierDays.length),
    readExpiry(version, atMs)
  ];
}
function reconcile({ model, markets, lastHealth }, logs, { atMs, replay: replay2, policy }) {
  if (replay2 === null) return notApplicable2("T1", "no replay is given");
  const fromMs = atMs - policy.T1.windowDays * DAY_MS;
  const stretches = [...markets.values()].flatMap(({ market, rows, days }) => {
    const settled = rows.filter(({ closeTimeMs: closeTimeMs2 }) => closeTimeMs2 < atMs);
    const replayed = settled.length === 0 ? null : replay2(model, market, Math.max(fromMs, settled[0].closeTimeMs), atMs);
    return replayed === null ? [] : [{ published: { market, rows: settled, days }, replayed }];
  });
  if (stretches.length === 0) return notApplicable2("T1", "no published row that can be replayed");
  const comparison = compareStretch(stretches, {
    toMs: atMs,
    memoryMs: model.version.memoryBars * model.version.timeframeMs,
    scoreTolerance: policy.T1.scoreTolerance,
    incidents: (market) => logs.get(marketKey(market))?.incidents ?? []
  });
  const before = lastHealth?.monitors.find(({ id }) => id === "T1")?.state;
  return readReconciliation(comparison, before === "watch" || before === "suspend", policy);
}

// grading/monitors/policy.ts
var MONITOR_POLICY = {
  version: "assay-monitors/1",
  haircut: 0.5,
  yearlyBudget: 0.2,
  simulation: { paths: 2e3, yearDays: 365, years: 3 },
  T0: { windowDays: 7, suspendCount: 3 },
  T1: { windowDays: 30, minRows: 20, minAgreement: 0.995, minCorrelation: 0.95, maxWarpingAnn: 0.1, scoreTolerance: 1e-9 },
  T2: { minFills: 30, evidence: 20 },
  T3: { windowDays: 180, minSamples: 20, psi: 0.25, falseDiscovery: 0.05, driftingShare: 0.3, missingRate: 0.05 },
  T4: { windowDays: 180, minSamples: 10, p: 1e-3, dissimilarity: 1 },
  T5: { watchBudget: 0.05, minObservations: 30, lookAheadIc: 0.1 },
  T6: { watchBudget: 0.1, suspendBudget: 0.05, winsorSd: 2 },
  T7: { watchBudget: 0.05, suspendBudget: 0.01, minAgeDays: 30 },
  T8: { watchBelow: 0.5, suspendBelow: 0.2, watchBudget: 0.05, suspendBudget: 0.01, minDays: 30, priorDays: 60 },
  T9: { evidence: 20 },
  T10: { everyDays: 90, windowDays: 365, minDays: 60, draws: 1e3, confidence: 0.95 },
  recovery: { calmDays: 30, calmFrac: 0.5 },
  grade: { provisionalDays: 30, provisionalCap: 60, failureCap: 20, minPoints: 40, letters: { A: 85, B: 70, C: 55, D: 40 } }
};
function monitorPolicyHash(policy) {
  return contentId(policy);
}

// grading/monitors/calibration-look.ts
function brierExcess({ pUp, grossReturn }, { grade: { base } }) {
  const happened = grossReturn > 0 ? 1 : 0;
  return (pUp - happened) ** 2 - (base.pUp - happened) ** 2;
}
function lookAtCalibration(excessByDay, version, lookedAfterDays, { T10 }) {
  const n = excessByDay.length;
  if (n < T10.minDays) return notApplicable2("T10", `${n} of ${T10.minDays} days with outcomes`, n);
  const means = bootstrapMeans(excessByDay, T10.draws, versionSeed(version), lookedAfterDays);
  const low = quantile(means, 1 - T10.confidence) ?? 0;
  const value = excessByDay.reduce((sum, x) => sum + x, 0) / n;
  return reading("T10", {
    state: low > 0 ? "warn" : "ok",
    value,
    n,
    reason: `Brier score less the base rate's, lower ${figure2(100 * T10.confidence)} % bound ${figure2(low)}, looked at after ${lookedAfterDays} days${low > 0 ? ": recalibrate as a new version" : ""}`
  });
}
function bootstrapMeans(values2, draws, seed, look) {
  const n = values2.length;
  const block = blockLengthOf(values2);
  const random = seededRandom(seed, `calibration:${look}`);
  const starts = new Int32Array(n);
  const lengths = new Int32Array(n);
  return Float64Array.from({ length: draws }, () => {
    const count2 = stationaryBlocks(random, n, block, starts, lengths);
    let sum = 0;
    for (let b = 0; b < count2; b++) for (let i = 0; i < lengths[b]; i++) sum += values2[(starts[b] + i) % n];
    return sum / n;
  });
}

// grading/monitors/record.ts
var NONE = { sum: 0, n: 0 };
function plus({ sum, n }, value) {
  return { sum: sum + value, n: n + 1 };
}
function newRecord(model, policy) {
  return {
    model,
    ...linesOf2(model.version, policy),
    markets: /* @__PURE__ */ new Map(),
    pendingDays: /* @__PURE__ */ new Map(),
    settledDayMs: -Infinity,
    liveDays: 0,
    profit: NO_PROFIT,
    ic: { cusum: NEW_CUSUM, sum: 0 },
    pendingIc: NONE,
    pendingBrier: NONE,
    brierDays: [],
    costs: NO_COSTS,
    scores: [],
    features: /* @__PURE__ */ new Map(),
    today: [],
    calibration: null,
    lastHealth: null,
    calmDays: 0
  };
}
var DRAWN = /* @__PURE__ */ new WeakMap();
function linesOf2(version, policy) {
  const known = DRAWN.get(version);
  if (known?.policy === policy) return known.lines;
  const lines = { profitLines: profitLines(version, policy), icLines: icLines(version, policy) };
  DRAWN.set(version, { policy, lines });
  return lines;
}
function isJudged(state) {
  return state === "SHADOW" || state === "LIVE" || state === "WATCH";
}
function marketOf(record, market) {
  const key = marketKey(market);
  const known = record.markets.get(key);
  if (known !== void 0) return known;
  const { venue, symbol, timeframeMs } = market;
  const fresh = { market: { venue, symbol, timeframeMs }, rows: [], days: [], lastScore: null, hasScore: false };
  record.markets.set(key, fresh);
  return fresh;
}
function hearGrade(record, grade) {
  const said = grade.models.find(({ model }) => model === record.model.key);
  if (said === void 0 || !isJudged(said.state)) return;
  const market = marketOf(record, grade);
  market.lastScore = said.score;
  market.hasScore = true;
  if (said.score !== null && said.signal !== null) market.rows.push({ closeTimeMs: grade.closeTimeMs, score: said.score, signal: said.signal });
}
function hearOutcome(record, outcome) {
  if (!isJudged(outcome.state)) return;
  record.pendingBrier = plus(record.pendingBrier, brierExcess(outcome, record.model.version));
  const ic = icOfOutcome(outcome, record.model.version);
  if (ic !== null) record.pendingIc = plus(record.pendingIc, ic);
}
function hearDay(record, day) {
  if (!isJudged(day.state) || day.dayMs <= record.settledDayMs) return;
  marketOf(record, { venue: day.venue, symbol: day.symbol, timeframeMs: record.model.version.timeframeMs }).days.push({ dayMs: day.dayMs, netReturn: day.netReturn });
  const { sum, n } = record.pendingDays.get(day.dayMs) ?? NONE;
  record.pendingDays.set(day.dayMs, { sum: sum + day.netReturn, n: n + 1, state: day.state });
}
function hearFill(record, fill) {
  record.costs = pushFill(record.costs, fill, record.model.version);
}
function hearHealth(record, health, policy) {
  record.calmDays = calmDaysAfter(record, health, policy);
  record.lastHealth = health;
}
function calmDaysAfter({ calmDays }, health, policy) {
  return isCalm(health.monitors, policy) ? calmDays + 1 : 0;
}
function settleDay(record, closeTimeMs2, featuresOf, policy) {
  for (const [dayMs, { sum, n, state }] of [...record.pendingDays].sort(([a], [b]) => a - b)) {
    if (dayMs + DAY_MS >= closeTimeMs2) continue;
    record.profit = pushDay(record.profit, sum / n, record.profitLines);
    if (state !== "SHADOW") record.liveDays++;
    record.settledDayMs = dayMs;
    record.pendingDays.delete(dayMs);
    const days = record.profit.returns.n;
    if (days % policy.T10.everyDays === 0) record.calibration = lookAtCalibration(record.brierDays, record.model.version, days, policy);
  }
  settleOutcomes(record, policy);
  settleScores(record, featuresOf, policy);
  const fromMs = closeTimeMs2 - policy.T1.windowDays * DAY_MS;
  for (const market of record.markets.values()) {
    market.rows = market.rows.filter((row) => row.closeTimeMs > fromMs);
    market.days = market.days.filter((day) => day.dayMs >= fromMs);
  }
}
function settleOutcomes(record, { T10 }) {
  const { pendingIc, pendingBrier, icLines: lines } = record;
  if (pendingIc.n > 0 && lines !== null) {
    const ic = pendingIc.sum / pendingIc.n;
    record.ic = { cusum: pushCusum(record.ic.cusum, ic / lines.sd, lines.good / lines.sd / 2), sum: record.ic.sum + ic };
  }
  if (pendingBrier.n > 0) record.brierDays = [...record.brierDays, pendingBrier.sum / pendingBrier.n].slice(-T10.windowDays);
  record.pendingIc = NONE;
  record.pendingBrier = NONE;
}
function settleScores(record, featuresOf, { T3, T4 }) {
  const heard2 = [...record.markets.values()].filter(({ hasScore }) => hasScore);
  const inputs = heard2.map(({ market, lastScore }) => ({ known: featuresOf(market), score: lastScore }));
  record.scores = pushDriftDay(record.scores, inputs.map(({ score }) => score), T4.windowDays);
  record.today = inputs.map(({ known, score }) => ({ ...known, score }));
  for (const name of Object.keys(record.model.version.reference.features)) {
    const samples = inputs.flatMap(({ known }) => known === null ? [] : [known[name] ?? null]);
    record.features.set(name, pushDriftDay(record.features.get(name) ?? [], samples, T3.windowDays));
  }
  for (const market of heard2) market.hasScore = false;
}

// grading/monitors/monitors.ts
function createMonitors({ models: models2, replay: replay2, features, policy = MONITOR_POLICY }) {
  const records = /* @__PURE__ */ new Map();
  const logs = /* @__PURE__ */ new Map();
  const recordOf = (key) => {
    const known = records.get(key);
    if (known !== void 0) return known;
    const model = models2.get(key);
    if (model === null) return null;
    const record = newRecord({ key, version: model.version, strategy: model.strategy }, policy);
    records.set(key, record);
    return record;
  };
  const hear = (key, take) => {
    const record = recordOf(key);
    if (record !== null) take(record);
  };
  const judged = (entry) => models2.all().filter(({ state, version }) => isJudged(state) && version.timeframeMs === entry.payload.timeframeMs).toSorted((a, b) => a.key < b.key ? -1 : 1);
  const settle = (entry) => {
    if (!isDayEnd(entry)) return;
    for (const { key } of judged(entry)) {
      hear(key, (record) => settleDay(record, entry.payload.closeTimeMs, (market) => features?.(record.model, market) ?? null, policy));
    }
  };
  const judge2 = (entry) => judged(entry).flatMap(({ key, state }) => {
    const record = records.get(key);
    if (record === void 0) return [];
    const health = judgeModel(record, { state, atMs: entry.payload.closeTimeMs, logs, replay: replay2 ?? null, policy });
    const transition = decide(health, calmDaysAfter(record, health, policy), policy);
    const written = { type: "model_health", model: key, payload: health };
    return transition === null ? [written] : [written, { type: "transition", model: key, payload: transition }];
  });
  const move = ({ model, from, to }) => {
    if (to === "CANDIDATE" || from === "SUSPENDED" || from === "RETIRED") records.delete(model);
  };
  return {
    name: "monitors",
    apply(entry) {
      switch (entry.type) {
        case "bar_received":
        case "bar_late":
        case "gap": {
          const key = marketOfBarEntry(entry);
          logs.set(key, pushBarEntry(logs.get(key) ?? NEW_LOG, entry));
          return;
        }
        case "grade_published":
          return entry.payload.models.forEach(({ model }) => hear(model, (record) => hearGrade(record, entry.payload)));
        case "outcome_resolved":
          return hear(entry.payload.model, (record) => hearOutcome(record, entry.payload));
        case "model_day":
          return hear(entry.payload.model, (record) => hearDay(record, entry.payload));
        case "paper_filled":
          return entry.payload.model === null ? void 0 : hear(entry.payload.model, (record) => hearFill(record, entry.payload));
        case "model_health":
          return hear(entry.payload.model, (record) => hearHealth(record, entry.payload, policy));
        case "model_changed":
          return move(entry.payload.transition);
        case "transition":
          return move(entry.payload);
        case "close":
          return settle(entry);
        default:
      }
    },
    respond: (entry) => entry.type === "close" && isDayEnd(entry) ? judge2(entry) : []
  };
}
function isDayEnd({ payload: { closeTimeMs: closeTimeMs2 } }) {
  return closeTimeMs2 % DAY_MS === 0;
}

// bench/validate/error-rates/tally.ts
function wilson(count2, of) {
  const z = probit(0.975);
  const share = count2 / of;
  const centre2 = (share + z * z / (2 * of)) / (1 + z * z / of);
  const half = z / (1 + z * z / of) * Math.sqrt(share * (1 - share) / of + z * z / (4 * of * of));
  return { count: count2, share, low: Math.max(0, centre2 - half), high: Math.min(1, centre2 + half) };
}

// tests/support/evidence.ts
var DAY_MS2 = 864e5;
var FIRST = Date.UTC(2019, 0, 1);
var OUT_OF_SAMPLE_DAYS = 1620;
var missing = (why) => ({ missing: why });
function healthyEvidence() {
  return {
    subject: subjectOf(),
    reproduction: { differs: [] },
    causality: {
      cuts: 24,
      seed: 42,
      compared: 48e3,
      leaks: [],
      warmup: { compared: 9600, changed: 0, maxDifference: 0 },
      incremental: { compared: 2400, changed: 0 }
    },
    stamps: [{ column: "fundingRate", observations: 1900, t: 0.8, partialR: 0.02, state: "pass" }],
    latency: [
      { lagBars: 1, sharpeAnn: 1.78, totalReturn: 3.1, ratio: 0.95, pairedT: 0.6 },
      { lagBars: 2, sharpeAnn: 1.66, totalReturn: 2.7, ratio: 0.89, pairedT: 1.1 },
      { lagBars: 5, sharpeAnn: 1.31, totalReturn: 1.9, ratio: 0.7, pairedT: 1.9 }
    ],
    sample: { days: OUT_OF_SAMPLE_DAYS, observations: OUT_OF_SAMPLE_DAYS, periodsPerYear: 365, trades: 168, bets: 171 },
    outOfSample: {
      observations: OUT_OF_SAMPLE_DAYS,
      periodsPerYear: 365,
      sharpe: 0.0979,
      sharpeAnn: 1.87,
      standardErrorAnn: 0.48,
      psr: 0.99995,
      psrNullVariance: 0.99996,
      minTrackRecordYears: 0.78,
      skewness: 0.21,
      kurtosis: 6.4,
      autocorrelation1: -0.02,
      sharpeAnnAutocorrelated: 1.9,
      bootstrap: {
        draws: 1e4,
        blockDays: 6,
        seed: 42,
        sharpeAnn: { estimate: 1.87, lower95: 1.08, lower99: 0.74, upper95: 2.66 },
        cagr: { estimate: 0.4, lower95: 0.19, lower99: 0.12, upper95: 0.63 },
        maxDrawdown: { estimate: -0.19, lower95: -0.36, lower99: -0.45, upper95: -0.14 }
      }
    },
    search: searchOf({ p: 4e-3, observed: 4.6 }),
    overfit: {
      blocks: 16,
      combinations: 12870,
      pbo: 0.21,
      probabilityOfLoss: 0.03,
      medianLogit: 0.9,
      logits: { from: -4, to: 4, counts: [22, 96, 310, 640, 1010, 1420, 1890, 2230, 2040, 1560, 930, 470, 180, 52, 15, 5] },
      degradation: { slope: 0.18, intercept: 1.1, r2: 0.06, sample: pairs(60, 2.3, 1.5) },
      dominance: { firstOrder: true, secondOrder: true }
    },
    costs: {
      points: [
        { multiple: 1, sharpeAnn: 1.87, totalReturn: 3.4 },
        { multiple: 1.5, sharpeAnn: 1.68, totalReturn: 2.8 },
        { multiple: 2, sharpeAnn: 1.49, totalReturn: 2.2 },
        { multiple: 3, sharpeAnn: 1.11, totalReturn: 1.4 }
      ],
      breakEvenMultiple: 5.9,
      largestTried: 10
    },
    plateau: {
      chosen: 1.96,
      median: 1.71,
      ratio: 0.872,
      neighbours: [
        { params: { fastBars: 10, slowBars: 48 }, sharpeAnn: 1.74 },
        { params: { fastBars: 16, slowBars: 48 }, sharpeAnn: 1.52 },
        { params: { fastBars: 12, slowBars: 36 }, sharpeAnn: 1.68 },
        { params: { fastBars: 12, slowBars: 60 }, sharpeAnn: 1.88 }
      ]
    },
    walkForward: { efficiency: 0.63, efficiencyReason: null, windows: 18, positiveWindows: 14 },
    concentration: {
      withoutTopTrades: { trades: 5, sharpeAnn: 1.22 },
      withoutBestMonth: { month: "2020-11", sharpeAnn: 1.58 },
      withoutBestMarket: missing("one market was traded")
    },
    baselines: {
      hold: { name: "buy and hold BTC/USDT", sharpeAnn: 0.92, alphaAnn: 0.27, beta: 0.31, t: 3.4, p: 4e-4 },
      emaCross: { params: { fastBars: 12, slowBars: 48 }, sharpeAnn: 1.1 },
      random: { draws: 1e3, seed: 42, percentile: 0.997, sharpesAnn: normals("random entries", 400, 0.5, 0.45) }
    },
    regimes: {
      regimes: [
        { name: "trend, calm", days: 420, share: 0.26, sharpeAnn: 2.3, profitShare: 0.38 },
        { name: "trend, wild", days: 390, share: 0.24, sharpeAnn: 2.1, profitShare: 0.4 },
        { name: "range, calm", days: 440, share: 0.27, sharpeAnn: 1.2, profitShare: 0.14 },
        { name: "range, wild", days: 370, share: 0.23, sharpeAnn: 0.7, profitShare: 0.08 }
      ],
      shocks: [
        { name: "Covid crash", fromMs: Date.UTC(2020, 2, 8), toMs: Date.UTC(2020, 2, 17), totalReturn: -0.07, holdReturn: -0.41 },
        { name: "FTX", fromMs: Date.UTC(2022, 10, 6), toMs: Date.UTC(2022, 10, 22), totalReturn: -0.02, holdReturn: -0.24 }
      ]
    },
    ruin: {
      horizonDays: 365,
      draws: 1e4,
      liquidations: 0,
      fallBy: [{ lossFrac: 0.2, probability: 0.11 }, { lossFrac: 0.3, probability: 0.017 }, { lossFrac: 0.5, probability: 2e-4 }, { lossFrac: 1, probability: 0 }]
    },
    capacity: { fills: 336, medianParticipation: 2e-5, largestParticipation: 11e-4 },
    pooled: missing("one market was traded"),
    holdoutReads: 0
  };
}
function subjectOf() {
  const instrument = { venue: "binance", symbol: "BTC/USDT", kind: "spot", calendar: "24/7", market: "continuous" };
  return {
    claim: "ema-cross on binance BTC/USDT, daily",
    strategyId: "ema-cross",
    codeHash: "c0de".repeat(16),
    walkForwardId: "walk-5".padEnd(64, "0"),
    engineVersion: "0.1.0",
    markets: [{
      instrument,
      timeframeMs: DAY_MS2,
      dataHash: "9f3c".repeat(16),
      bars: 1985,
      firstTimeMs: FIRST,
      lastTimeMs: FIRST + 1984 * DAY_MS2,
      funding: null,
      hasMark: false
    }],
    config: simulationConfig("spot"),
    sampler: { kind: "grid" },
    objective: "sharpeAnn",
    plan: { kind: "rolling", trainMs: 365 * DAY_MS2, testMs: 90 * DAY_MS2, purgeMs: 0, stepMs: 90 * DAY_MS2, keepShort: false },
    points: 100,
    held: { fastBars: 12, slowBars: 48 },
    seed: 42
  };
}
function searchOf({ p, observed }) {
  const best = observed * 0.43;
  return {
    trials: 98,
    dropped: 2,
    days: 1745,
    ledgerTrials: { n: 98, studies: 1, ledgerHash: "1ed9".repeat(16) },
    winner: { trial: 41, params: { fastBars: 12, slowBars: 48 }, sharpeAnn: best },
    trialSharpesAnn: normals("trials", 97, best - 0.9, 0.3).map((sharpe2) => Math.min(best, sharpe2)).toSpliced(41, 0, best),
    averageCorrelation: 0.62,
    effectiveTrials: 37.9,
    trialVariance: 25e-5,
    luckSharpeAnn: 0.91,
    dsr: p < 0.05 ? 0.985 : 0.61,
    dsrNullVariance: p < 0.05 ? 0.987 : 0.6,
    minBacktestYears: 4.6,
    haircut: { bonferroni: p < 0.05 ? 1.4 : 0, sidak: p < 0.05 ? 1.42 : 0.02 },
    realityCheck: { p, draws: 1e4, blockDays: 6, seed: 42, null: normals("maxima", 400, 2.45, 0.42).toSorted((a, b) => a - b), observed },
    spaCash: { lower: p * 0.8, consistent: p * 0.9, upper: p },
    spaHold: { lower: p, consistent: p * 1.1, upper: p * 1.3 },
    stepwise: { size: 0.05, superior: p < 0.05 ? 23 : 0 },
    permutation: { p: p < 0.05 ? 5e-3 : 0.39, permutations: 200, observed: best, null: normals("permutations", 200, 0.9, 0.28) }
  };
}
function normals(stream, count2, mean, deviation) {
  const normal = seededNormal(seededRandom(42, stream));
  return Array.from({ length: count2 }, () => mean + deviation * normal());
}
function pairs(count2, inSample, outOfSample2) {
  const [x, y] = [normals("in sample", count2, inSample, 0.3), normals("out of sample", count2, outOfSample2, 0.5)];
  return x.map((value, i) => [value, y[i]]);
}

// tests/support/model-version.ts
var DAYS = 400;
var PERIODS = 365;
var OOS_FROM = Date.UTC(2024, 6, 1);
var OOS_TO = OOS_FROM + DAYS * DAY_MS;
var PROMOTED = Date.UTC(2025, 8, 1);
function modelVersion(overrides = {}) {
  return { ...PLAIN, ...overrides };
}
function plainVersion() {
  const { decision, policy, gates } = judge(healthyEvidence());
  return {
    schema: "assay-model/1",
    modelId: "ema-cross",
    version: 1,
    strategy: { id: "ema-cross", codeHash: sha256("ema-cross"), bundleSha256: null, exportName: null, params: { fastBars: 12, slowBars: 48 } },
    env: { node: "22.0.0", engineVersion: ENGINE_VERSION, platform: "linux-x64", seed: 42 },
    data: [{
      instrument: { venue: "binance", symbol: "BTC/USDT", kind: "spot", calendar: "24/7", market: "continuous" },
      timeframeMs: HOUR_MS,
      dataHash: sha256("binance BTC/USDT 1h"),
      bars: 26280,
      firstTimeMs: Date.UTC(2022, 7, 5),
      lastTimeMs: OOS_TO - HOUR_MS,
      funding: null,
      hasMark: false
    }],
    config: simulationConfig("spot"),
    plan: { kind: "rolling", trainMs: 180 * DAY_MS, testMs: 50 * DAY_MS, purgeMs: 0, stepMs: 50 * DAY_MS, keepShort: false },
    timeframeMs: HOUR_MS,
    memoryBars: 240,
    universe: ["binance:BTC/USDT"],
    trials: { evaluated: 40, counted: 40, ledgerHash: sha256("ledger") },
    oos: outOfSample(dailyReturns2()),
    reference: { score: normalQuantiles(0.02, 0.6), features: { "ema spread": normalQuantiles(0, 0.01), "volatility": normalQuantiles(6e-3, 1e-3) } },
    grade: GRADE,
    calibration: {
      n: 9600,
      nEffective: 400,
      brier: 0.2494,
      brierBase: 0.2499,
      brierSkill: 2e-3,
      ece: 0.012,
      eceLimit95: 0.03,
      slope: 0.94,
      intercept: 0.01,
      icMean: 0.041,
      icSd: 0.11,
      icT: 2.2,
      hitRate: 0.516
    },
    verdict: {
      decision,
      policyVersion: policy.version,
      policyHash: policy.hash,
      gates: gates.map(({ id, shadow, live, statistic, value, reason }) => ({ id, shadow: shadow.state, live: live.state, statistic, value, reason }))
    },
    provenance: { validationId: contentId("validation"), walkForwardId: contentId("walk-forward"), reportSha256: sha256("report"), manifestSha256: sha256("manifest") },
    expiry: { validUntilMs: PROMOTED + 365 * DAY_MS, retrainEveryDays: 90 },
    author: null,
    notes: [],
    promotedAtMs: PROMOTED
  };
}
function dailyReturns2() {
  const normal = seededNormal(seededRandom(7, "model-version"));
  const draws = Array.from({ length: DAYS }, () => normal());
  const mean = draws.reduce((sum, z) => sum + z, 0) / DAYS;
  return draws.map((z) => 0.015 * (z - mean + 1.5 / Math.sqrt(PERIODS)));
}
function outOfSample(returns) {
  const perDay = sharpe(returns, 1) ?? 0;
  const moments = { sharpe: perDay, observations: returns.length, ...populationShape(returns) ?? { skewness: 0, kurtosis: 3 } };
  return {
    fromMs: OOS_FROM,
    toMs: OOS_TO,
    bars: DAYS * 24,
    trades: 168,
    sharpeAnn: perDay * Math.sqrt(PERIODS),
    sharpeErrorAnn: (sharpeStandardError(moments) ?? 0) * Math.sqrt(PERIODS),
    psr: probabilisticSharpe(moments),
    dsr: 0.91,
    pbo: 0.21,
    maxDrawdown: maxDrawdown(wealthOf(returns)),
    skewness: moments.skewness,
    kurtosis: moments.kurtosis,
    averageHoldBars: 57,
    observationsPerYear: PERIODS,
    blockDays: blockLengthOf(returns),
    dailyReturns: returns,
    returnsSha256: sha256(Float64Array.from(returns)),
    breakEvenMultiple: 5.9
  };
}
var GRADE = {
  horizonBars: 24,
  s0: 0.05,
  above: { x: [0, 0.2, 0.5, 1, 2], y: [0, 0.3, 0.62, 0.9, 1] },
  below: { x: [0, 0.2, 0.5, 1, 2], y: [0, 0.28, 0.58, 0.88, 1] },
  pUp: { x: [-2, -0.5, 0, 0.5, 2], y: [0.478, 0.492, 0.503, 0.517, 0.536] },
  mean: { x: [-2, -0.5, 0, 0.5, 2], y: [-31e-4, -11e-4, 2e-4, 18e-4, 46e-4] },
  meanLow: { x: [-2, -0.5, 0, 0.5, 2], y: [-78e-4, -39e-4, -18e-4, 3e-4, 12e-4] },
  meanHigh: { x: [-2, -0.5, 0, 0.5, 2], y: [16e-4, 17e-4, 22e-4, 33e-4, 8e-3] },
  outcomeLow: { x: [-2, 0, 2], y: [-0.041, -0.036, -0.034] },
  outcomeHigh: { x: [-2, 0, 2], y: [0.033, 0.037, 0.044] },
  roundTripCost: 21e-4,
  base: { n: 9600, nEffective: 400, pUp: 0.505, mean: 4e-4, sd: 0.029 }
};
function normalQuantiles(mean, sd) {
  return Array.from({ length: 21 }, (_, i) => mean + sd * probit(Math.min(0.999, Math.max(1e-3, i / 20))));
}
var PLAIN = plainVersion();

// bench/grading/simulated-model.ts
var PERIODS2 = 365;
var SD = 0.015;
var STRATEGY = defineStrategy({
  id: "simulated",
  summary: "stands for a model whose days are drawn",
  params: {},
  warmupBars: () => 1,
  targetExposure: ({ close }) => new Float64Array(close.length)
});
function studentNoise(normal) {
  let chi = 0;
  for (let i = 0; i < 5; i++) chi += normal() ** 2;
  return normal() / Math.sqrt(chi / 5) / Math.sqrt(5 / 3);
}
function drawDay(normal, sharpeAnn2) {
  const score = normal();
  const profit = studentNoise(normal) + sharpeAnn2 / Math.sqrt(PERIODS2);
  return { score, market: Math.sign(score) * profit, profit };
}
function rankProduct({ score, market }) {
  return 12 * (normalCdf(score) - 0.5) * (normalCdf(market) - 0.5);
}
function promisedVersion({ seed, sharpeAnn: sharpeAnn2, days }) {
  const normal = seededNormal(seededRandom(seed, "promise"));
  const drawn = Array.from({ length: days }, () => drawDay(normal, 0));
  const noise = drawn.map(({ profit }) => profit);
  const { mean, ...rest } = momentsOf(noise);
  const spread = spreadOf({ mean, ...rest }) ?? 1;
  const whole2 = drawn.map(({ score, profit }) => ({ score, profit: (profit - mean) / spread + sharpeAnn2 / Math.sqrt(PERIODS2) })).map((day) => ({ ...day, market: Math.sign(day.score) * day.profit }));
  const dailyReturns3 = whole2.map(({ profit }) => SD * profit);
  const ics = momentsOf(whole2.map(rankProduct));
  const icSd = spreadOf(ics) ?? 1;
  const plain = modelVersion();
  const moments = { sharpe: sharpeAnn2 / Math.sqrt(PERIODS2), observations: days, ...populationShape(dailyReturns3) ?? { skewness: 0, kurtosis: 3 } };
  return {
    ...plain,
    modelId: "simulated",
    version: seed,
    timeframeMs: DAY_MS,
    strategy: { ...plain.strategy, id: STRATEGY.id },
    oos: {
      ...plain.oos,
      toMs: plain.oos.fromMs + days * DAY_MS,
      sharpeAnn: sharpeAnn2,
      sharpeErrorAnn: (sharpeStandardError(moments) ?? 0) * Math.sqrt(PERIODS2),
      dailyReturns: dailyReturns3,
      blockDays: blockLengthOf(dailyReturns3)
    },
    reference: { score: Array.from({ length: 101 }, (_, i) => probit(Math.min(0.999, Math.max(1e-3, i / 100)))), features: {} },
    grade: { ...plain.grade, horizonBars: 1, base: { ...plain.grade.base, pUp: 0.5, mean: 0, sd: SD } },
    calibration: { ...plain.calibration, icMean: ics.mean, icSd, icT: ics.mean / icSd * Math.sqrt(days) },
    expiry: { validUntilMs: Date.UTC(2100, 0, 1), retrainEveryDays: 0 }
  };
}
function liveRun({ version, seed, course, days, policy, outcomes: outcomes2 }) {
  const key = `simulated@${version.version}`;
  let state = "LIVE";
  const model = { key, version, strategy: STRATEGY };
  const models2 = { all: () => [{ ...model, state, sinceMs: 0 }], get: (name) => name === key ? { ...model, state, sinceMs: 0 } : null, grading: () => [{ ...model, state }] };
  const monitors = createMonitors({ models: models2, ...policy === void 0 ? {} : { policy } });
  const alarms = {};
  let demotedOn = null;
  let suspendedOn = null;
  const normal = seededNormal(seededRandom(seed, `live:${outcomes2}`));
  for (let day = 1; day <= days && suspendedOn === null; day++) {
    const startMs = version.oos.toMs + day * DAY_MS;
    const sharpeAnn2 = course(day);
    const drawn = drawDay(normal, sharpeAnn2);
    const judged = outcomes2 === "same market" ? drawn : drawDay(normal, sharpeAnn2);
    for (const entry of heard(monitors, draftsOf(key, state, version, startMs, drawn, judged), startMs + DAY_MS)) {
      if (entry.type === "model_health") {
        for (const { id, state: level } of entry.payload.monitors) {
          if (level !== "watch" && level !== "suspend") continue;
          alarms[id] ??= day;
          if (level === "suspend") alarms[`${id} suspend`] ??= day;
        }
      }
      if (entry.type !== "transition") continue;
      state = entry.payload.to;
      if (state !== "LIVE") demotedOn ??= day;
      if (state === "SUSPENDED") suspendedOn = day;
    }
  }
  return { alarms, demotedOn, suspendedOn };
}
function draftsOf(key, state, version, startMs, { profit }, { score, market }) {
  const place = { venue: "simulated", symbol: "A/USDT", timeframeMs: DAY_MS };
  const common = { model: key, state };
  return [
    {
      type: "outcome_resolved",
      model: key,
      payload: {
        ...place,
        ...common,
        closeTimeMs: startMs,
        score,
        grade: 50,
        pUp: 0.5,
        expReturn: 0,
        outcomeLow: -1,
        outcomeHigh: 1,
        horizonBars: 1,
        entryTimeMs: startMs,
        exitTimeMs: startMs + DAY_MS,
        grossReturn: SD * market,
        laggedReturn: null,
        netReturn: SD * profit,
        signal: score > 0 ? 1 : -1
      }
    },
    { type: "model_day", model: key, payload: { ...common, venue: place.venue, symbol: place.symbol, dayMs: startMs, netReturn: SD * profit, grossReturn: SD * profit, exposure: 1, turnover: 0 } },
    { type: "close", model: null, payload: { timeframeMs: version.timeframeMs, closeTimeMs: startMs + DAY_MS } }
  ];
}
function heard(processor, drafts, tsMs) {
  const written = [];
  const queue = [...drafts];
  for (let draft = queue.shift(); draft !== void 0; draft = queue.shift()) {
    const entry = { ...draft, seq: written.length, tsMs };
    written.push(entry);
    processor.apply(entry);
    queue.push(...processor.respond(entry));
  }
  return written;
}

// bench/grading/monitors.ts
var { values } = parseArgs({
  options: {
    models: { type: "string", default: "500" },
    sharpe: { type: "string", default: "1.5" },
    "oos-days": { type: "string", default: "1095" },
    outcomes: { type: "string", default: "same market" },
    seed: { type: "string", default: "1" },
    years: { type: "string", default: "1" },
    json: { type: "boolean", default: false }
  }
});
var YEAR = 365;
var models = Number(values.models);
var sharpeAnn = Number(values.sharpe);
var years = Number(values.years);
var outcomes = values.outcomes;
var SCENARIOS = [
  { name: `healthy: ${sharpeAnn / 2}, half of ${sharpeAnn}`, course: () => sharpeAnn / 2, days: years * YEAR, after: 0 },
  { name: `healthy: all of ${sharpeAnn}`, course: () => sharpeAnn, days: years * YEAR, after: 0 },
  { name: `${sharpeAnn} \u2192 \u22122 at once`, course: () => -2, days: YEAR, after: 0 },
  { name: `${sharpeAnn} \u2192 \u22122 after 180 days`, course: (day) => day <= 180 ? sharpeAnn : -2, days: 180 + YEAR, after: 180 },
  { name: `${sharpeAnn} \u2192 0 at once`, course: () => 0, days: YEAR, after: 0 }
];
var results = SCENARIOS.map(() => []);
for (let i = 0; i < models; i++) {
  const seed = Number(values.seed) * 1e5 + i;
  const version = promisedVersion({ seed, sharpeAnn, days: Number(values["oos-days"]) });
  SCENARIOS.forEach(({ course, days }, s) => results[s].push(liveRun({ version, seed: seed * 10 + s, course, days, outcomes })));
  if ((i + 1) % 25 === 0) process.stderr.write(`${i + 1} of ${models} models
`);
}
var report = SCENARIOS.map((scenario, s) => summarise2(scenario, results[s]));
if (values.json) process.stdout.write(`${JSON.stringify({ policy: MONITOR_POLICY.version, policyHash: monitorPolicyHash(MONITOR_POLICY), models, sharpeAnn, outcomes, report })}
`);
else process.stdout.write(`${MONITOR_POLICY.version} (${monitorPolicyHash(MONITOR_POLICY)}), ${models} models, outcomes of ${outcomes}
${report.map(lineOf).join("\n")}
`);
function summarise2({ name, days, after }, all) {
  const counted = all.filter(({ demotedOn }) => demotedOn === null || demotedOn > after);
  const found = counted.flatMap(({ demotedOn }) => demotedOn === null ? [] : [demotedOn - after]).sort((a, b) => a - b);
  const ids = [...new Set(counted.flatMap(({ alarms }) => Object.keys(alarms)))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const perMonitor = Object.fromEntries(ids.map((id) => [id, counted.filter(({ alarms }) => (alarms[id] ?? 0) > after).length / counted.length]));
  const byYear = Array.from({ length: Math.ceil((days - after) / YEAR) }, (_, year) => {
    const left = counted.filter(({ demotedOn }) => demotedOn === null || demotedOn - after > year * YEAR);
    return wilson(left.filter(({ demotedOn }) => demotedOn !== null && demotedOn - after <= (year + 1) * YEAR).length, left.length);
  });
  return { name, counted: counted.length, byYear, suspended: wilson(counted.filter(({ suspendedOn }) => suspendedOn !== null).length, counted.length), medianDays: found[found.length >> 1] ?? null, perMonitor };
}
function lineOf({ name, counted, byYear, suspended, medianDays, perMonitor }) {
  const percent3 = (share) => (100 * share).toFixed(1);
  const demoted = byYear.map(({ share, low, high }) => `${percent3(share)} % [${percent3(low)}, ${percent3(high)}]`).join(", then ");
  const alarms = Object.entries(perMonitor).map(([id, share]) => `${id} ${percent3(share)}`).join(", ");
  return `${name} (${counted}): demoted in a year ${demoted}; suspended ${percent3(suspended.share)} %; median day ${medianDays ?? "\u2013"}
    alarms in %: ${alarms}`;
}
