/**
 * ZAP's answer to a peer. `wait`: the place is held by a peer that has not shaken hands yet, maybe an earlier
 * connection of the same EA.
 */
export type AdmissionAnswer = 'admit' | 'wait' | 'second' | 'not_allowed';

/** A peer that was refused by ZAP. libzmq's event about the refusal comes only if the peer is still connected. */
export interface RefusedPeer {
  address: string;
  answer: Exclude<AdmissionAnswer, 'admit'>;
}

/**
 * Decides who may be connected to one bound socket (S3). Pure bookkeeping over ZAP's questions and the
 * `socket.events`.
 *
 * The events don't name their connection, but every `accept` is followed by exactly one `disconnect` (measured over
 * thousands of chaotic connections), so their difference is the number of open connections, and an admitted peer has
 * certainly left when fewer are open than were admitted. A place is freed only then. Meanwhile connections that never
 * shake hands (refused peers, port scanners) can hide a loss for at most the socket's handshake interval.
 */
export class Admission {
  private readonly places: number;
  private readonly allowed: ReadonlySet<string>;
  private open = 0;
  private awaiting: string[] = [];
  private shaken = 0;
  /** Open connections whose failure was reported; only their `disconnect` is still to come. */
  private failed = 0;
  /**
   * Peers that ZAP asked about, without a later event: they may still shake hands, or ended as in {@link
   * wasAskedInVain}.
   */
  private undecided = 0;
  /** Peers refused by ZAP whose event is still to come, oldest first. */
  private refused: RefusedPeer[] = [];

  constructor(places: number, allowed: readonly string[]) {
    this.places = places;
    this.allowed = new Set(allowed);
  }

  /** Number of peers that have shaken hands. */
  get peers(): number {
    return this.shaken;
  }

  /** Answers ZAP's question about a peer, before its handshake. */
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

  /**
   * Counts a handshake.
   * @returns the peer's address
   */
  handshaken(): string {
    this.shaken += 1;
    this.undecided -= 1;
    return this.awaiting.shift() ?? 'unknown';
  }

  /** Records a refusal that ZAP has answered. */
  answered(peer: RefusedPeer): void {
    this.refused.push(peer);
  }

  /** Removes a refusal whose event is overdue. */
  forgetAnswer(peer: RefusedPeer): void {
    this.refused = this.refused.filter((each) => each !== peer);
  }

  /**
   * Matches an event of refusal to a refused peer. The event names none: a peer that may be the EA itself is taken
   * first.
   * @returns null: no refusal is waiting for an event
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
   * Whether a peer that ended without a handshake had reached ZAP's question: then it spoke ZeroMQ with a socket of
   * the wrong type. Each is reported once; a guess while peers come and go at the same time.
   */
  wasAskedInVain(): boolean {
    if (this.undecided <= 0) return false;
    this.undecided -= 1;
    return true;
  }

  /**
   * Counts a `disconnect`. `left`: an admitted peer. `unexpected`: a peer without handshake or reported reason.
   * `told`: reported already.
   */
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
