/**
 * How long the steps of an order took, each in ms from when it was fired, by the clock that never goes back. Null: it was
 * not seen.
 */
export interface OrderTiming {
  /** The order was safe in the journal: from here on it may leave. */
  durableMs: number;
  /** The socket had taken its bytes. */
  handedMs: number | null;
  /** The EA's first feedback was there. */
  feedbackMs: number | null;
}
