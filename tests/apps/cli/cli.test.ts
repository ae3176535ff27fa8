import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backtestSchema, sweepSchema, walkForwardSchema } from '../../../apps/cli/schemas.ts';
import { runCli, runCliJson } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TIGHT_EXITS_FILE } from '../../support/tight-exits.ts';

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
    expect(Object.keys(runCliJson(['schema'], home))).toEqual([
      'backtest', 'sweep', 'screen', 'walkforward', 'validate', 'ledger-list', 'ledger-show', 'ledger-stats', 'ledger-verify', 'ledger-note', 'models-list', 'models-show', 'models-history',
      'models-transition', 'models-alias', 'models-tag', 'audit-verify', 'audit-show', 'audit-head', 'lock', 'verify', 'config', 'policy',
    ]);
    expect(runCliJson(['schema', 'backtest'], home)).toEqual(z.toJSONSchema(backtestSchema));
  });

  it('say how many bars were ambiguous and what the headlines are under both resolutions', () => {
    writeFileSync(join(home, 'tight.ts'), TIGHT_EXITS_FILE.replaceAll('0.02', '0.004'));
    const search = ['./tight.ts', '-d', 'planted', '-p', 'stopLossFrac=0.002,0.004', '-p', 'takeProfitFrac=0.002,0.004'];
    const band = /ambiguous bars \d+, pessimistic … optimistic: total return .* … .* · Sharpe ratio .* … .* · drawdown/;
    expect(runCli(['backtest', './tight.ts', '-d', 'planted'], home).stdout).toMatch(band);
    expect(runCli(['walkforward', ...search, '--train', '60d', '--test', '20d'], home).stdout).toMatch(band);
    const swept = runCli(['sweep', ...search], home).stdout;
    expect(swept).toMatch(/turnover\W+ambiguous\W/);
    expect(swept).toMatch(/trial \d+: ambiguous bars \d+/);
    const { top } = runCliJson<z.infer<typeof sweepSchema>>(['sweep', ...search], home);
    expect(top[0].band?.ambiguousBars).toBeGreaterThan(0);
    expect(runCli(['backtest', 'ema-cross', '-d', 'planted'], home).stdout).not.toContain('ambiguous');
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

  it('take execution, sizing, rebalancing, caps and fees from the command line over the file', () => {
    const config = join(home, 'assay.config.json');
    writeFileSync(config, JSON.stringify({
      data: 'planted', costs: { takerFeeBps: 7.5, impactBps: 20 }, execution: { volumeCapFrac: 0.1, stopDelayBars: 2 }, sizing: 'quote:1000', rebalance: 'band:0.05', caps: { gross: 1 },
    }));
    const parsed = backtestSchema.parse(runCliJson(['backtest', 'ema-cross'], home));
    expect(parsed.run.config).toMatchObject({
      costs: { takerFeeBps: 7.5, impactBps: 20 }, execution: { fill: 'next-open', volumeCapFrac: 0.1, stopDelayBars: 2 }, sizing: { kind: 'fixed-quote', notionalQuote: 1000 },
      rebalance: { kind: 'band', bandFrac: 0.05 }, caps: { gross: 1, perInstrument: null }, fees: null,
    });
    expect(parsed.warnings).toContain('stress: stops fill 2 bars late, at an open');
    const over = backtestSchema.parse(runCliJson([
      'backtest', 'ema-cross', '--venue-fees', 'kraken-spot', '--fill', 'close', '--stop-delay-bars', '0', '--latency', '1', '--sizing', 'volatility:0.4:30', '--rebalance', 'schedule:7d', '--cap-instrument', '0.5',
      '--intrabar', 'path', '--limit-fill', 'touch', '--volume-cap-remainder', 'cancel', '--delisting-haircut', '0.3',
    ], home));
    writeFileSync(config, '{}');
    expect(over.run.config).toMatchObject({
      costs: { takerFeeBps: 40, makerFeeBps: 25, impactBps: 20 }, fees: { name: 'kraken-spot' }, sizing: { kind: 'volatility-target' }, rebalance: { kind: 'schedule' },
      execution: { fill: 'close', limitFill: 'touch', volumeCapFrac: 0.1, volumeCapRemainder: 'cancel', latencyBars: 1, stopDelayBars: 0, delistingHaircutFrac: 0.3 }, caps: { gross: 1, perInstrument: 0.5 },
    });
    expect(over.warnings).toContain('filled at the close that decided: compares with peers, nobody can trade it');
    expect(over.warnings.filter((text) => text.startsWith('stress'))).toEqual(['stress: every decision is carried out 1 bar late']);
    expect(over.causality).toMatchObject({ cuts: 24, leaks: [] });
  });

  it('write a report that says what the JSON says', () => {
    const { run } = runCliJson<{ run: { id: string } }>(['backtest', 'ema-cross', '-d', 'planted', '--report', 'run.html'], home);
    expect(readFileSync(join(home, 'run.html'), 'utf8')).toContain(run.id);
    runCliJson(['report', run.id, '-o', 'again.html'], home);
    expect(readFileSync(join(home, 'again.html'), 'utf8')).toBe(readFileSync(join(home, 'run.html'), 'utf8'));
  });
});

