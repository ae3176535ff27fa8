import { DataError, errorMessage, formatDuration, InputError, type Random } from '../../../engine/index.ts';
import type { Clock } from '../../types/index.ts';
import { type Backoff, backoffMs } from '../backoff.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import type { Timer } from '../timer.ts';

export interface RestOptions {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly backoff: Backoff;
  /** Attempts at one answer. */
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly breaker?: { readonly failures?: number; readonly pauseMs?: number };
}

/** A pause that the server asked for is waited out up to here; a longer one fails the call, and every other until it is over. */
const LONGEST_PAUSE_MS = 60_000;

type Answer = { readonly json: unknown } | { readonly retryInMs: number | null; readonly trouble: string };

/** Asks an exchange's public REST API as it wants to be asked: patient with limits, quick to leave it alone when it is down. */
export class RestClient {
  readonly #options: RestOptions;
  readonly #breaker: CircuitBreaker;
  #pausedUntilMs = -Infinity;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.breaker);
  }

  /**
   * The JSON of an answer.
   *
   * throws  InputError `exchange-refused` for a request that is wrong; DataError `source-unavailable` where a later one may be answered
   */
  async get(path: string, query: Readonly<Record<string, string | number>>, signal: AbortSignal): Promise<unknown> {
    const { attempts, backoff, random, timer } = this.#options;
    const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    const url = `${this.#options.baseUrl}${path}${text === '' ? '' : `?${text}`}`;
    let trouble = '';
    for (let failures = 0; failures < attempts && !signal.aborted; ) {
      await this.#untilAllowed(url, signal);
      const answer = await this.#attempt(url, signal);
      if ('json' in answer) return answer.json;
      trouble = answer.trouble;
      failures++;
      if (answer.retryInMs === null && failures < attempts) await timer.wait(backoffMs(failures, backoff, random), signal);
    }
    throw new DataError('source-unavailable', signal.aborted ? `${url} was given up` : `${url} did not answer in ${attempts} attempts: ${trouble}`);
  }

  async #untilAllowed(url: string, signal: AbortSignal): Promise<void> {
    const { clock, timer } = this.#options;
    const pauseMs = this.#pausedUntilMs - clock.nowMs();
    if (pauseMs > LONGEST_PAUSE_MS) throw new DataError('source-unavailable', `${url} was not asked: the exchange wants to be left alone for ${formatDuration(pauseMs)}`);
    if (pauseMs > 0) await timer.wait(pauseMs, signal);
    const openUntilMs = this.#breaker.closedAtMs(clock.nowMs());
    if (openUntilMs !== null) throw new DataError('source-unavailable', `${url} was not asked: it has failed too often, next trial in ${formatDuration(openUntilMs - clock.nowMs())}`);
  }

  async #attempt(url: string, signal: AbortSignal): Promise<Answer> {
    const nowMs = (): number => this.#options.clock.nowMs();
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]) });
      const body = await response.text();
      const answer = this.#judge(response, body, url);
      if ('json' in answer) this.#breaker.succeeded();
      // a limit is an answer: the exchange is not down
      else if (answer.retryInMs === null) this.#breaker.failed(nowMs());
      else this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs() + answer.retryInMs);
      return answer;
    } catch (error) {
      if (error instanceof InputError) throw error;
      this.#breaker.failed(nowMs());
      return { retryInMs: null, trouble: errorMessage(error instanceof Error && error.cause !== undefined ? error.cause : error) };
    }
  }

  /** throws  InputError `exchange-refused` */
  #judge({ status, headers, ok }: Response, body: string, url: string): Answer {
    if (status === 429 || status === 418) {
      const seconds = Number(headers.get('retry-after') ?? Number.NaN);
      return { retryInMs: Number.isFinite(seconds) ? seconds * 1_000 : null, trouble: `HTTP ${status}: too many requests` };
    }
    const json = parsed(body);
    if (ok) return json === undefined ? { retryInMs: null, trouble: `the answer is no JSON: ${body.slice(0, 80)}` } : { json };
    if (status >= 400 && status < 500 && status !== 408 && status !== 403) {
      throw new InputError('exchange-refused', `${url} was refused with HTTP ${status}: ${reasonOf(json) ?? body.slice(0, 200)}`);
    }
    return { retryInMs: null, trouble: `HTTP ${status}${reasonOf(json) === null ? '' : `: ${reasonOf(json)}`}` };
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function reasonOf(json: unknown): string | null {
  return json !== null && typeof json === 'object' && 'msg' in json && typeof json.msg === 'string' ? json.msg : null;
}
