import { type Evidence, type Gate, isMissing, type Validation } from '../../../engine/index.ts';

/** The gates by id, as the page prints them. */
export function gateManifest({ gates }: Validation['verdict']): Readonly<Record<string, Omit<Gate, 'id' | 'question'>>> {
  return Object.fromEntries(gates.map(({ id, name, statistic, value, shadow, live, reason, remedy }) => [id, { name, statistic, value, shadow, live, reason, remedy }]));
}

/** The evidence without the distributions that only figures need; those are in the artefact. */
export function evidenceManifest(evidence: Evidence): object {
  const { search, overfit, baselines } = evidence;
  return {
    ...evidence,
    search: isMissing(search) ? search : {
      ...search, trialSharpesAnn: undefined, realityCheck: { ...search.realityCheck, null: undefined },
      permutation: isMissing(search.permutation) ? search.permutation : { ...search.permutation, null: undefined },
    },
    overfit: isMissing(overfit) ? overfit : { ...overfit, degradation: { ...overfit.degradation, sample: undefined } },
    baselines: isMissing(baselines) || isMissing(baselines.random) ? baselines : { ...baselines, random: { ...baselines.random, sharpesAnn: undefined } },
  };
}
