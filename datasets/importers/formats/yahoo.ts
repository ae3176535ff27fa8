import { DAY_MS } from '../../../engine/core/index.ts';
import type { RawCandles } from '../../types.ts';
import type { Format } from './format.ts';

/** Yahoo Finance history: Date,Open,High,Low,Close[,Adj Close],Volume. */
export const yahoo: Format = {
  id: 'yahoo/1',
  detect(table) {
    const header = table.columns?.join(',') ?? '';
    const adjusted = header === 'Date,Open,High,Low,Close,Adj Close,Volume';
    if (!adjusted && header !== 'Date,Open,High,Low,Close,Volume') return null;
    return {
      score: 0.9,
      layout: {
        time: 0, prices: [1, 2, 3, 4], volume: adjusted ? 6 : 5, decideVolumeUnit,
        notes: adjusted ? ['Adj Close is left aside: prices are as in Open, High, Low and Close'] : [],
      },
    };
  },
};

/** Yahoo counts shares for equities and quote currency for crypto; only crypto trades on weekends. */
function decideVolumeUnit({ openTimeMs, volume }: RawCandles): { unit: 'base' | 'quote'; note: string } {
  const weekend = openTimeMs.filter((ms) => [0, 6].includes(new Date(ms).getUTCDay()) && ms % DAY_MS === 0).length / openTimeMs.length;
  const whole = volume.every((value) => Number.isNaN(value) || Number.isInteger(value));
  if (weekend > 0.2 && whole) {
    return { unit: 'quote', note: 'bars on weekends and whole-number volumes: a Yahoo crypto history, whose volume is in quote currency (volumeUnit base says otherwise)' };
  }
  return { unit: 'base', note: 'volume is read as shares or base currency (volumeUnit quote says otherwise)' };
}
