/** Subscriptions of an XPUB socket's peers (S7). The socket reports the first and last subscription of each topic. */
export class Subscriptions {
  private readonly topics = new Set<string>();

  get any(): boolean {
    return this.topics.size > 0;
  }

  /** Applies one frame of the socket: a byte 1 or 0, then the topic. Anything else is ignored. */
  apply(frame: Buffer): void {
    const topic = frame.toString('latin1', 1);
    if (frame[0] === 1) this.topics.add(topic);
    if (frame[0] === 0) this.topics.delete(topic);
  }

  /** Whether a message matches a topic: the topic is the beginning of the message. */
  match(text: string): boolean {
    for (const topic of this.topics) if (text.startsWith(topic)) return true;
    return false;
  }
}
