import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import { HOUR_MS, seededRandom } from '../../../engine/index.ts';
import { type Entry, entriesOf, type Feed, type OpenLiveOptions, openLive, replayFeed, replayLive } from '../../../grading/index.ts';
import { promotedRegistry } from '../../support/promoted-registry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HISTORY = 600;
const DAYS = 3;
const { markets } = syntheticMarket({ kind: 'correlated', coins: 3, seed: 5, bars: HISTORY + 24 * DAYS, timeframeMs: HOUR_MS });
const fromMs = markets[0].openTimeMs[HISTORY];
const feed = (): Feed => replayFeed(markets, { fromMs, latencyMs: 2_000 });
const SETTINGS = {
  sandbox: true, timeframeMs: HOUR_MS, indices: ['blue-chip'], moonshot: true,
  paper: { cash: 10_000, markets: markets.map(({ instrument: { venue, symbol }, timeframeMs }) => ({ venue, symbol, timeframeMs })) },
} as const;

async function optionsIn(home: string): Promise<OpenLiveOptions> {
  const registry = await promotedRegistry(home, { universe: 'any', memoryBars: 500 });
  return { home, ...registry, settings: SETTINGS, onNotice: () => undefined };
}

/** The same feed, which fails after so many events. */
function dying(after: number): Feed {
  const whole = feed();
  return {
    ...whole,
    async *events(...args) {
      let left = after;
      for await (const event of whole.events(...args)) {
        if (left-- === 0) throw new Error('killed');
        yield event;
      }
    },
  };
}

async function run(options: OpenLiveOptions, source: Feed): Promise<Entry[]> {
  const live = await openLive(options);
  const heard: Entry[] = [];
  live.subscribe((entries) => heard.push(...entries));
  try {
    await live.run(source, HISTORY, new AbortController().signal);
  } finally {
    live.close();
  }
  return heard;
}

const journalOf = (home: string): string => readFileSync(join(home, 'grading', 'live.jsonl'), 'utf8');

describe('the live service', () => {
  it('goes on byte for byte wherever it was stopped', async () => {
    const whole = temporaryFolder();
    await run(await optionsIn(whole), feed());
    const random = seededRandom(3, 'stops');
    const stopped = temporaryFolder();
    const options = await optionsIn(stopped);
    for (let stop = 0; stop < 6; stop++) await expect(run(options, dying(1 + Math.floor(random() * 30)))).rejects.toThrow('killed');
    await run(options, feed());
    expect(journalOf(stopped)).toBe(journalOf(whole));
    const grades = [...entriesOf(join(stopped, 'grading'))].filter(({ type }) => type === 'grade_published') as Entry<'grade_published'>[];
    const keys = grades.map(({ payload }) => `${payload.symbol} ${payload.closeTimeMs}`);
    expect(new Set(keys).size).toBe(3 * 24 * DAYS);
    expect(keys).toHaveLength(3 * 24 * DAYS);
    expect(grades.filter(({ payload }) => payload.traderGrade !== null).length).toBeGreaterThan(50);
  });

  it('gives the same entries when its inputs are heard again, and names the first that differs', async () => {
    const home = temporaryFolder();
    const options = await optionsIn(home);
    const heard = await run(options, feed());
    const same = await replayLive(options);
    expect(same.difference).toBeNull();
    expect(same.inputs + same.derived).toBe(heard.length);
    const wrong = await replayLive({ ...options, assemble: () => [] });
    expect(wrong.difference?.seq).toBe(heard.find(({ type }) => type === 'grade_published')?.seq);
  });

  it('tells its listeners what is on the disk, in order, once', async () => {
    const home = temporaryFolder();
    const heard = await run(await optionsIn(home), feed());
    expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, i) => i + 1));
    expect(heard).toEqual([...entriesOf(join(home, 'grading'))]);
  });

  it('refuses other settings than it was begun with, and a second service', async () => {
    const options = await optionsIn(temporaryFolder());
    const live = await openLive(options);
    await expect(openLive(options)).rejects.toThrow(/must not be in use/);
    live.close();
    await expect(openLive({ ...options, settings: { ...SETTINGS, sandbox: false } })).rejects.toThrow(/sandbox must be what/);
  });
});
