/** Prices that a peer's rules read; bars numbered from 0, all columns of one length. */
export interface PeerBars {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
}
