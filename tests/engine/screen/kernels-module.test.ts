import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const script = new URL('../../../scripts/kernels.mjs', import.meta.url);
const committed = new URL('../../../engine/screen/kernels.wasm.ts', import.meta.url);

describe('the compiled sweep kernels', () => {
  it('are what their sources give; scripts/kernels.mjs writes them anew', async () => {
    const { kernelsModule } = (await import(script.href)) as { readonly kernelsModule: () => Promise<string> };
    expect((await kernelsModule()) === readFileSync(committed, 'utf8')).toBe(true);
  });
});
