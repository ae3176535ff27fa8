import { describe, expect, it } from 'vitest';
import { HOUR_MS, SECOND_MS } from '../../../engine/index.ts';
import { closeKey, type FeedEvent, marketKey, Sequencer, type SequencerOptions } from '../../../grading/index.ts';
import { FEED_START_MS as T0, feedBars, marketOf, rawBars, told } from '../../support/feed-market.ts';

const btc = feedBars('BTC/USDT', 12);
const eth = feedBars('ETH/USDT', 12);
const [B, E] = [rawBars(btc), rawBars(eth)];
const [btcKey, ethKey] = [marketKey(marketOf(btc)), marketKey(marketOf(eth))];
const at = (hours: number, seconds = 0): number => T0 + hours * HOUR_MS + seconds * SECOND_MS;
const price = (bars: { readonly close: ArrayLike<number> }, t: number): number => bars.close[t];

function begun(markets = [btc], options: Partial<SequencerOptions> = {}): Sequencer {
  return new Sequencer({ markets: markets.map(marketOf), position: new Map(markets.map((bars) => [marketKey(marketOf(bars)), T0 - bars.timeframeMs])), ...options });
}
const lines = (events: readonly FeedEvent[]): string[] => events.map(told);

describe('the sequencer', () => {
  it('gives a bar, and its close behind it', () => {
    expect(lines(begun().push(B[0], at(1)))).toEqual([`bar BTC/USDT 0 ${price(btc, 0)}`, 'close 1']);
  });

  it('gives the close when all markets of the timeframe have the bar', () => {
    const sequencer = begun([btc, eth]);
    expect(lines(sequencer.push(B[0], at(1)))).toEqual([`bar BTC/USDT 0 ${price(btc, 0)}`]);
    expect(lines(sequencer.push(E[0], at(1, 1)))).toEqual([`bar ETH/USDT 0 ${price(eth, 0)}`, 'close 1']);
  });

  it('passes no bar that is still forming, and none whose close the clock has not passed', () => {
    const sequencer = begun();
    expect(sequencer.push({ ...B[0], isFinal: false }, at(1))).toEqual([]);
    expect(sequencer.push(B[0], at(1, -1))).toEqual([]);
    expect(sequencer.dueAtMs(at(1, -1))).toBe(at(1));
    expect(lines(sequencer.tick(at(1)))).toEqual([`bar BTC/USDT 0 ${price(btc, 0)}`, 'close 1']);
    expect(sequencer.counts).toMatchObject({ forming: 1, given: 1 });
  });

  it('drops a repeated bar, and gives a corrected one as its next revision', () => {
    const sequencer = begun();
    sequencer.push(B[0], at(1));
    expect(sequencer.push(B[0], at(1, 1))).toEqual([]);
    const corrected = { ...B[0], close: B[0].high };
    expect(lines(sequencer.push(corrected, at(1, 2)))).toEqual([`bar BTC/USDT 0 ${B[0].high} revision 1`]);
    expect(sequencer.push(corrected, at(1, 3))).toEqual([]);
    expect(lines(sequencer.push(B[0], at(1, 4)))).toEqual([`bar BTC/USDT 0 ${price(btc, 0)} revision 2`]);
    expect(sequencer.counts).toMatchObject({ duplicates: 2, revisions: 2 });
  });

  it('holds a bar that came ahead of its place, and asks for the one before it', () => {
    const sequencer = begun();
    expect(sequencer.push(B[2], at(3))).toEqual([]);
    expect(sequencer.takeAsks()).toEqual([{ key: btcKey, fromMs: T0, toMs: at(2), hasLater: true }]);
    expect(sequencer.takeAsks()).toEqual([]);
    sequencer.push(B[1], at(3, 1));
    expect(lines(sequencer.push(B[0], at(3, 2)))).toEqual([0, 1, 2].flatMap((t) => [`bar BTC/USDT ${t} ${price(btc, t)}`, `close ${t + 1}`]));
  });

  it('names a gap as soon as the source says that it has no such bar', () => {
    const sequencer = begun();
    sequencer.push(B[1], at(2));
    const [ask] = sequencer.takeAsks();
    const events = sequencer.answer({ ...ask, knownToMs: ask.toMs, reason: 'the source has no such bar' }, at(2, 1));
    expect(lines(events)).toEqual(['gap BTC/USDT 0 the source has no such bar', 'close 1', `bar BTC/USDT 1 ${price(btc, 1)}`, 'close 2']);
  });

  it('gives up after its patience where the source does not answer, and calls what comes then late', () => {
    const sequencer = begun([btc, eth], { patienceMs: 30 * SECOND_MS });
    sequencer.push(E[0], at(1));
    const [ask] = (sequencer.tick(at(1, 2)), sequencer.takeAsks());
    expect(ask).toEqual({ key: btcKey, fromMs: T0, toMs: at(1), hasLater: false });
    sequencer.answer({ ...ask, knownToMs: ask.fromMs, reason: 'HTTP 503' }, at(1, 3));
    expect(sequencer.tick(at(1, 29.9))).toEqual([]);
    expect(sequencer.tick(at(1, 30))).toEqual([]); // it was asked again
    const [again] = sequencer.takeAsks();
    expect(lines(sequencer.answer({ ...again, knownToMs: again.fromMs, reason: 'HTTP 503' }, at(1, 30)))).toEqual(['gap BTC/USDT 0 not received within 30s; HTTP 503', 'close 1']);
    expect(lines(sequencer.push(B[0], at(1, 31)))).toEqual([`late BTC/USDT 0 ${price(btc, 0)}`]);
    expect(sequencer.push(B[0], at(1, 32))).toEqual([]);
    expect(lines(sequencer.push({ ...B[0], close: B[0].low }, at(1, 33)))).toEqual([`late BTC/USDT 0 ${B[0].low} revision 1`]);
  });

  it('gives nothing up while no bar shows that the time has come, nor while the source cannot be heard', () => {
    const sequencer = begun([btc, eth]);
    expect(sequencer.tick(at(6))).toEqual([]);
    for (const ask of sequencer.takeAsks()) sequencer.answer({ ...ask, knownToMs: ask.fromMs, reason: 'HTTP 503' }, at(6));
    sequencer.connect(false, at(6));
    expect(lines(sequencer.push(E[0], at(6)))).toEqual([`bar ETH/USDT 0 ${price(eth, 0)}`]);
    expect(sequencer.tick(at(6, 4))).toEqual([]);
    sequencer.connect(true, at(6, 4));
    expect(sequencer.dueAtMs(at(6, 4))).toBe(at(6, 5));
    sequencer.tick(at(6, 5));
    const [ask] = sequencer.takeAsks();
    expect(sequencer.tick(at(9))).toEqual([]);
    expect(lines(sequencer.answer({ ...ask, knownToMs: ask.fromMs, reason: 'HTTP 503' }, at(9)))).toEqual(['gap BTC/USDT 0 not received within 30s; HTTP 503', 'close 1']);
  });

  it('asks in portions, all markets together, when it has slept long', () => {
    const sequencer = begun([btc, eth], { maxAskBars: 4 });
    sequencer.tick(at(10, 5));
    const asks = sequencer.takeAsks();
    expect(asks).toEqual([btcKey, ethKey].map((key) => ({ key, fromMs: T0, toMs: at(4), hasLater: false })));
    for (let t = 0; t < 4; t++) sequencer.push(B[t], at(10, 6));
    sequencer.answer({ ...asks[0], knownToMs: asks[0].toMs, reason: '' }, at(10, 6));
    expect(sequencer.takeAsks()).toEqual([]);
    expect(lines(sequencer.push(E[0], at(10, 7)))).toEqual([`bar ETH/USDT 0 ${price(eth, 0)}`, 'close 1', `bar BTC/USDT 1 ${price(btc, 1)}`]);
  });

  it('refuses what cannot be a bar: a gap with the reason, unless a good one comes', () => {
    const sequencer = begun();
    expect(sequencer.push({ ...B[0], high: B[0].low, low: B[0].high }, at(1))).toEqual([]);
    const [ask] = (sequencer.tick(at(1, 2)), sequencer.takeAsks());
    expect(lines(sequencer.answer({ ...ask, knownToMs: ask.toMs, reason: 'the source has no such bar' }, at(1, 3)))[0]).toMatch(/^gap BTC\/USDT 0 refused: high must not be below low/);
    sequencer.push({ ...B[1], close: Number.NaN }, at(2));
    expect(lines(sequencer.push(B[1], at(2, 1)))).toEqual([`bar BTC/USDT 1 ${price(btc, 1)}`, 'close 2']);
    sequencer.push({ ...B[2], openTimeMs: B[2].openTimeMs + 1 }, at(4));
    sequencer.push({ ...B[2], volume: -1 }, at(4));
    sequencer.push({ ...B[2], open: 0 }, at(4));
    expect(sequencer.counts).toMatchObject({ refused: 5, gaps: 1, given: 1 });
  });

  it('stops waiting for a market that has not come three times, until it comes again', () => {
    const sequencer = begun([btc, eth]);
    for (let t = 0; t < 3; t++) {
      sequencer.push(E[t], at(t + 1));
      for (const seconds of [2, 30]) {
        sequencer.tick(at(t + 1, seconds));
        for (const ask of sequencer.takeAsks()) sequencer.answer({ ...ask, knownToMs: ask.fromMs, reason: 'nothing yet' }, at(t + 1, seconds));
      }
    }
    expect(lines(sequencer.push(E[3], at(4)))).toEqual([`bar ETH/USDT 3 ${price(eth, 3)}`, 'gap BTC/USDT 3 no longer waited for after 3 bars that did not come; nothing yet', 'close 4']);
    sequencer.push(B[3], at(4, 1));
    expect(lines(sequencer.push(E[4], at(5)))).toEqual([`bar ETH/USDT 4 ${price(eth, 4)}`]);
  });

  it('keeps closes of several timeframes in one order of time', () => {
    const four = feedBars('BTC/USDT', 3, { timeframeMs: 4 * HOUR_MS });
    const sequencer = begun([btc, four]);
    const events = [B[0], B[1], B[2], B[3], B[4]].flatMap((bar) => sequencer.push(bar, at(5)));
    expect(lines(events).filter((line) => line.startsWith('close'))).toEqual(['close 1', 'close 2', 'close 3']);
    expect(lines(sequencer.push(rawBars(four)[0], at(5))).slice(1)).toEqual(['close 4', 'close 1', `bar BTC/USDT 4 ${price(btc, 4)}`, 'close 5']);
  });

  it('lets markets begin at their first bar where none is known, and waits for the others at the first close', () => {
    const sequencer = new Sequencer({ markets: [marketOf(btc), marketOf(eth)], position: new Map() });
    expect(lines(sequencer.push(B[0], at(1)))).toEqual([`bar BTC/USDT 0 ${price(btc, 0)}`]);
    expect(lines(sequencer.push(E[0], at(1, 1)))).toEqual([`bar ETH/USDT 0 ${price(eth, 0)}`, 'close 1']);
    const alone = new Sequencer({ markets: [marketOf(btc), marketOf(eth)], position: new Map() });
    alone.push(B[0], at(1));
    expect(alone.dueAtMs(at(1))).toBe(at(1, 30));
    expect(lines(alone.tick(at(1, 30)))).toEqual(['close 1']);
    expect(lines(alone.push(E[1], at(2)))).toEqual([`bar ETH/USDT 1 ${price(eth, 1)}`]);
  });

  it('makes up for the close that a crash kept from being written, once', () => {
    const position = new Map([[btcKey, at(1)], [ethKey, at(1)], [closeKey(HOUR_MS), at(1)]]);
    const sequencer = new Sequencer({ markets: [marketOf(btc), marketOf(eth)], position });
    expect(lines(sequencer.tick(at(2, 1)))).toEqual(['close 2']);
    expect(sequencer.tick(at(2, 1))).toEqual([]);
    const written = new Sequencer({ markets: [marketOf(btc), marketOf(eth)], position: position.set(closeKey(HOUR_MS), at(2)) });
    expect(written.tick(at(2, 1))).toEqual([]);
  });
});
