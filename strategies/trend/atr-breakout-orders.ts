import { defineStrategy, float, int } from '../../engine/index.ts';

/** A buy stop above the channel, which brings its own stop and trailing stop, both measured in average true ranges. */
export const atrBreakoutOrders = defineStrategy({
  id: 'atr-breakout-orders',
  summary: 'Rests a buy stop above the highest high, sized by the risk to its stop, and leaves by that stop or by a trailing one.',
  thesis: 'a new high means that sellers are used up; an order that waits there is in before the close that confirms it',
  fails: 'when the break is a spike: it is bought at its top, inside the bar, and stopped on the way back',
  source: "Donchian's channel with Wilder's average true range; Faith (2007), Way of the Turtle, on risk per trade",
  params: {
    channelBars: int({ min: 5, max: 300, default: 48, scale: 'log' }),
    atrBars: int({ min: 5, max: 100, default: 20, scale: 'log' }),
    bufferAtr: float({ min: 0, max: 2, default: 0.1, step: 0.1 }),
    stopAtr: float({ min: 0.5, max: 10, default: 2, step: 0.5 }),
    trailAtr: float({ min: 0.5, max: 20, default: 4, step: 0.5 }),
    riskFrac: float({ min: 0.001, max: 0.1, default: 0.01, step: 0.005 }),
  },
  warmupBars: ({ channelBars, atrBars }) => Math.max(channelBars, 10 * atrBars),
  features: ({ high, low, close }, { channelBars, atrBars }, ta) => ({
    highest: ta.donchian(high, low, channelBars).upper,
    range: ta.atr(high, low, close, atrBars),
  }),
  onBar: (context, { bufferAtr, stopAtr, trailAtr, riskFrac }) => {
    if (context.position.qtyBase !== 0) return;
    context.cancelAll();
    const range = context.feature('range');
    const level = context.feature('highest') + bufferAtr * range;
    const stopPrice = level - stopAtr * range;
    const trailFrac = (trailAtr * range) / level;
    if (!(range > 0) || stopPrice <= 0 || trailFrac >= 1) return;
    const qtyBase = Math.min((riskFrac * context.equity) / (stopAtr * range), context.equity / level);
    context.place({ type: 'stop', side: 'buy', stopPrice: level, qtyBase, bracket: { stopPrice, trailFrac }, tag: 'breakout' });
  },
});
