import { describe, expect, it } from 'vitest';
import { DAY_MS, formatTime, HOUR_MS } from '../../../engine/index.ts';
import type { Entry } from '../../../grading/index.ts';
import { sharedStream, testServer, type TestServer } from '../../support/grading-server.ts';

type Row = Readonly<Record<string, unknown>>;
interface Envelope { readonly length: number; readonly data: readonly Row[]; readonly meta: Readonly<Record<string, unknown>> }

async function get(server: TestServer, url: string, headers: Record<string, string> = {}) {
  return server.app.inject({ url, headers: { authorization: `Bearer ${server.token('admin')}`, ...headers } });
}

async function rows(server: TestServer, url: string): Promise<Envelope> {
  const response = await get(server, url);
  expect([response.statusCode, response.body.slice(0, 200)]).toEqual([200, response.body.slice(0, 200)]);
  return response.json<Envelope>();
}

const published = (entries: readonly Entry[]) => entries.flatMap((entry) => (entry.type === 'grade_published' ? [entry] : []));

describe('trader grades', () => {
  it('are the newest of each market, as they were published, with one decimal', async () => {
    const server = await testServer();
    const { data, meta } = await rows(server, '/v1/trader-grades');
    const last = published(sharedStream().entries).slice(-3);
    expect(data.map(({ pair }) => String(pair)).toSorted()).toEqual(['BTC/USDT', 'ETH/USDT', 'SOL/USDT']);
    for (const { payload } of last) {
      const row = data.find(({ pair }) => pair === payload.symbol);
      expect(row?.trader_grade).toBe(Math.round((payload.traderGrade ?? 0) * 10) / 10);
      expect(row).toMatchObject({ close: payload.close, date: formatTime(payload.closeTimeMs), trading_signal: payload.signal, revision: 0 });
    }
    expect(meta).toMatchObject({ as_of: formatTime(last[0].payload.closeTimeMs), stale: false, models: ['donchian@1', 'ema-cross@1'] });
  });

  it('of a range come newest first, page by page, none twice and none left out', async () => {
    const server = await testServer();
    const url = '/v1/trader-grades?symbol=btc&start_date=2026-10-03&end_date=2026-10-05&limit=20';
    const pages = await Promise.all([1, 2, 3, 4].map((page) => rows(server, `${url}&page=${page}`)));
    const dates = pages.flatMap(({ data }) => data.map(({ date }) => String(date)));
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 9, 0]);
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(new Set(dates).size).toBe(49);
    expect(pages[0].meta).toMatchObject({ total: 49, page: 1, limit: 20 });
  });

  it('stay what was published first; a revision is seen by who asks what was known after it', async () => {
    const server = await testServer();
    const revised = sharedStream().entries.find((entry): entry is Extract<Entry, { type: 'grade_revised' }> => entry.type === 'grade_revised');
    if (revised === undefined) throw new Error('the stream has no revision');
    const { closeTimeMs } = revised.payload;
    const url = `/v1/trader-grades?symbol=BTC&start_date=${formatTime(closeTimeMs)}&end_date=${formatTime(closeTimeMs)}`;
    const known = (ms: number): string => `&as_known_at=${formatTime(ms)}`;
    expect((await rows(server, url)).data.map(({ revision }) => revision)).toEqual([0]);
    expect((await rows(server, url + known(revised.tsMs - 1))).data.map(({ revision }) => revision)).toEqual([0]);
    expect((await rows(server, url + known(revised.tsMs))).data.map(({ revision, close }) => [revision, close])).toEqual([[1, revised.payload.close]]);
    expect((await rows(server, url + known(closeTimeMs))).data).toEqual([]);
  });

  it('that have fallen out of the ring come from the journal, and are an error where there is none', async () => {
    const { entries } = sharedStream();
    const url = '/v1/trader-grades?start_date=2026-10-01&end_date=2026-10-13&limit=1000';
    const all = await rows(await testServer(), url);
    const small = { keep: { rowsPerMarket: 50 } };
    const read = ({ fromMs, toMs, types }: { readonly fromMs: number; readonly toMs: number; readonly types: readonly string[] }) => entries.filter((entry) => types.includes(entry.type) && entry.tsMs >= fromMs && entry.tsMs <= toMs);
    const withJournal = await rows(await testServer({ view: { ...small, readEntries: read } }), url);
    expect(withJournal.data).toEqual(all.data);
    const response = await get(await testServer({ view: small }), url);
    expect([response.statusCode, response.json<Row>().type]).toEqual([503, 'urn:assay:problem:history-unavailable']);
  });

  it('are served as stale, never made up, when bars stop coming', async () => {
    const server = await testServer();
    const before = await rows(server, '/v1/trader-grades');
    server.clock.advance(2 * HOUR_MS);
    const after = await rows(server, '/v1/trader-grades');
    expect([before.meta.stale, after.meta.stale]).toEqual([false, true]);
    expect(after.data).toEqual(before.data);
    expect((await server.app.inject({ url: '/healthz/ready' })).statusCode).toBe(503);
    expect((await server.app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });

  it('say with include=shadow what every model says', async () => {
    const server = await testServer();
    const { data } = await rows(server, '/v1/trader-grades?include=shadow&symbol=BTC&start_date=2026-10-02&end_date=2026-10-02');
    expect((data[0].models as Row[]).map(({ model, state, weight }) => [model, state, weight === 0])).toEqual([['donchian@1', 'SHADOW', true], ['ema-cross@1', 'LIVE', false]]);
  });
});

