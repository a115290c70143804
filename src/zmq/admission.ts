/** `wait`: a peer that has not shaken hands yet holds the place, and may be the same EA's connection of before. */
export type AdmissionAnswer = 'admit' | 'wait' | 'second' | 'not_allowed';

/** A peer that ZAP was told to refuse. libzmq says so in an event where the peer is still there. */
export interface RefusedPeer {
  address: string;
  answer: Exclude<AdmissionAnswer, 'admit'>;
}

/**
 * Who may be connected to one bound socket (S3). Pure bookkeeping over what ZAP asks and `socket.events` tells.
 *
 * The events don't say which connection they are about, but every `accept` is followed by exactly one `disconnect`
 * (measured over thousands of chaotic connections), so their difference is the number of open connections, and an
 * admitted peer is surely gone when fewer are open than were admitted. A place is freed only then. Meanwhile
 * connections that never shake hands (refused peers, port scanners) can hide a loss for at most the
 * socket's handshake interval.
 */
export class Admission {
  private readonly places: number;
  private readonly allowed: ReadonlySet<string>;
  private open = 0;
  private awaiting: string[] = [];
  private shaken = 0;
  /** Open connections whose failure was told and that have only to end. */
  private failed = 0;
  /** Peers that ZAP asked about and of which nothing more is known: those that still may shake hands, and {@link wasAskedInVain}'s. */
  private undecided = 0;
  /** Answered a moment ago, the first first. */
  private refused: RefusedPeer[] = [];

  constructor(places: number, allowed: readonly string[]) {
    this.places = places;
    this.allowed = new Set(allowed);
  }

  /** Peers that have shaken hands. */
  get peers(): number {
    return this.shaken;
  }

  /** ZAP's question, before the handshake. */
  ask(address: string): AdmissionAnswer {
    this.undecided += 1;
    if (!this.allowed.has(address)) return 'not_allowed';
    if (this.shaken >= this.places) return 'second';
    if (this.shaken + this.awaiting.length >= this.places) return 'wait';
    this.awaiting.push(address);
    return 'admit';
  }

  accepted(): void {
    this.open += 1;
  }

  /** The address of the peer that has joined. */
  handshaken(): string {
    this.shaken += 1;
    this.undecided -= 1;
    return this.awaiting.shift() ?? 'unknown';
  }

  /** ZAP is answered. */
  answered(peer: RefusedPeer): void {
    this.refused.push(peer);
  }

  /** The event that would tell that this peer was there is overdue. */
  forgetAnswer(peer: RefusedPeer): void {
    this.refused = this.refused.filter((each) => each !== peer);
  }

  /**
   * A peer was still there to be refused. The event doesn't say which one: one that may be the EA itself comes first.
   * @returns null where nothing was answered lately
   */
  wasRefused(): RefusedPeer | null {
    this.failed += 1;
    this.undecided -= 1;
    const peer = this.refused.find(({ answer }) => answer !== 'second') ?? this.refused[0];
    if (peer !== undefined) this.forgetAnswer(peer);
    return peer ?? null;
  }

  handshakeFailed(): void {
    this.failed += 1;
  }

  /**
   * Whether one of the peers that ended without a handshake had got as far as ZAP's question: then it spoke ZeroMQ, and its
   * socket's type is wrong. Each is told of once; a guess where peers come and go at the same time.
   */
  wasAskedInVain(): boolean {
    if (this.undecided <= 0) return false;
    this.undecided -= 1;
    return true;
  }

  /** `left`: an admitted peer. `unexpected`: one that ended without a handshake or a reason. */
  disconnected(): 'left' | 'unexpected' | 'told' {
    this.open -= 1;
    const excess = this.shaken + this.awaiting.length > this.open;
    if (excess && this.awaiting.length === 0) {
      this.shaken -= 1;
      return 'left';
    }
    if (excess) this.awaiting.pop();
    if (this.failed === 0) return 'unexpected';
    this.failed -= 1;
    return 'told';
  }
}
