/** Patterns of the command channel: PUSH → PULL, or PUB → SUB (S7). */
export const commandPatterns = ['push', 'pub'] as const;
export type CommandPattern = (typeof commandPatterns)[number];

/**
 * Patterns of the feedback channel: PUSH → PULL, or REQ → REP with an acknowledgement once the result is durable (S8).
 */
export const feedbackPatterns = ['push', 'req'] as const;
export type FeedbackPattern = (typeof feedbackPatterns)[number];

/** Patterns of a bridge's sockets. */
export interface SocketPatterns {
  command: CommandPattern;
  feedback: FeedbackPattern;
}

/** Whether feedback needs a port of its own: REQ and REP can't share telemetry's PULL. */
export function needsFeedbackPort(settings: {
  feedbackPattern: FeedbackPattern;
  feedbackPort: number | null;
}): boolean {
  return settings.feedbackPattern === 'req' && settings.feedbackPort === null;
}

/**
 * S8: acknowledgement of a frame whose results are durable: one object a line for each result, as EAs write several
 * results into one frame. Each object is flat, so that a search for its ID finds it (W1).
 * @param signalIds IDs in the frame; empty: none that can be repeated. A REQ without an answer would stand still
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

/** Socket types at both ends of each channel. */
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
