/** How long after a fill's result MT5 may still leave the position out of its count, in ms. */
const fillLagMs = 2_000;

/** A trade that is known to have opened a position. */
export interface Fill {
  /** Number of the order. */
  number: number;
  /** Its place among fills and reports, as they came. */
  place: number;
  /** When its result came, monotonic ms. */
  at: number;
}

/** How many positions stood before an order, kept true as others close. */
export class PositionBase {
  private positions: number;
  private place: number;

  /** @param place of the report that told them */
  constructor(positions: number, place: number) {
    this.positions = positions;
    this.place = place;
  }

  /** What it is with other trades that were filled since. @param fills of other orders, as they came */
  withFills(fills: readonly Fill[]): number {
    return this.positions + this.after(fills).length;
  }

  /** A later report. Fewer than were expected: some were closed, so that a rise is measured from there. @returns whether so */
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
