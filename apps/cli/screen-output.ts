import { DAY_MS, DAYS_PER_YEAR, expectedMaximum, leakWarnings, type Screen, type ScreenMarket, type ScreenTrial, SCREEN_COLUMNS, warmupWarnings } from '../../engine/index.ts';
import { faint, heading, number, print, table, warning } from './output.ts';
import { metricText, paramText, printCausality } from './results.ts';
import { axisTable, mapText } from './screen-charts.ts';
import type { TimedScreen } from './screen-request.ts';

/** A screen as scripts read it: the best trials, marginals and maps; the trials lie in Parquet. */
export function screenJson(screen: TimedScreen['screen'], top: number): object {
  const markets = screen.markets.map((market) => ({
    ...market, top: market.top.slice(0, top),
    maps: market.maps.map((map) => ({ ...map, defined: [...map.defined], mean: [...map.mean], best: [...map.best] })),
  }));
  return { ...screen, markets };
}

export function printScreen({ screen, evaluated, ms }: TimedScreen, top: number): void {
  const { spec, kernel, markets } = screen;
  print(heading(`${spec.strategyId} screened`) + faint(`  ${screen.id}`));
  print(`${number(screen.trials, 0)} trials, ${number(screen.failed, 0)} failed${evaluated === 0 ? ', all of them stored before' : `; ${number((1000 * evaluated) / ms, 0)} trials/s`}`);
  print(`${kernel.kernel}${kernel.reasons.length === 0 ? '' : `: ${kernel.reasons.join('; ')}`}`);
  for (const text of [...leakWarnings(screen.causality), ...warmupWarnings(screen.causality)]) print(warning(text));
  print(luckText(screen));
  print();
  print(topTable(screen, top));
  markets.forEach((market, index) => printMarket(screen, market, index));
  printCausality(screen.causality, 'best trial: ');
}

/** The best of all markets, the first trial on ties. */
function bestTrials({ markets, spec: { objective } }: Screen, top: number): ScreenTrial[] {
  const valueOf = ({ figures }: ScreenTrial): number => figures[objective] ?? -Infinity;
  return markets.flatMap((market) => market.top).sort((a, b) => valueOf(b) - valueOf(a) || a.trial - b.trial).slice(0, top);
}

function topTable(screen: Screen, top: number): string {
  const { objective } = screen.spec;
  const columns = [objective, ...SCREEN_COLUMNS.filter((name) => name !== objective)];
  const isMany = screen.markets.length > 1;
  return table(
    ['trial', ...(isMany ? ['market'] : []), 'parameters', ...columns],
    bestTrials(screen, top).map(({ trial, market, params, figures }) => [
      String(trial), ...(isMany ? [screen.spec.markets[market].instrument.symbol] : []), paramText(params), ...columns.map((name) => metricText(name, figures[name])),
    ]),
    isMany ? 3 : 2,
  );
}

/** What so many tries show without skill, had each been a try of its own. */
export function luckText({ markets, spec }: Screen): string {
  const n = markets.reduce((sum, { sharpeAnn }) => sum + sharpeAnn.n, 0);
  if (n < 1) return 'in sample only; no trial has a Sharpe ratio';
  const { firstTimeMs, lastTimeMs, timeframeMs } = spec.markets[0];
  const years = (lastTimeMs + timeframeMs - firstTimeMs) / (DAYS_PER_YEAR * DAY_MS);
  const best = expectedMaximum(n) / Math.sqrt(years);
  return `in sample only: the best of ${number(n, 0)} tries is lucky; without any skill, independent tries over ${number(years, 1)} years show a Sharpe ratio of ${number(best)}`;
}

function printMarket({ spec, markets }: Screen, market: ScreenMarket, index: number): void {
  if (markets.length > 1) print(`\n${heading(spec.markets[index].instrument.symbol)}`);
  for (const axis of market.axes) print(`\n${axisTable(axis, spec.objective)}`);
  for (const map of market.maps.slice(0, 1)) print(`\n${mapText(map, spec.objective)}`);
  print();
}
