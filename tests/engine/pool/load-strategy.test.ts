import { describe, expect, it } from 'vitest';
import { loadStrategy } from '../../../engine/index.ts';

const module = (code: string) => ({ url: `data:text/javascript,${encodeURIComponent(code)}`, exportName: null, codeHash: '' });

describe('the module of a strategy', () => {
  it('that imports a name which is not there is the fault of its author', async () => {
    await expect(loadStrategy(module("import { joyn } from 'node:path'; export default joyn;"))).rejects.toMatchObject({
      code: 'strategy-unloadable', message: expect.stringContaining("does not provide an export named 'joyn'") as string,
    });
  });

  it('throws what its own code throws', async () => {
    await expect(loadStrategy(module("throw new RangeError('mine')"))).rejects.toThrow(RangeError);
  });
});
