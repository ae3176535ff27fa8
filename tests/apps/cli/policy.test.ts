import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePolicy, policySchema, readPolicy } from '../../../apps/cli/policy.ts';
import { POLICY, POLICY_GATES } from '../../../engine/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const text = (value: object): string => JSON.stringify(value);

describe('a policy file', () => {
  it('is the default policy where none is named', async () => {
    expect(await readPolicy(undefined)).toBe(POLICY);
  });

  it('replaces what it states and keeps the rest', async () => {
    const maxP = { shadow: 0.1, live: 0.01 };
    expect(await parsePolicy(text({ version: 'mine/1', G7: { maxP } }), 'mine.json')).toEqual({ ...POLICY, version: 'mine/1', G7: { maxP } });
  });

  it('may repeat the default policy whole, under its own name', async () => {
    expect(await parsePolicy(text(POLICY), 'p.json')).toEqual(POLICY);
  });

  it('has every gate that the policy has', async () => {
    const shape = Object.keys((await policySchema()).shape);
    expect(shape.filter((key) => key !== '$schema')).toEqual(['version', 'required', 'requiredAtPromotion', ...POLICY_GATES]);
  });

  it.each([
    ['an unknown key', { version: 'mine/1', G99: {} }, /p\.json must follow .*G99/],
    ['an unknown key inside', { version: 'mine/1', G7: { maxP: { shadow: 0.1, live: 0.1 }, alpha: 1 } }, /alpha/],
    ['half of a gate', { version: 'mine/1', G7: { maxP: { shadow: 0.1 } } }, /live/],
    ['a share above one', { version: 'mine/1', G8: { maxProbabilityOfLoss: { shadow: 25, live: 10 } } }, /G8/],
    ['a confidence without a bound', { version: 'mine/1', G5: { confidence: { shadow: 0.9, live: 0.99 }, minSharpeAnn: { shadow: 0, live: 0 } } }, /G5/],
    ['no version', { G3: { maxChangedFrac: 0 } }, /version/],
    ['an unknown gate among the required', { version: 'mine/1', required: { shadow: ['G99'], live: [] } }, /required/],
    ['other thresholds under the default’s name', { version: 'assay-policy/1', G3: { maxChangedFrac: 0 } }, /must be a name of its own/],
  ])('is refused with %s', async (_, value, message) => {
    await expect(parsePolicy(text(value), 'p.json')).rejects.toThrow(message);
  });

  it('is refused where it is not JSON or not there', async () => {
    await expect(parsePolicy('version: 1', 'p.yaml')).rejects.toMatchObject({ code: 'policy-invalid' });
    await expect(readPolicy(join(temporaryFolder(), 'none.json'))).rejects.toMatchObject({ code: 'policy-missing' });
  });
});
