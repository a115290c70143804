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

/**
 * S8: what answers a frame once its results are durable: for each an object of its own, a line each, as an EA that puts several
 * results into one frame writes them itself. Each is flat, so that a search for its ID finds it (W1).
 * @param signalIds none where the frame named none that can be repeated: a REQ without an answer stands still
 */
export function acknowledgement(signalIds: readonly string[]): string {
  const named = signalIds.length === 0 ? [''] : signalIds;
  return named.map((signalId) => JSON.stringify({ type: 'ack', signal_id: signalId })).join('\n');
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
