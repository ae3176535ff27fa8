import { errorMessage } from '../../engine/index.ts';
import type { BenchCase, CaseResult, Prepared, Setting } from './case.ts';
import { measure, type MeasureOptions } from './measure.ts';

export interface SuiteOptions extends MeasureOptions {
  readonly setting: Setting;
  /** Told of every case when it is done. */
  readonly onCase?: (result: CaseResult) => void;
}

/** Each case: data, proof, then time. One that fails is a result with its error and no figures. */
export async function runSuite(cases: readonly BenchCase[], { setting, onCase, ...options }: SuiteOptions): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases) {
    const result = await runCase(one, setting, options);
    onCase?.(result);
    results.push(result);
  }
  return results;
}

async function runCase(one: BenchCase, setting: Setting, options: MeasureOptions): Promise<CaseResult> {
  const { name, what, unit, quantity, isGated } = one;
  const blank = { name, what, unit, quantity, isGated, shape: '', units: 0, proof: null, error: null, measurement: null };
  let prepared: Prepared;
  try {
    prepared = await one.prepare(setting);
  } catch (error) {
    return { ...blank, error: errorMessage(error) };
  }
  try {
    return { ...blank, shape: prepared.shape, units: prepared.units, ...(await provedAndMeasured(one, prepared, options)) };
  } catch (error) {
    return { ...blank, shape: prepared.shape, units: prepared.units, error: errorMessage(error) };
  } finally {
    await prepared.close?.();
  }
}

async function provedAndMeasured({ quantity }: BenchCase, prepared: Prepared, options: MeasureOptions): Promise<Pick<CaseResult, 'proof' | 'error' | 'measurement'>> {
  const proof = await prepared.prove();
  const isEqual = proof.compared > 0 && proof.largestDifference <= proof.tolerance;
  if (!isEqual) return { proof, measurement: null, error: `not equal, so not timed: differs by ${proof.largestDifference} from ${proof.against}` };
  return { proof, error: null, measurement: await measure(prepared, quantity, options) };
}
