/** Most pings awaiting a pong; older ones count as lost. */
const rememberedPings = 16;

interface Ping {
  /** Its number; null: of an EA without protocol 8, whose pongs name none. */
  n: number | null;
  /** Time of sending, monotonic ms. */
  at: number;
}

/** Pings and pongs of one EA, and what they prove. One a session. */
export class PingLedger {
  /** Oldest first. */
  private unanswered: Ping[] = [];
  private lastNumber = 0;
  private answered = false;
  private proved = false;

  /** Whether the EA has answered a ping since it connected for commands, even in its backlog. */
  get hasAnswered(): boolean {
    return this.answered;
  }

  /** Whether the EA of the telemetry has answered a ping of its own connection; answers in the backlog prove nothing. */
  get hasProved(): boolean {
    return this.proved;
  }

  /**
   * Records a ping about to be sent.
   * @param at monotonic ms
   * @param numbered whether the pong will name its number (N2)
   * @returns its number; null: not numbered
   */
  sent(at: number, numbered = false): number | null {
    if (numbered) this.lastNumber += 1;
    const n = numbered ? this.lastNumber : null;
    this.unanswered.push({ n, at });
    if (this.unanswered.length > rememberedPings) this.unanswered.shift();
    return n;
  }

  /**
   * @param n the number that the pong names; left out: none
   * @returns time of sending of the ping that it answers, monotonic ms: the one of its number, else the oldest without
   *   one, as the EA works first in, first out; null: of none that is awaited
   */
  pong(n?: number): number | null {
    const index = this.unanswered.findIndex((ping) => ping.n === (n ?? null));
    if (n !== undefined && index < 0) return null;
    this.answered = true;
    if (index < 0) return null;
    const { at } = this.unanswered[index] ?? { at: null };
    this.unanswered.splice(index, 1);
    return at;
  }

  /** Records a current pong, or the one that ended the backlog. */
  prove(): void {
    this.proved = true;
  }

  /** Handles a lost connection for commands: pings may not have arrived, and the next EA may be another one. */
  forgetCommandConnection(): void {
    this.unanswered = [];
    this.answered = false;
  }

  /** Handles a new connection of telemetry, which may be another EA's. */
  telemetryJoined(): void {
    this.proved = false;
  }
}
