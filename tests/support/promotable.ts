import { join } from 'node:path';
import { importOfBars, openLake, syntheticMarket, writeDataset } from '../../datasets/index.ts';
import { type Bars, canonicalJson, DAY_MS, type Policy, POLICY, sha256 } from '../../engine/index.ts';
import { openRegistry, type PromoteOptions, type Registry } from '../../grading/index.ts';
import { type ModelManifest, renderReport } from '../../reports/index.ts';
import { type ValidatedStudy, validateStudy, type WalkForwardRequest } from '../../workbench/index.ts';

export const NOW = Date.UTC(2026, 0, 1);
const clock = { nowMs: () => NOW };

/** Lets a small study on a planted trend through: what is tested is promotion, not the gates. */
export const LENIENT: Policy = {
  ...POLICY, version: 'lenient/1', required: { shadow: ['G0', 'G1', 'G3'], live: ['G0'] },
  G4: { minDays: { shadow: 30, live: 730 }, minBets: { shadow: 1, live: 60 } },
  G5: { confidence: { shadow: 0.95, live: 0.99 }, minSharpeAnn: { shadow: -9, live: 0 } },
  G6: { minPsr: { shadow: 0.5001, live: 0.995 } },
  G7: { maxP: { shadow: 1, live: 0.05 } },
  G8: { maxProbabilityOfLoss: { shadow: 1, live: 0.1 } },
  G9: { multiple: 2, minSharpeAnn: { shadow: -9, live: 0 }, minBreakEvenMultiple: { shadow: 0, live: 2.5 } },
  G10: { minNeighbours: 3, minRatio: { shadow: -9, live: 0.5 } },
  G11: { minEfficiency: { shadow: -99, live: 0.25 }, minPositiveShare: { shadow: 0, live: 0.55 } },
  G12: { minSharpeAnn: { shadow: -9, live: 0 } },
  G13: { maxP: { shadow: 1, live: 0.01 }, minPercentile: { shadow: 0, live: 0.95 } },
  G14: { maxShockLossFrac: { shadow: 1, live: 0.3 }, rareShare: 0.01 },
};

export const SCRIPT = { script: 'void 0' };

/** A market with a planted trend in the lake of a home, and a study of it with its report. */
export interface Promotable {
  readonly home: string;
  readonly bars: Bars;
  readonly study: ValidatedStudy;
  readonly html: string;
}

export async function promotable(home: string, over: Partial<WalkForwardRequest> & { readonly policy?: Policy; readonly bars?: number; readonly seed?: number } = {}): Promise<Promotable> {
  const { policy = LENIENT, bars: length = 700, seed = 2, ...request } = over;
  const { bars } = syntheticMarket({ kind: 'momentum', seed, bars: length, timeframeMs: DAY_MS, sharpeAnn: 4 });
  await writeDataset(openLake(join(home, 'lake')), importOfBars(bars, 'synthetic/1', []), { id: `planted-${seed}`, instrument: bars.instrument, timeframeMs: DAY_MS, importedAtMs: NOW, replace: true });
  const study = await validateStudy({
    strategy: 'ema-cross', data: bars, axes: { fastBars: [3, 6], slowBars: [12, 20] }, windows: { train: '200d', test: '60d' }, cacheDir: join(home, 'cache'), workers: 1,
    draws: 200, permutations: 0, policy, ledger: { home, now: clock.nowMs }, ...request,
  });
  return { home, bars, study, html: await renderReport({ kind: 'validation', ...study }, SCRIPT) };
}

export function registryAt(home: string): Registry {
  return openRegistry(home, { clock, onNotice: () => undefined });
}

export function optionsFor(home: string, over: Partial<PromoteOptions> = {}): PromoteOptions {
  return { home, registry: registryAt(home), clock, policy: LENIENT, workers: 1, horizonBars: 1, environment: { node: '22', platform: 'test' }, render: (report) => renderReport(report, SCRIPT), ...over };
}

interface Page { model: ModelManifest & Record<string, unknown> }

/** The report with its manifest changed; the section's own hash is made right again unless said otherwise. */
export function edited(html: string, change: (page: Page & Record<string, never>) => void, { rehash = true } = {}): string {
  const block = /(id="assay-manifest">)(.*?)(<\/script>)/s.exec(html);
  if (block === null) throw new Error('the report has no manifest');
  const page = JSON.parse(block[2]) as Page & Record<string, never>;
  change(page);
  if (rehash) {
    const { manifestSha256: _, ...rest } = page.model;
    Object.assign(page.model, { manifestSha256: sha256(canonicalJson(rest)) });
  }
  return html.replace(block[2], () => JSON.stringify(page).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026'));
}
