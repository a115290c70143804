import { readBrokerTime } from './brokerTime.ts';

const quarterHourMs = 15 * 60_000;
const halfHourMs = 2 * quarterHourMs;
/** The furthest that a broker's clock can be from UTC. */
const furthestMs = 15 * 3_600_000;
/** How far clocks may differ beside their time zones. */
const toleranceMs = 60_000;
/** Age of a written time, ms: EAs write the time of the last quote (W15), and the message takes its way. */
const mostAgeMs = 60_000;
/** How far a written time may be ahead, ms: the machine's clock and the broker's differ a little. */
const mostAheadMs = 10_000;

/**
 * The broker's clock. MT5 writes its times without a zone. Timestamps of current bars tell the clock itself (W11);
 * times written into answers tell the zone alone, by whole half hours, because they are the time of the last quote.
 */
export class BrokerClock {
  /** The broker's clock minus this machine's by the last timestamp, ms; null: not known. */
  private ahead: number | null = null;
  /** Whether the last timestamp is of the present connection. */
  private isCurrent = false;
  /** The zone by written times, ms; null: not known. */
  private zone: number | null = null;
  private lastWritten: { at: number; offset: number } | null = null;

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
    this.isCurrent = true;
    return Math.abs(this.aheadMs - before) > toleranceMs;
  }

  /**
   * Takes the time written into a message that is of now. It counts once it moves: a clock that stands, as in a closed
   * market, tells nothing.
   * @param now epoch ms
   */
  observeWritten(text: string | undefined, now: number): void {
    const at = text === undefined ? null : readBrokerTime(text);
    if (at === null) return;
    const offset = Math.round((at - now) / halfHourMs) * halfHourMs;
    const ahead = at - now - offset;
    if (Math.abs(offset) > furthestMs || ahead > mostAheadMs || ahead < -mostAgeMs) {
      this.lastWritten = null;
      return;
    }
    const { lastWritten } = this;
    if (lastWritten?.at === at) return;
    if (lastWritten?.offset === offset) this.zone = offset;
    this.lastWritten = { at, offset };
  }

  /** Handles another EA, or a jump of the machine's clock: the zone must be told again. Bars keep their place. */
  forget(): void {
    this.isCurrent = false;
    this.zone = null;
    this.lastWritten = null;
  }

  /** Now by the broker's clock, ms as if it were UTC; by UTC while it isn't known. */
  now(now: number): number {
    return now + this.aheadMs;
  }

  /** The broker's clock minus this machine's by the last timestamp, ms; 0: not known. */
  get aheadMs(): number {
    return this.ahead ?? 0;
  }

  /** The broker's clock minus UTC, ms; null: not known, or this machine's clock is wrong. */
  get offsetMs(): number | null {
    if (this.ahead === null || !this.isCurrent) return this.zone;
    const offset = Math.round(this.ahead / quarterHourMs) * quarterHourMs;
    // Plus 0: no offset is written as −0.
    return Math.abs(this.ahead - offset) <= toleranceMs ? offset + 0 : null;
  }
}
