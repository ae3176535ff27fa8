/**
 * The line of each year that a given share of healthy paths crosses in that year, of those that did not cross before.
 *
 * A statistic that remembers (a sum, a drawdown from the last peak) starts its second year higher than its first, so that one line for ever would alarm
 * more often every year.
 *
 * shape   highest[year][path] is the largest value of a path in that year; lines[year] is exceeded by floor(share · paths left) of them
 */
export function yearlyLines(highest: readonly Float64Array[], share: number): number[] {
  let left = Array.from(highest[0], (_, path) => path);
  return highest.map((ofYear) => {
    const sorted = Float64Array.from(left, (path) => ofYear[path]).sort();
    const line = sorted[Math.max(0, sorted.length - 1 - Math.floor(share * sorted.length))];
    left = left.filter((path) => ofYear[path] <= line);
    return line;
  });
}

/** The line of a day; after the last simulated year its line stays. */
export function lineAt(lines: readonly number[], day: number, yearDays: number): number {
  return lines[Math.min(lines.length - 1, Math.floor(Math.max(0, day - 1) / yearDays))];
}
