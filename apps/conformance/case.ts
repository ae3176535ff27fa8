/** One case of a conformance file: a metric, its inputs, and what a source says comes out. */
export interface ConformanceCase {
  readonly id: string;
  readonly metric: string;
  readonly source?: string;
  readonly inputs: Record<string, unknown>;
  readonly expected: unknown;
  /** The definition in double precision, where `expected` is a printed figure. */
  readonly exact?: unknown;
  readonly tolerance?: { readonly abs?: number; readonly rel?: number };
  /** False: recorded as the source states it, not to be followed. */
  readonly verified?: boolean;
  readonly notes?: string;
}

/** What the library gives for a case, in the shape of `expected`; or why it was not asked. */
export type CaseResult = { readonly got: unknown } | { readonly skip: string };

export interface ConformanceFile {
  readonly family: string;
  readonly datasets?: Record<string, unknown>;
  readonly cases: readonly ConformanceCase[];
}
