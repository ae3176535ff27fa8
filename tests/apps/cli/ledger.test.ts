import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerSchemas } from '../../../apps/cli/ledger-schemas.ts';
import type { LedgerFigures, LedgerLine } from '../../../workbench/index.ts';
import { runCli, runCliJson } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const CLAIM = 'ema-cross on NOISE/USDT 1h';
const RESEARCH = { CI: '' };
const assay = (...args: readonly string[]) => runCli(args, home, RESEARCH);
const json = (...args: readonly string[]): unknown => JSON.parse(assay(...args, '--json', '--quiet').stdout);

runCliJson(['data', 'synthetic', 'noise', '--bars', '2500', '--id', 'noise'], home);
assay('backtest', 'ema-cross', '-d', 'noise');
assay('sweep', 'ema-cross', '-d', 'noise', '-p', 'fastBars=5,10', '-p', 'slowBars=20,40', '-w', '1');
assay('walkforward', 'ema-cross', '-d', 'noise', '-p', 'fastBars=5', '-p', 'slowBars=20', '--train', '60d', '--test', '20d', '--claim', 'noise pays', '-w', '1');
const replayed = runCli(['backtest', 'ema-cross', '-d', 'noise', '-p', 'fastBars=7'], home, { CI: 'true' });
assay('ledger', 'note', 'the fee of the venue changed', '--claim', CLAIM);

describe('assay ledger', () => {
  it('knows what the commands before it have evaluated, as the published schemas say', () => {
    const list = ledgerSchemas['ledger-list'].parse(json('ledger', 'list'));
    expect(list.studies.map(({ study, claim, origin, rows }) => [study.kind, claim, origin, rows])).toEqual([
      ['backtest', CLAIM, 'research', 1], ['sweep', CLAIM, 'research', 4], ['walkforward', 'noise pays', 'research', 2], ['backtest', CLAIM, 'replay', 1],
    ]);
    const stats = ledgerSchemas['ledger-stats'].parse(json('ledger', 'stats'));
    expect(stats).toMatchObject([{ claim: CLAIM, n: 5, trials: 5, studies: 2, holdoutReads: 0, days: 1 }, { claim: 'noise pays', n: 1, trials: 2, studies: 1, holdoutReads: 1 }]);
    const entries = ledgerSchemas['ledger-show'].parse(json('ledger', 'show', list.studies[2].study.id));
    expect(entries.map(({ type }) => type)).toEqual([...entries.slice(1).map(() => 'trials'), 'holdout-read']);
    expect(ledgerSchemas['ledger-verify'].parse(json('ledger', 'verify'))).toMatchObject({ damage: null, tornBytes: 0 });
  });

  it('states the best of N tries without skill', () => {
    const [{ luckSharpeAnn }] = json('ledger', 'stats', CLAIM) as LedgerFigures[];
    expect(luckSharpeAnn).toBeCloseTo(1.193 / Math.sqrt(2500 / 8760), 3); // (1 − γ) z(0.8) + γ z(1 − 1 ÷ 5e)
  });

  it('prints tables for people, no wider than a terminal', () => {
    const printed = [assay('ledger', 'list'), assay('ledger', 'stats'), assay('ledger', 'show', '2'), assay('ledger', 'verify')];
    for (const { code, stdout } of printed) {
      expect(code).toBe(0);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    }
    expect(printed[0].stdout).toMatch(/backtest \(replay\)/);
    expect(printed[1].stdout).toMatch(/distinct points \(N\)\s+5\n/);
    expect(printed[2].stdout).toMatch(/trial\s+fastBars\s+slowBars\s+sharpeAnn/);
    expect(printed[3].stdout).toMatch(/^\d+ entries, intact\n[0-9a-f]{64}\n$/);
  });

  it('says once that a replay does not count', () => {
    expect(replayed.stderr.match(/replay/g)).toHaveLength(1);
    expect(replayed.stderr).toMatch(/^replay \(CI=true\): recorded in the trial ledger, not counted as trials$/m);
  });

  it('answers an unknown study and an unknown claim with the known ones', () => {
    expect(assay('ledger', 'show', 'nothing')).toMatchObject({ code: 2, stderr: expect.stringMatching(/ledger-unknown/) as string });
    expect(assay('ledger', 'stats', 'noise pay')).toMatchObject({ code: 2, stderr: expect.stringMatching(/did you mean "?noise pays/) as string });
    expect(assay('backtest', 'ema-cross', '-d', 'noise', '--claim', ' ')).toMatchObject({ code: 2, stderr: expect.stringMatching(/claim-invalid/) as string });
  });

  it('puts the claim into what the commands print, and counts no --replay', () => {
    expect(json('backtest', 'ema-cross', '-d', 'noise', '--claim', 'mine', '--replay')).toMatchObject({ ledger: { claim: 'mine' } });
    expect(assay('ledger', 'stats', 'mine')).toMatchObject({ code: 2 });
  });

  it('ends verify with 4 where the ledger is damaged, names the entry, and lets research go on', () => {
    const file = join(home, '.assay/ledger/trials.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const { seq } = JSON.parse(lines[3]) as LedgerLine;
    writeFileSync(file, `${lines.toSpliced(3, 1).join('\n')}\n`);
    expect(assay('ledger', 'verify')).toMatchObject({ code: 4, stderr: `failed: the trial ledger is damaged at entry ${seq} (deleted): entry ${seq + 1} stands in its place\n` });
    expect(assay('ledger', 'stats')).toMatchObject({ code: 3, stderr: expect.stringContaining(`damaged at entry ${seq}`) as string });
    expect(json('ledger', 'list')).toMatchObject({ damage: { seq, rule: 'deleted' } });
    expect(assay('backtest', 'ema-cross', '-d', 'noise', '--quiet')).toMatchObject({ code: 0, stderr: expect.stringContaining(`damaged at entry ${seq}`) as string });
  });
});
