/**
 * Percentile of each value among those that are there: 100 · (below + ½ · others equal) ÷ (n − 1).
 *
 * null    where the value is, and everywhere below two values
 */
export function crossPercentiles(values: readonly (number | null)[]): (number | null)[] {
  const present = values.filter((value) => value !== null);
  return values.map((value) => {
    if (value === null || present.length < 2) return null;
    let halves = -1;
    for (const other of present) halves += other < value ? 2 : other === value ? 1 : 0;
    return (100 * halves) / (2 * (present.length - 1));
  });
}
