import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backtestSchema, sweepSchema, walkForwardSchema } from '../../../apps/cli/schemas.ts';
import { runCli, runCliJson } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
runCliJson(['data', 'synthetic', 'momentum', '--seed', '3', '--bars', '4000', '--id', 'planted'], home);

const KLINES = Array.from({ length: 40 }, (_, t) => {
  const price = 100 + t;
  const openMs = Date.UTC(2024, 0, 1) + t * 3_600_000;
  return [openMs, price, price + 2, price - 1, price + 1, 10, openMs + 3_599_999, 1000, 5, 4, 400, 0].join(',');
});

describe('assay data', () => {
  it('imports, lists, describes, checks, exports and removes', () => {
    writeFileSync(join(home, 'klines.csv'), `${KLINES.join('\n')}\n`);
    const imported = runCliJson<{ dataset: { contentHash: string } }>(['data', 'import', 'klines.csv', '-s', 'BTC/USDT', '--venue', 'binance', '-t', '1h'], home);
    expect(imported).toMatchObject({ isNew: true, dataset: { id: 'binance-btc-usdt-1h', rows: 40, defects: [] } });
    expect(runCliJson(['data', 'import', 'klines.csv', '-s', 'BTC/USDT', '--venue', 'binance', '-t', '1h'], home)).toMatchObject({ isNew: false });
    expect(runCliJson(['data', 'list'], home)).toHaveLength(2);
    expect(runCliJson(['data', 'describe', 'binance-btc-usdt-1h'], home)).toMatchObject({ summary: { missingBars: 0, firstOpen: 100 } });
    expect(runCliJson(['data', 'check', 'binance-btc-usdt-1h'], home)).toMatchObject({ isIntact: true });
    for (const file of ['out.csv', 'out.parquet', 'out.arrow']) {
      runCliJson(['data', 'export', 'binance-btc-usdt-1h', file], home);
      const again = runCliJson<{ dataset: { contentHash: string } }>(['data', 'import', file, '-s', 'BTC/USDT', '--venue', 'binance', '-t', '1h', '--id', 'again', '--replace'], home);
      expect(again.dataset.contentHash, file).toBe(imported.dataset.contentHash);
    }
    runCliJson(['data', 'remove', 'again'], home);
    runCliJson(['data', 'remove', 'binance-btc-usdt-1h'], home);
  });

  it('fails on text where a number belongs with file, line and value, and quarantines it on request', () => {
    writeFileSync(join(home, 'bad.csv'), `${KLINES.with(7, KLINES[7].replace('107', 'oops')).join('\n')}\n`);
    const failed = runCli(['data', 'import', 'bad.csv', '-s', 'B/USDT', '--venue', 'x', '-t', '1h'], home);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/bad\.csv.*8.*oops/s);
    const kept = runCliJson(['data', 'import', 'bad.csv', '-s', 'B/USDT', '--venue', 'x', '-t', '1h', '--on-defect', 'quarantine'], home);
    expect(kept).toMatchObject({ dataset: { rows: 39, rowsQuarantined: 1 } });
    expect(readFileSync(join(home, '.assay/lake/x-b-usdt-1h/quarantine.csv'), 'utf8')).toContain('oops');
    runCliJson(['data', 'remove', 'x-b-usdt-1h'], home);
  });
});

describe('portfolios', () => {
  it('take datasets of different listings, and keep two listings of one symbol apart', () => {
    const importRows = (from: number, to: number, ...listing: string[]): object => {
      writeFileSync(join(home, 'part.csv'), `${KLINES.slice(from, to).join('\n')}\n`);
      return runCliJson(['data', 'import', 'part.csv', '-s', 'LUNA/USDT', '--venue', 'binance', '-t', '1h', ...listing], home);
    };
    expect(importRows(0, 20, '--listed-to', '2024-01-01T19:00Z')).toMatchObject({ dataset: { id: 'binance-luna-usdt-to-20240101-1h', instrument: { listedToMs: Date.UTC(2024, 0, 1, 19) } } });
    expect(importRows(22, 40, '--listed-from', '2024-01-01T22:00Z')).toMatchObject({ dataset: { id: 'binance-luna-usdt-from-20240101-1h' } });
    const data = ['-d', 'binance-luna-usdt-to-20240101-1h', 'binance-luna-usdt-from-20240101-1h'];
    const params = ['-p', 'lookbackBars=3', 'rebalanceBars=1', 'holdCount=1'];
    const run = runCliJson<{ warnings: string[] }>(['backtest', 'momentum-rotation', ...data, ...params], home);
    expect(() => backtestSchema.parse(run)).not.toThrow();
    expect(run.warnings[0]).toMatch(/^LUNA\/USDT was held long when its bars ended \(2024-01-01T19:00:00Z\)/);
    const twice = runCli(['backtest', 'momentum-rotation', '-d', data[1], data[1], ...params], home);
    expect(twice.code).toBe(2);
    expect(twice.stderr).toMatch(/market-twice/);
    for (const id of data.slice(1)) runCliJson(['data', 'remove', id], home);
  });
});

