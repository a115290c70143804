/** Most pings awaiting a pong; older ones count as lost. */
const rememberedPings = 16;

/** Pings and pongs of one EA, and what they prove. One a session. */
export class PingLedger {
  /** Times of sending, monotonic ms, oldest first. */
  private unanswered: number[] = [];
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

  /** @param at monotonic ms */
  sent(at: number): void {
    this.unanswered.push(at);
    if (this.unanswered.length > rememberedPings) this.unanswered.shift();
  }

  /**
   * @returns time of sending of the ping that this pong answers, monotonic ms: the oldest, as the EA works first in,
   *   first out
   */
  pong(): number | null {
    this.answered = true;
    return this.unanswered.shift() ?? null;
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
