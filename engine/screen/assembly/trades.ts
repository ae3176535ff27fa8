// From decisions to the figures of a point, one trade after another.
import { at, CLOSE, ENTRY, EVENTS, EXIT, EXTREMES, FALLS, FILL, impact, kin, lag, lesser, maker, n, N, opened, SUMS, taker } from './memory';
import { holds, next } from './bits';
import { hasLevels, hitKind, hitPrice, reach, recall, touch } from './touches';

/** Where a point's figures go, column after column of `stride` bytes. */
// @ts-ignore: decorator
@inline
function write(out: usize, stride: usize, total: f64, s1: f64, s2: f64, fall: f64, trades: i32, wins: i32, bars: i32, ambiguous: i32, open: i32): void {
  store<f64>(out, total);
  store<f64>(out + stride, s1);
  store<f64>(out + 2 * stride, s2);
  store<f64>(out + 3 * stride, fall);
  store<f64>(out + 4 * stride, <f64>trades);
  store<f64>(out + 5 * stride, <f64>wins);
  store<f64>(out + 6 * stride, <f64>bars);
  store<f64>(out + 7 * stride, <f64>ambiguous);
  store<f64>(out + 8 * stride, <f64>open);
}

// @ts-ignore: decorator
@inline
function level(a: i32, b: i32): i32 { return (31 - <i32>clz<u32>((a ^ b) | 1)) * N; }

/**
 * All-in long trades between the event bars at EVENTS from number `start` on (begins, ends, begins …), without protection; `first` is the first bar that decides.
 *
 * Everything inside a trade comes from the tables: one row at its entry, one at its exit, and the extremes between. Returns 1 where a fill
 * falls on the bar from which the account is measured.
 */
export function holdings(start: i32, count: i32, first: i32, out: usize, stride: usize): i32 {
  let j = start;
  while (j + 1 < count && load<i32>(EVENTS + (<usize>j << 2), 4) <= first) j += 2; // over before the account opened
  if (j < count && load<i32>(EVENTS + (<usize>j << 2)) < first) store<i32>(EVENTS + (<usize>j << 2), first);
  if (!lag && j < count && load<i32>(EVENTS + (<usize>j << 2)) == opened) return 1;
  let E: f64 = 1, P: f64 = 1, F: f64 = 1, fall: f64 = 1, s1: f64 = 0, s2: f64 = 0; // equity, peak, least since the peak, worst ratio
  let wins = 0, trades = 0, bars = 0, open = 0;
  for (; j < count; j += 2) {
    const a = load<i32>(EVENTS + (<usize>j << 2)) + lag;
    if (a >= n) break;
    const decided = j + 1 < count ? load<i32>(EVENTS + (<usize>j << 2), 4) + lag : n, isOpen = decided >= n, e = isOpen ? n : decided, b = e - 1;
    const entry = ENTRY + (<usize>a << 5), units = load<f64>(entry), k = E * units;
    const L = level(a, b), pa = EXTREMES + (<usize>(L + a) << 4), pb = EXTREMES + (<usize>(L + b) << 4);
    const m = f64x2.pmax(v128.load(pa), v128.load(pb)), top = f64x2.extract_lane(m, 0) * k;
    F = lesser(F, -f64x2.extract_lane(m, 1) * k);
    if (top > P) { // a new peak inside: the stretch's own worst ratio counts too
      let own = lesser(load<f64>(FALLS + (<usize>(L + a) << 3)), load<f64>(FALLS + (<usize>(L + b) << 3)));
      if (b > a) own = lesser(own, -load<f64>(pb, 8) / load<f64>(pa));
      fall = lesser(lesser(fall, own), F / P);
      P = top;
      F = top;
    }
    bars += e - a;
    if (isOpen) {
      const sum = SUMS + (<usize>b << 4);
      s1 += load<f64>(entry, 8) + load<f64>(sum);
      s2 += load<f64>(entry, 16) + load<f64>(sum, 8);
      const was = E;
      E = k * at(CLOSE, b);
      open = E > was ? 2 : 1;
      break;
    }
    trades++;
    const exit = EXIT + (<usize>e << 5), ratio = units * load<f64>(exit);
    s1 += load<f64>(entry, 8) + load<f64>(exit, 8);
    s2 += load<f64>(entry, 16) + load<f64>(exit, 16);
    E *= ratio;
    wins += i32(ratio > 1);
    F = lesser(F, E);
    if (E > P) { fall = lesser(fall, F / P); P = E; F = E; }
  }
  write(out, stride, E - 1, s1, s2, lesser(fall, F / P), trades, wins, bars, 0, open);
  return 0;
}