describe('a perpetual', () => {
  const start = Date.UTC(2024, 0, 1);
  const rates = (factor: number): string => ['symbol,fundingTime,fundingRate', ...[0, 8, 16, 24, 32].map((hour) => `BTCUSDT,${start + hour * 3_600_000 + 4},${0.001 * factor}`)].join('\n');
  const run = ['backtest', 'z-score-reversion', '-d', 'perp', '-p', 'windowBars=10'];
  const waterfall = (...args: string[]): number => runCliJson<{ waterfall: { fundingQuote: number } }>([...run, ...args], home).waterfall.fundingQuote;
  const benchmark = (...args: string[]): number => runCliJson<{ benchmark: { metrics: { finalEquity: number } } }>([...run, ...args], home).benchmark.metrics.finalEquity;

  it('needs funding: attached, given, or stated to be none', () => {
    writeFileSync(join(home, 'klines.csv'), `${KLINES.join('\n')}\n`);
    writeFileSync(join(home, 'rates.csv'), rates(1));
    writeFileSync(join(home, 'double.csv'), rates(2));
    const { dataset } = runCliJson<{ dataset: { contentHash: string } }>(['data', 'import', 'klines.csv', '-s', 'BTC/USDT', '--venue', 'binance', '-t', '1h', '--kind', 'perpetual', '--id', 'perp'], home);
    for (const command of ['backtest', 'sweep', 'walkforward']) {
      const refused = runCli([command, 'z-score-reversion', '-d', 'perp'], home);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/funding-missing/)]);
    }
    expect(waterfall('--funding', 'none')).toBe(0);
    const attached = runCliJson<{ dataset: { contentHash: string } }>(['data', 'funding', 'perp', 'rates.csv'], home);
    expect(attached).toMatchObject({ isNew: true, dataset: { candlesHash: dataset.contentHash, funding: { rows: 5, intervalMs: 28_800_000 } } });
    expect(runCliJson(['data', 'funding', 'perp', 'rates.csv'], home)).toMatchObject({ isNew: false });
    expect(runCli(['data', 'funding', 'perp', 'double.csv'], home)).toMatchObject({ code: 2, stderr: expect.stringMatching(/funding-exists/) as string });
    expect(() => backtestSchema.parse(runCliJson(run, home))).not.toThrow();
    expect(benchmark()).toBeLessThan(benchmark('--funding', 'none'));
    expect(benchmark('--funding', 'double.csv')).toBeLessThan(benchmark());
    expect(runCliJson(run, home)).toMatchObject({ run: { markets: [{ dataHash: attached.dataset.contentHash, hasMark: false, funding: { payments: 5, intervalMs: 28_800_000 } }] } });
    expect(runCliJson([...run, '--mark', 'klines.csv'], home)).toMatchObject({ run: { markets: [{ hasMark: true }] } });
    expect(runCli([...run, '-d', 'planted', '--funding', 'rates.csv'], home)).toMatchObject({ code: 2, stderr: expect.stringMatching(/one-market/) as string });
  });

  it('is described with its funding and mark prices, and its report names them', () => {
    runCliJson(['data', 'mark', 'perp', 'klines.csv'], home);
    const { stdout } = runCli(['data', 'describe', 'perp'], home);
    expect(stdout).toMatch(/funding +5 payments every 8h, 2024-01-01 00:00 to 2024-01-02 08:00, no gaps, without mark prices; rates\.csv/);
    expect(stdout).toMatch(/mark +40 candles, .*klines\.csv/);
    expect(runCliJson(['data', 'check', 'perp'], home)).toMatchObject({ isIntact: true });
    runCliJson([...run, '--report', 'perp.html'], home);
    expect(readFileSync(join(home, 'perp.html'), 'utf8')).toContain('5 payments every 8h, 2024-01-01 to 2024-01-02, mark prices came with the bars');
    expect(readFileSync(join(home, 'perp.html'), 'utf8')).toMatch(/funding from rates\.csv \(sha256 [0-9a-f]{12}\), mark prices from klines\.csv/);
    runCliJson([...run, '--funding', 'none', '--report', 'perp.html'], home);
    expect(readFileSync(join(home, 'perp.html'), 'utf8')).toContain('none charged, as asked');
    runCliJson(['data', 'remove', 'perp'], home);
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
    [['backtest', 'ema-cross', '-d', 'planted', '--venue-fees', 'krakn-spot'], 2, /did you mean "kraken-spot"/],
    [['backtest', 'ema-cross', '-d', 'planted', '--sizing', 'quote'], 2, /sizing must be quote:<money>/],
    [['backtest', 'ema-cross', '-d', 'planted', '--volume-cap', '2'], 2, /volumeCapFrac must be in 0 … 1/],
    [['backtest', 'ema-cross', '-d', 'planted', '--impact-bps='], 2, /--impact-bps must have a value/],
    [['backtest', 'ema-cross', '-d', 'planted', '--fee-bps', ''], 2, /--fee-bps must have a value/],
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
    for (const command of [[], ['data', 'import'], ['data', 'funding'], ['data', 'mark'], ['backtest'], ['sweep'], ['walkforward'], ['report']]) {
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