describe('other rows', () => {
  it('signals tell what following them has returned apart from the backtest', async () => {
    const { data: [row] } = await rows(await testServer(), '/v1/hourly-trading-signals?symbol=BTC');
    expect(row).toMatchObject({ trading_signals_returns: expect.any(Number), holding_returns: expect.any(Number), backtest: { model: expect.any(String), trading_signals_returns: expect.any(Number) } });
  });

  it('bars are whole, and those that are not held are an error', async () => {
    const server = await testServer();
    const { data } = await rows(server, '/v1/daily-ohlcv?symbol=ETH&limit=5');
    expect(data.map(({ date }) => date)).toEqual([1, 2, 3, 4, 5].map((day) => formatTime(Date.UTC(2026, 9, 13) - day * DAY_MS)));
    const response = await get(server, '/v1/hourly-ohlcv?start_date=2026-01-01');
    expect([response.statusCode, response.json<Row>().detail]).toEqual([422, expect.stringContaining('first bar')]);
  });

  it('scenarios are the same each time, and their probabilities sum to 1', async () => {
    const server = await testServer();
    const [first, again] = [await rows(server, '/v1/scenario-analysis?symbol=BTC'), await rows(await testServer(), '/v1/scenario-analysis?symbol=BTC')];
    expect(first.data).toEqual(again.data);
    expect((first.data[0].scenarios as Row[]).reduce((sum, { probability }) => sum + Number(probability), 0)).toBeCloseTo(1, 6);
  });

  it('a shadow pick is active until it is resolved', async () => {
    const server = await testServer();
    const [active, past] = [await rows(server, '/v1/moonshot-tokens?type=active'), await rows(server, '/v1/moonshot-tokens?type=past')];
    expect([active.data.every(({ roi }) => roi === null), past.data.every(({ roi, base_rate_roi: base }) => roi !== null && base !== null)]).toEqual([true, true]);
    expect([active.length > 0, past.length > 0]).toEqual([true, true]);
  });
});

describe('answers are kept', () => {
  it('a client that has the body gets 304 until the next entry', async () => {
    const server = await testServer({ ahead: 4 });
    const first = await get(server, '/v1/trader-grades');
    const etag = String(first.headers.etag);
    expect(first.headers['cache-control']).toMatch(/^private, max-age=\d+$/);
    const again = await get(server, '/v1/trader-grades', { 'if-none-match': `"other", W/${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    for (const batch of server.ahead) server.commit(batch);
    const after = await get(server, '/v1/trader-grades', { 'if-none-match': etag });
    expect(after.statusCode).toBe(200);
    expect(after.headers.etag).not.toBe(etag);
  });

  it('a repeated POST gets the first answer, and another body under its key is refused', async () => {
    const server = await testServer();
    const post = async (payload: string) => server.app.inject({ method: 'POST', url: '/v1/models', payload, headers: { 'x-api-key': token, 'content-type': 'text/html', 'idempotency-key': 'k1' } });
    const token = server.token('models:promote');
    const [first, second, other] = [await post('<html>1</html>'), await post('<html>1</html>'), await post('<html>2</html>')];
    expect([first.statusCode, second.statusCode, other.statusCode]).toEqual([201, 201, 422]);
    expect([first.headers.location, second.body, second.headers['idempotency-replayed']]).toEqual(['/v1/models/ema-cross/versions/2', first.body, 'true']);
  });

  it('a report that does not pass is a problem with what blocks it', async () => {
    const server = await testServer();
    const response = await server.app.inject({ method: 'POST', url: '/v1/models', payload: 'noise', headers: { 'x-api-key': server.token('models:promote'), 'content-type': 'text/html', 'idempotency-key': 'k1' } });
    expect(response.json()).toMatchObject({ status: 422, type: 'urn:assay:problem:not-promoted', errors: [{ detail: 'G7: p = 0.4' }] });
  });
});
