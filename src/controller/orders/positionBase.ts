/** Longest delay from a fill's result until MT5 counts its position, ms. */
const fillLagMs = 2_000;

/** A trade that has certainly opened a position. */
export interface Fill {
  /** Number of the order. */
  number: number;
  /** The broker's name. */
  symbol: string;
  /** Sequence number among fills and reports. */
  place: number;
  /** Time of its result, monotonic ms. */
  at: number;
}

/** Number of positions before an order, corrected as others close. */
export class PositionBase {
  private positions: number;
  private place: number;

  /** @param place sequence number of the report with this number */
  constructor(positions: number, place: number) {
    this.positions = positions;
    this.place = place;
  }

  /**
   * The number with other trades filled since.
   * @param fills of other orders, in order of arrival
   */
  withFills(fills: readonly Fill[]): number {
    return this.positions + this.after(fills).length;
  }

  /**
   * Applies a later report. A lower number than expected means that positions were closed; a rise is then measured
   * from it.
   * @returns whether it was lower
   */
  update(positions: number, at: number, fills: readonly Fill[]): boolean {
    const counted = this.after(fills).filter((fill) => fill.at < at - fillLagMs);
    if (positions >= this.positions + counted.length) return false;
    this.positions = positions;
    this.place = counted.at(-1)?.place ?? this.place;
    return true;
  }

  private after(fills: readonly Fill[]): Fill[] {
    return fills.filter(({ place }) => place > this.place);
  }
}
