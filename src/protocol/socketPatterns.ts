/** How commands reach the EA: PUSH → PULL, or PUB → SUB (S7). */
export const commandPatterns = ['push', 'pub'] as const;
export type CommandPattern = (typeof commandPatterns)[number];

/** How results come back: PUSH → PULL, or REQ → REP with an acknowledgement once the result is durable (S8). */
export const feedbackPatterns = ['push', 'req'] as const;
export type FeedbackPattern = (typeof feedbackPatterns)[number];

/** The patterns that a bridge's sockets have. */
export interface SocketPatterns {
  command: CommandPattern;
  feedback: FeedbackPattern;
}

/** REQ and REP can't share the port of telemetry, which is a PULL. */
export function needsFeedbackPort(settings: {
  feedbackPattern: FeedbackPattern;
  feedbackPort: number | null;
}): boolean {
  return settings.feedbackPattern === 'req' && settings.feedbackPort === null;
}

/** S8: what answers a result once it is durable. @param signalId '' where the result named none that can be repeated */
export function acknowledgement(signalId: string): string {
  return JSON.stringify({ type: 'ack', signal_id: signalId });
}

/** The socket types at both ends of a flow. */
export interface SocketTypes {
  core: string;
  ea: string;
}

/** What stands at the ends of each flow. */
export function socketTypes({
  command,
  feedback,
}: SocketPatterns): Record<'command' | 'telemetry' | 'feedback', SocketTypes> {
  return {
    command: command === 'push' ? { core: 'PUSH', ea: 'PULL' } : { core: 'PUB', ea: 'SUB' },
    telemetry: { core: 'PULL', ea: 'PUSH' },
    feedback: feedback === 'push' ? { core: 'PULL', ea: 'PUSH' } : { core: 'REP', ea: 'REQ' },
  };
}
