/** Words that say the same. */
const SYNONYMS: Readonly<Record<string, string>> = {
  maximum: 'max', average: 'avg', mean: 'avg', annual: 'ann', annualised: 'ann', annualized: 'ann', dd: 'drawdown', trades: 'trade', days: 'duration', day: 'duration',
  winrate: 'win', winning: 'win', returns: 'return', vol: 'volatility',
};
/** Words that tell no two statistics apart. */
const SILENT = new Set([
  'pct', 'percent', 'percentage', 'frac', 'fraction', 'usd', 'ratio', 'criterion', 'rate', 'and', 'of', 'the', 'total', 'time', 'n', 'num', 'number', 'count', 'value',
]);

/**
 * The value of a statistic asked for in any spelling: `Return (Ann.) [%]`, `ann_return_pct`, `annualReturnPct`; undefined where none is meant.
 *
 * Percentages are given as fractions where the name asks for one.
 */
export function statisticNamed(asked: string, known: Readonly<Record<string, number | null>>): number | null | undefined {
  const byWords = new Map(Object.keys(known).map((name) => [keyOf(wordsOf(name)), name]));
  const words = wordsOf(asked);
  const name = byWords.get(keyOf(words)) ?? byWords.get(keyOf(words.filter((word) => word !== 'ann'))) ?? byWords.get(keyOf([...words, 'ann']));
  if (name === undefined) return undefined;
  const value = known[name];
  return value !== null && name.includes('[%]') && /frac/i.test(asked) ? value / 100 : value;
}

function wordsOf(name: string): string[] {
  const bare = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/).filter((word) => word !== '' && !SILENT.has(word));
  const words = bare.map((word) => SYNONYMS[word] ?? word);
  return words.includes('trade') ? words.filter((word) => word !== 'return') : words;
}

function keyOf(words: readonly string[]): string {
  return [...new Set(words)].sort().join(' ');
}
