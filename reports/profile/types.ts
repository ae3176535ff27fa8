/** A function called along one path, with all that it calls. */
export interface ProfiledCall {
  readonly name: string;
  /** `engine/simulate/simulate.ts:41`; null for what is no source, such as the collection of garbage. */
  readonly source: string | null;
  readonly selfUs: number;
  /** Its own time and that of all its calls. */
  readonly totalUs: number;
  readonly calls: readonly ProfiledCall[];
}

/** Where the time of a command went. */
export interface ProfileReport {
  /** As it was typed. */
  readonly command: string;
  readonly root: ProfiledCall;
  readonly threads: number;
  /** Time in which threads had nothing to do: no part of the tree. */
  readonly idleUs: number;
  readonly intervalUs: number;
}
