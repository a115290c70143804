/** The desk's count of starts, by which an EA of protocol 8 tells it from a restored copy or a second desk (N1). */
export interface EpochCount {
  /** Of this start. */
  readonly current: number;
  /**
   * Raises the count above that of an EA which a person takes over. Durable when it returns.
   * @throws Error: nothing is written, and the count stays
   */
  raise(to: number): void;
}
