const halfHourMs = 1_800_000;
/** Furthest zone from UTC. */
const widestMs = 14 * 2 * halfHourMs;
/** Age of a reported time, ms: EAs write the time of the last quote (W15), and the message takes its way. */
const mostAgeMs = 60_000;
/** How far a reported time may be ahead, ms: the machine's clock and the broker's differ a little. */
const mostAheadMs = 10_000;

/**
 * The broker's zone: its server time minus UTC, from the times that an EA writes into its answers. Zones are whole half
 * hours apart. A time counts once it moves: a clock that stands, as in a closed market, tells nothing.
 */
export class BrokerZone {
  private offset: number | null = null;
  private last: { told: number; offset: number } | null = null;

  /** In ms; null: not known. */
  get offsetMs(): number | null {
    return this.offset;
  }

  /** Takes the time of a message that is of now. @param now epoch ms */
  told(text: string | undefined, now: number): void {
    const told = text === undefined ? null : readBrokerTime(text);
    if (told === null) return;
    const offset = Math.round((told - now) / halfHourMs) * halfHourMs;
    const ahead = told - now - offset;
    if (Math.abs(offset) > widestMs || ahead > mostAheadMs || ahead < -mostAgeMs) {
      this.last = null;
      return;
    }
    const { last } = this;
    if (last?.told === told) return;
    if (last?.offset === offset) this.offset = offset;
    this.last = { told, offset };
  }

  /** Handles another EA, or a jump of the machine's clock. */
  forget(): void {
    this.offset = null;
    this.last = null;
  }
}

/** Reads `2025.09.15 12:34:56` (W13) as if it were UTC, epoch ms; null: another form. */
function readBrokerTime(text: string): number | null {
  const parts = /^(\d{4})[.-](\d\d)[.-](\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text.trim());
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
