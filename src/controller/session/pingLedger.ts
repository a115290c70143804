/** Pings whose pongs are waited for; older ones are taken for lost. */
const rememberedPings = 16;

/** Pings and pongs of one EA: what was sent, what was answered, and what the answers prove. One a session. */
export class PingLedger {
  /** When each was sent, monotonic ms, the oldest first. */
  private unanswered: number[] = [];
  private answered = false;
  private proved = false;

  /** Whether the EA has answered a ping since it connected for commands, in its backlog too. */
  get hasAnswered(): boolean {
    return this.answered;
  }

  /** Whether the EA whose telemetry is read has answered a ping of its own connection: an answer of the backlog proves nothing. */
  get hasProved(): boolean {
    return this.proved;
  }

  /** @param at monotonic ms */
  sent(at: number): void {
    this.unanswered.push(at);
    if (this.unanswered.length > rememberedPings) this.unanswered.shift();
  }

  /** @returns when the ping that this pong answers was sent (monotonic ms): the oldest, as the EA works first in, first out */
  pong(): number | null {
    this.answered = true;
    return this.unanswered.shift() ?? null;
  }

  /** A pong of now, or the one that ended the backlog. */
  prove(): void {
    this.proved = true;
  }

  /** Another EA may be behind the next connection for commands, and what was asked may never have arrived. */
  forgetCommandConnection(): void {
    this.unanswered = [];
    this.answered = false;
  }

  /** Another EA may be behind a new connection of telemetry. */
  telemetryJoined(): void {
    this.proved = false;
  }
}
