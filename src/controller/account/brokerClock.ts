const quarterHourMs = 15 * 60_000;
/** The furthest that a broker's clock can be from UTC. */
const furthestMs = 15 * 3_600_000;
/** How far clocks may differ beside their time zones. */
const toleranceMs = 60_000;

/**
 * The broker's clock, by the timestamps of current frames (W11). MT5 writes its times without a zone; brokers' clocks
 * differ from UTC by whole quarter hours.
 */
export class BrokerClock {
  /** The broker's clock minus this machine's, ms; null: not known. */
  private ahead: number | null = null;

  /**
   * Takes the timestamp of a current frame; without one, or with one that can't be now, the clock isn't known.
   * @param seconds by the broker's clock
   * @param now epoch ms
   * @returns whether the clock has jumped: what was placed by it stands in the wrong place
   */
  observe(seconds: number | undefined, now: number): boolean {
    const before = this.aheadMs;
    const ahead = (seconds ?? 0) * 1000 - now;
    this.ahead = Math.abs(ahead) <= furthestMs ? ahead : null;
    return Math.abs(this.aheadMs - before) > toleranceMs;
  }

  /** Now by the broker's clock, ms as if it were UTC; by UTC while it isn't known. */
  now(now: number): number {
    return now + this.aheadMs;
  }

  /** The broker's clock minus this machine's, ms; 0: not known. */
  get aheadMs(): number {
    return this.ahead ?? 0;
  }

  /** The broker's clock minus UTC, ms; null: not known, or this machine's clock is wrong. */
  get offsetMs(): number | null {
    if (this.ahead === null) return null;
    const offset = Math.round(this.ahead / quarterHourMs) * quarterHourMs;
    // Plus 0: no offset is written as −0.
    return Math.abs(this.ahead - offset) <= toleranceMs ? offset + 0 : null;
  }
}
