/** What the peers of an XPUB socket have subscribed to (S7): it tells of each topic's first and last subscription. */
export class Subscriptions {
  private readonly topics = new Set<string>();

  get any(): boolean {
    return this.topics.size > 0;
  }

  /** One frame as the socket receives it: 1 or 0, then the topic. Anything else is a message to nobody. */
  apply(frame: Buffer): void {
    const topic = frame.toString('latin1', 1);
    if (frame[0] === 1) this.topics.add(topic);
    if (frame[0] === 0) this.topics.delete(topic);
  }

  /** Whether a message reaches a subscriber: a topic is the beginning of what it wants. */
  match(text: string): boolean {
    for (const topic of this.topics) if (text.startsWith(topic)) return true;
    return false;
  }
}
