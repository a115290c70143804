/** What the EA tells of its positions at one time. */
export interface PositionReport {
  count: number;
  /** The symbol of each, where it tells them. */
  symbols?: readonly string[] | undefined;
  margin?: number | undefined;
  balance?: number | undefined;
}
