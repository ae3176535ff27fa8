import { binanceKlines } from './binance-klines.ts';
import { bitfinex } from './bitfinex.ts';
import { coingeckoDump, coingeckoExport } from './coingecko.ts';
import { coinMarketCap } from './coinmarketcap.ts';
import { cryptoDataDownload } from './cryptodatadownload.ts';
import type { Format } from './format.ts';
import { freqtrade } from './freqtrade.ts';
import { headerless } from './headerless.ts';
import { kraken } from './kraken.ts';
import { leanBars, leanMinute } from './lean.ts';
import { namedColumns } from './named-columns.ts';
import { ninjabot } from './ninjabot.ts';
import { pandasIndex } from './pandas-index.ts';
import { yahoo } from './yahoo.ts';

/** Every format, in the order in which a tie is decided. */
export const FORMATS: readonly Format[] = [
  binanceKlines, cryptoDataDownload, yahoo, coingeckoExport, coingeckoDump, coinMarketCap, kraken, bitfinex, ninjabot, freqtrade,
  leanBars, leanMinute, pandasIndex, namedColumns, headerless,
];
