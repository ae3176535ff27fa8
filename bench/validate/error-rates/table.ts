import Table from 'cli-table3';
import { type CellResult, type Share, uniformDistance, uniformLimit } from './tally.ts';

/** The design's own simulation of G5–G8 and G10: shadow and live at 4 and 8 years, in percent, by plateau and peak. */
const DESIGN: Readonly<Record<string, string>> = {
  'noise 4': '0–1.7 | 0–0.7', 'noise 8': '0–3.7 | 0–0.3', 'drift 4': '2–3 | –', 'drift 8': '2–3 | –',
  'plateau 1 4': '53 | 23', 'plateau 1 8': '86 | 63', 'plateau 1.5 4': '87 | 63', 'plateau 1.5 8': '99 | 95',
  'plateau 2 4': '97 | 82', 'plateau 2 8': '100 | 99', 'plateau 3 4': '99 | 99', 'plateau 3 8': '100 | 100',
  'peak 1 4': '15 | 6', 'peak 1 8': '21 | 9', 'peak 1.5 4': '43 | 23', 'peak 1.5 8': '59 | 43',
  'peak 2 4': '68 | 42', 'peak 2 8': '93 | 83', 'peak 3 4': '98 | 93', 'peak 3 8': '100 | 100',
};

const percent = (share: number): string => (100 * share).toFixed(1);
const shareText = ({ share, low, high }: Share): string => `${percent(share)} (${percent(low)}–${percent(high)})`;

export function ratesTable(results: readonly CellResult[]): string {
  const table = new Table({ head: ['study', 'years', 'n', 'shadow %', 'live %', 'goal', 'design %', 'held', 'kept from shadow by'], style: { head: [], border: [] } });
  for (const { name, kind, years, studies, shadow, live, goal, heldSharpeAnn, failures } of results) {
    const key = [kind, ...(kind === 'plateau' || kind === 'peak' ? [name.split(/[ ,]/)[1]] : []), years].join(' ');
    const blame = Object.entries(failures).filter(([, { failed }]) => failed > 0).map(([id, { failed, computed }]) => `${id} ${Math.round((100 * failed) / computed)}`).join(' ');
    table.push([name, years, studies, shareText(shadow), shareText(live), [goal.shadow, goal.live].filter(Boolean).join(' | '), DESIGN[key] ?? '', heldSharpeAnn?.toFixed(2) ?? '', blame]);
  }
  return table.toString();
}

/** How far p-values are from uniform where nothing has skill. */
export function calibrationTable(results: readonly CellResult[]): string {
  const table = new Table({ head: ['study', 'years', 'test', 'n', 'distance', '5 % limit', 'p ≤ 0.05 %', 'p ≤ 0.2 %'], style: { head: [], border: [] } });
  for (const { name, years, pValues } of results.filter(({ kind }) => kind === 'noise')) {
    for (const [test, list] of Object.entries(pValues)) {
      const distance = uniformDistance(list);
      if (distance === null) continue;
      const below = (level: number): string => percent(list.filter((p) => p <= level).length / list.length);
      table.push([name, years, test, list.length, distance.toFixed(3), uniformLimit(list.length).toFixed(3), below(0.05), below(0.2)]);
    }
  }
  return table.toString();
}
