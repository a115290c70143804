/** Positions of the EA's account at one time. */
export interface PositionReport {
  count: number;
  /** Symbol of each position, where reported. */
  symbols?: readonly string[] | undefined;
  margin?: number | undefined;
  balance?: number | undefined;
}
