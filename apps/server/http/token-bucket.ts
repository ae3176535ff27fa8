import type { Clock } from '../../../grading/index.ts';

export interface BucketRule {
  /** Requests that may come at once, and that are filled up again over the window. */
  readonly requests: number;
  readonly windowMs: number;
}

export interface BucketState {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Until one more request is allowed; 0 where one is. */
  readonly retryMs: number;
  /** Until the bucket is full. */
  readonly fullMs: number;
}

export interface TokenBuckets {
  take(name: string, cost?: number): BucketState;
  readonly rule: BucketRule;
}

interface Bucket { tokens: number; atMs: number }

/** Buckets by name; those not seen for longest are forgotten where there are too many, which refills them. */
export function createTokenBuckets(rule: BucketRule, clock: Clock, most = 10_000): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  const perMs = rule.requests / rule.windowMs;
  return {
    rule,
    take(name, cost = 1): BucketState {
      const nowMs = clock.nowMs();
      const old = buckets.get(name) ?? { tokens: rule.requests, atMs: nowMs };
      const filled = Math.min(rule.requests, old.tokens + Math.max(0, nowMs - old.atMs) * perMs);
      const isAllowed = filled >= cost;
      const tokens = isAllowed ? filled - cost : filled;
      buckets.delete(name);
      buckets.set(name, { tokens, atMs: nowMs });
      if (buckets.size > most) for (const oldest of buckets.keys()) { buckets.delete(oldest); break; }
      return { isAllowed, remaining: Math.floor(tokens), retryMs: tokens >= cost ? 0 : (cost - tokens) / perMs, fullMs: (rule.requests - tokens) / perMs };
    },
  };
}
