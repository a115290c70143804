/** Positions of the EA's account at one time. */
export interface PositionReport {
  count: number;
  /** Symbol of each position, where reported. */
  symbols?: readonly string[] | undefined;
  margin?: number | undefined;
  balance?: number | undefined;
}

/** The report with positions that were opened since. */
export function withNew(report: PositionReport, fills: readonly { symbol: string }[]): PositionReport {
  const opened = fills.map(({ symbol }) => symbol);
  const symbols = report.symbols === undefined ? undefined : [...report.symbols, ...opened];
  return { ...report, count: report.count + opened.length, symbols };
}