// ---------- sizes ----------

/** What an entry buys: 0 a fraction of equity, 1 units, 2 quote currency; the account's cash, leverage and maintenance (0: spot). */
let sizing: i32 = 0, size: f64 = 1, cash0: f64 = 1, leverage: f64 = 1, maintenance: f64 = 0, sellsShort: bool = false;
export function account(sizing_: i32, size_: f64, cash: f64, leverage_: f64, maintenance_: f64, short: bool): void {
  sellsShort = short;
  sizing = sizing_;
  size = size_;
  cash0 = cash;
  leverage = leverage_;
  maintenance = maintenance_;
}

/**
 * Trades from bitsets: L and S are entries from flat, XL and XS what ends them (an opposite entry included), `turnLong` and `turnShort` entries as the
 * other side ends; 0 for none. `limit` > 0 ends a trade so many
 * bars after its decision. `again`: after a protective exit the next entry enters, otherwise only what follows the trade's own end.
 *
 * `memo`: {bar, kind, price} by entry bar for longs, then for shorts, shared by all points with the same protection; `tables`: use them.
 * Returns 1 where only the dense kernel knows what happens: a liquidation, or a fill on the bar from which the account is measured.
 */
export function decisions(L: usize, S: usize, turnLong: usize, turnShort: usize, XL: usize, XS: usize, first: i32, limit: i32, again: bool, memo: usize, tables: bool, out: usize, stride: usize): i32 {
  const isProtected = hasLevels();
  let E = cash0, P = cash0, F = cash0, fall: f64 = 1, s1: f64 = 0, s2: f64 = 0;
  let wins = 0, trades = 0, bars = 0, ambiguous = 0, open = 0;
  let side = 0, d = 0, t = again ? first : 0;
  let markBar = -1, mark: f64 = 0; // bar of an exit whose return is still to be taken, and the equity at the close before it
  while (true) {
    if (side == 0) {
      const l = L ? next(L, t) : N, s = S ? next(S, t) : N;
      d = min(l, s);
      if (d >= n) break;
      side = l < s ? 1 : -1;
    }
    const isTraded = side > 0 || sellsShort; // on spot a short is a position of nothing
    if (!isTraded && again) { side = 0; t = d + 1; continue; }
    const isLong = side > 0, dir: f64 = isLong ? 1 : -1, ends = isLong ? XL : XS;
    let y = ends ? next(ends, d + 1) : N;
    if (limit) y = min(y, d + limit);
    y = min(y, n);
    const opposite = isLong ? turnShort : turnLong;
    if (y > first && isTraded) {
      const a = max(d, first) + lag;
      if (a >= n) break;
      if (!lag && a == opened) return 1;
      const p = at(FILL, a), A = p * (1 + dir * impact), k = impact + taker * (1 + dir * impact), was = E;
      // after the fill and its costs, equity at a close C is units · (m + dir · C)
      let units: f64, m: f64, isAllIn = false;
      if (sizing == 0 && size == 1 && isLong) {
        units = E * (kin / p);
        m = 0;
        isAllIn = true;
      } else {
        const most = (leverage * E) / (p * (1 + leverage * k));
        units = sizing == 0 ? (size * E) / (p * (1 + size * k)) : min(sizing == 1 ? size : size / p, most);
        m = (E - units * p * k) / units - dir * p;
      }
      if (maintenance > 0 && !isAllIn && units * (m + dir * p) <= maintenance * units * p) return 1;
      let j = n;
      if (isProtected) {
        const q = memo + (<usize>((isLong ? 0 : N) + a) << 4);
        j = memo ? load<i32>(q) : 0;
        if (!j) {
          const from = a + 1 - lag;
          j = from >= n ? n : touch(dir, A, from);
          if (memo) { store<i32>(q, j); store<i32>(q, hitKind, 4); store<f64>(q, hitPrice, 8); }
        } else recall(q);
      }
      const isHit = j <= y && j < n, decided = y + lag, e = isHit ? j : min(decided, n), isOpen = e >= n, b = e - 1;
      if (maintenance > 0 && !isAllIn) { // nearly reached counts too: the dense kernel then decides
        const low = isLong ? (-m / (1 - maintenance)) * 1.000000001 : -Infinity, high = isLong ? Infinity : (m / (1 + maintenance)) * 0.999999999;
        if (reach(a + 1 - lag, min(e + 1, n), low, high) < min(e + 1, n)) return 1;
      }
      const closeBefore = markBar == a ? mark : E;
      if (markBar >= 0 && markBar != a) { // flat at the close of the exit's bar
        const r = E / mark - 1;
        s1 += r;
        s2 += r * r;
        F = lesser(F, E);
        if (E > P) { fall = lesser(fall, F / P); P = E; F = E; }
      }
      let last = closeBefore;
      if (b >= a) {
        const x = units * (m + dir * at(CLOSE, a)), r = x / closeBefore - 1;
        s1 += r;
        s2 += r * r;
        if (tables && isAllIn) {
          const ra = SUMS + (<usize>a << 4), rb = SUMS + (<usize>b << 4);
          s1 += load<f64>(rb) - load<f64>(ra);
          s2 += load<f64>(rb, 8) - load<f64>(ra, 8);
          const h = level(a, b), pa = EXTREMES + (<usize>(h + a) << 4), pb = EXTREMES + (<usize>(h + b) << 4);
          const mm = f64x2.pmax(v128.load(pa), v128.load(pb)), top = f64x2.extract_lane(mm, 0) * units;
          F = lesser(F, -f64x2.extract_lane(mm, 1) * units);
          if (top > P) {
            let own = lesser(load<f64>(FALLS + (<usize>(h + a) << 3)), load<f64>(FALLS + (<usize>(h + b) << 3)));
            if (b > a) own = lesser(own, -load<f64>(pb, 8) / load<f64>(pa));
            fall = lesser(lesser(fall, own), F / P);
            P = top;
            F = top;
          }
          last = units * at(CLOSE, b);
        } else {
          let v = m + dir * at(CLOSE, a);
          let peak = P / units, least = F / units;
          if (v < least) least = v;
          if (v > peak) { fall = lesser(fall, least / peak); peak = v; least = v; }
          for (let i = a + 1; i <= b; i++) {
            const u = m + dir * at(CLOSE, i), r = u / v - 1;
            v = u;
            s1 += r;
            s2 += r * r;
            if (u > peak) { fall = lesser(fall, least / peak); peak = u; least = u; } else if (u < least) least = u;
          }
          P = peak * units;
          F = least * units;
          last = v * units;
        }
        bars += e - a;
      }
      if (isOpen) { E = last; open = E > was ? 2 : 1; markBar = -1; break; }
      const isMaker = isHit && (hitKind & 2) != 0, reference = isHit ? hitPrice : at(FILL, e);
      if (isHit) ambiguous += hitKind >> 2;
      E = isMaker ? units * (m + reference * (dir - maker)) : units * (m + reference * (1 - dir * impact) * (dir - taker));
      trades++;
      wins += i32(E > was);
      if (!(E > 0)) return 1;
      markBar = e;
      mark = last;
      if (isHit && again) { side = 0; t = j + 1; continue; }
    }
    if (y >= n) break;
    if (opposite && holds(opposite, y)) { side = -side; d = y; } else { side = 0; t = y + 1; }
  }
  if (markBar >= 0) {
    const r = E / mark - 1;
    s1 += r;
    s2 += r * r;
    F = lesser(F, E);
    if (E > P) { fall = lesser(fall, F / P); P = E; F = E; }
  }
  write(out, stride, E / cash0 - 1, s1, s2, lesser(fall, F / P), trades, wins, bars, ambiguous, open);
  return 0;
}