describe('assay backtest, sweep and walkforward', () => {
  it('print JSON that follows the published schema', () => {
    expect(() => backtestSchema.parse(runCliJson(['backtest', 'ema-cross', '-d', 'planted', '-p', 'fastBars=10'], home))).not.toThrow();
    expect(() => sweepSchema.parse(runCliJson(['sweep', 'ema-cross', '-d', 'planted', '-p', 'fastBars=5:15:5', '-p', 'slowBars=20,40'], home))).not.toThrow();
    const walk = runCliJson(['walkforward', 'ema-cross', '-d', 'planted', '-p', 'fastBars=5,10', '-p', 'slowBars=20', '--train', '60d', '--test', '20d'], home);
    expect(() => walkForwardSchema.parse(walk)).not.toThrow();
    expect(Object.keys(runCliJson(['schema'], home))).toEqual(['backtest', 'sweep', 'walkforward', 'config']);
    expect(runCliJson(['schema', 'backtest'], home)).toEqual(z.toJSONSchema(backtestSchema));
  });

  it('print the same bytes twice', () => {
    const args = ['backtest', 'donchian-breakout', '-d', 'planted', '--json', '--quiet'];
    expect(runCli(args, home).stdout).toBe(runCli(args, home).stdout);
  });

  it('read a candle file directly', () => {
    writeFileSync(join(home, 'klines.csv'), `${KLINES.join('\n')}\n`);
    expect(runCliJson(['backtest', 'z-score-reversion', '-d', './klines.csv', '-p', 'windowBars=10'], home)).toMatchObject({ run: { strategyId: 'z-score-reversion' } });
  });

  it('run a user’s file in the main thread and in workers', () => {
    runCliJson(['strategies', 'new', './my-idea.ts'], home);
    const run = runCliJson<{ run: { codeHash: string } }>(['backtest', './my-idea.ts', '-d', 'planted'], home);
    const sweep = runCliJson<{ sweep: object }>(['sweep', './my-idea.ts', '-d', 'planted', '-p', 'fastBars=8,16', '-p', 'slowBars=48', '-p', 'rsiBelow=80', '-w', '2'], home);
    expect(sweep.sweep).toMatchObject({ trials: 2, failed: 0, spec: { codeHash: run.run.codeHash } });
  });

  it('take defaults from assay.config.json and name what is wrong in it', () => {
    const config = join(home, 'assay.config.json');
    writeFileSync(config, JSON.stringify({ data: 'planted', costs: { takerFeeBps: 7.5 } }));
    expect(runCliJson(['backtest', 'ema-cross'], home)).toMatchObject({ run: { config: { costs: { takerFeeBps: 7.5, slippageBps: 4 } } } });
    expect(runCliJson(['backtest', 'ema-cross', '--fee-bps', '1'], home)).toMatchObject({ run: { config: { costs: { takerFeeBps: 1 } } } });
    writeFileSync(config, JSON.stringify({ costs: { takerFee: 7.5 } }));
    const failed = runCli(['backtest', 'ema-cross'], home);
    writeFileSync(config, '{}');
    expect(failed.code).toBe(2);
    expect(failed.stderr).toMatch(/assay\.config\.json.*takerFee/s);
  });

  it('write a report that says what the JSON says', () => {
    const { run } = runCliJson<{ run: { id: string } }>(['backtest', 'ema-cross', '-d', 'planted', '--report', 'run.html'], home);
    expect(readFileSync(join(home, 'run.html'), 'utf8')).toContain(run.id);
    runCliJson(['report', run.id, '-o', 'again.html'], home);
    expect(readFileSync(join(home, 'again.html'), 'utf8')).toBe(readFileSync(join(home, 'run.html'), 'utf8'));
  });
});

describe('assay', () => {
  it.each([
    [['backtst', 'x'], 2, /did you mean "backtest"/],
    [['backtest', 'ema-cros', '-d', 'planted'], 2, /did you mean "ema-cross"/],
    [['backtest', 'ema-cross', '-d', 'plantd'], 2, /did you mean "planted"/],
    [['backtest', 'ema-cross', '-d', 'planted', '-p', 'fastbars=3'], 2, /did you mean "fastBars"/],
    [['backtest', 'ema-cross', '-d', 'planted', '-p', 'fastBars=60', '-p', 'slowBars=20'], 2, /admissible together/],
    [['backtest', 'ema-cross', '-d', 'planted', '--from', '2050'], 2, /leave none/],
    [['backtest', 'ema-cross', '-d', 'planted', '--nonsense'], 2, /nonsense/],
    [['walkforward', 'ema-cross', '-d', 'planted', '--train', 'long'], 2, /train must be a number and a unit/],
    [['report', 'unknown'], 2, /artefact must be a known name/],
    [['data', 'import', 'nowhere.csv', '-s', 'A/B', '--venue', 'x'], 2, /nowhere\.csv/],
    [[], 2, /a command is needed/],
  ])('%j ends with %i and says what is wrong', (args, code, message) => {
    const result = runCli(args, home);
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(code);
    expect(result.stdout).toBe('');
  });

  it('shows help with examples and prints a completion script', () => {
    for (const command of [[], ['data', 'import'], ['backtest'], ['sweep'], ['walkforward'], ['report']]) {
      const { code, stdout } = runCli([...command, '--help'], home);
      expect([code, stdout.includes('Examples:')], command.join(' ')).toEqual([0, true]);
    }
    expect(runCli(['completion'], home).stdout).toContain('assay');
  });

  it('colours nothing where it is not a terminal', () => {
    expect(runCli(['strategies', 'list'], home).stdout).not.toContain(String.fromCodePoint(27));
    expect(existsSync(join(home, '.assay'))).toBe(true);
  });
});
