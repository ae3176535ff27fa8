import type { InstrumentHint } from '../types.ts';

const QUOTES = ['USDT', 'USDC', 'BUSD', 'TUSD', 'FDUSD', 'USD', 'EUR', 'GBP', 'TRY', 'BTC', 'ETH', 'BNB'];
const STEM = String.raw`\.(?:csv|json|feather|parquet|arrow|zip|gz)`;
const BINANCE = new RegExp(String.raw`^([A-Z0-9]{5,})-(\d+(?:s|m|h|d|w|mo))-\d{4}-\d\d(?:-\d\d)?${STEM}`);
const FREQTRADE = new RegExp(String.raw`^([A-Z0-9]+)_([A-Z0-9]+)(?:_([A-Z0-9]+))?-(\d+(?:m|h|d|w|M))(?:-(futures|mark|funding_rate))?${STEM}`);
const CRYPTODATADOWNLOAD = /^([A-Za-z]+)_([A-Z0-9]{5,})_(d|\d+h|minute|\d+min)/;
const KRAKEN = /^([A-Z0-9]{5,})_(1|5|15|30|60|240|720|1440)\.csv/;
const LEAN_MINUTE = /^\d{8}_([a-z0-9]+)_(minute|second)_(?:trade|quote)\.csv$/;
const COINGECKO = /^([a-z0-9]+)-([a-z]+)-max\.csv/;
const PAIR = new RegExp(String.raw`^([A-Z0-9]{2,8}(?:${QUOTES.join('|')}))[_-](\d+[mhdw])(?:[_.-]|$)`);

/** Market and timeframe as well-known naming habits tell them: a hint, never a decision. */
export function hintFromNames(names: readonly string[]): InstrumentHint {
  return names.map(hintFromName).reduce((known, next) => ({ ...known, ...next }), {});
}

function hintFromName(name: string): InstrumentHint {
  let match = FREQTRADE.exec(name);
  if (match) return { symbol: `${match[1]}/${match[2]}`, timeframe: match[4], kind: match[3] || match[5] ? 'perpetual' : 'spot' };
  match = BINANCE.exec(name);
  if (match) return { symbol: splitPair(match[1]), venue: 'binance', timeframe: match[2] };
  match = CRYPTODATADOWNLOAD.exec(name);
  if (match) return { symbol: splitPair(match[2]), venue: match[1].toLowerCase(), timeframe: wordTimeframe(match[3]) };
  match = KRAKEN.exec(name);
  if (match) return { symbol: splitPair(match[1]), venue: 'kraken', timeframe: minutesTimeframe(Number(match[2])) };
  match = LEAN_MINUTE.exec(name);
  if (match) return { symbol: splitPair(match[1].toUpperCase()), timeframe: match[2] === 'minute' ? '1m' : '1s' };
  match = COINGECKO.exec(name);
  if (match) return { symbol: `${match[1]}/${match[2]}`.toUpperCase(), venue: 'coingecko', timeframe: '1d' };
  match = PAIR.exec(name);
  return match ? { symbol: splitPair(match[1]), timeframe: match[2] } : {};
}

/** `BTCUSDT` → `BTC/USDT`; Kraken's XBT is BTC. A name without a known quote stays as it is. */
export function splitPair(text: string): string {
  const plain = text.trim().toUpperCase().replaceAll(/[-_]/g, '/').replace(/^XBT/, 'BTC');
  if (plain.includes('/')) return plain;
  const quote = QUOTES.find((candidate) => plain.endsWith(candidate) && plain.length > candidate.length);
  return quote === undefined ? plain : `${plain.slice(0, -quote.length)}/${quote}`;
}

function wordTimeframe(word: string): string {
  if (word === 'd') return '1d';
  return word === 'minute' ? '1m' : word.replace('min', 'm');
}

function minutesTimeframe(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
