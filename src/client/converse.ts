import { Dealer } from 'zeromq';

/** Longest handshake, ms. A gateway on this machine needs under 1 ms; after this time it counts as unreachable. */
const handshakeMs = 2_000;
/** Time for reading answers that arrived before the connection broke, ms. */
const lastAnswersMs = 50;
const longestTimer = 2 ** 31 - 1;

export interface ConversationOptions {
  /** Endpoint of the gateway. */
  endpoint: string;
  /** Longest wait for the answer, ms. */
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** Result of a conversation. `nothing_sent`: no byte of the request left this process. `in_doubt`: it may have left. */
export type Conversation<Answer> =
  | { ended: 'answered'; answer: Answer }
  | { ended: 'nothing_sent'; why: 'unreachable' | 'aborted'; reason: string }
  | { ended: 'in_doubt'; why: 'timed_out' | 'connection_lost' | 'aborted'; reason: string };

interface Break {
  why: 'timed_out' | 'connection_lost' | 'aborted';
  reason: string;
}

/**
 * Sends one request to a gateway, once, and reads replies until `take` returns an answer. Nothing is sent before a
 * gateway has shaken hands, and nothing is kept for one that comes later (S1, S2): the socket makes one connection and
 * is closed with everything in it.
 * @param take turns a reply into an answer; null: read on. Its `within(ms)` shortens the remaining wait to at most
 *   `ms`
 * @throws Error when `endpoint` is not a ZeroMQ endpoint
 */
export async function converse<Answer>(
  request: string,
  { endpoint, timeoutMs, signal }: ConversationOptions,
  take: (reply: Uint8Array, within: (ms: number) => void) => Answer | null,
): Promise<Conversation<Answer>> {
  const aborted = { why: 'aborted', reason: 'It was aborted.' } as const;
  if (isAborted(signal)) return { ended: 'nothing_sent', ...aborted };
  const socket = new Dealer({
    immediate: true,
    linger: 0,
    // No reconnection: bytes that the first peer did not take must not reach another app.
    reconnectInterval: -1,
    sendTimeout: 200,
    handshakeInterval: handshakeMs,
    maxMessageSize: 64 * 1024,
  });
  const timers: NodeJS.Timeout[] = [];
  const after = (ms: number, action: () => void): void => {
    timers.push(setTimeout(action, Math.min(ms, longestTimer)));
  };
  const connection = follow(socket);
  let abort = (): void => undefined;
  let within: (ms: number) => void = () => undefined;
  const broken = new Promise<Break>((resolve) => {
    abort = () => {
      resolve(aborted);
    };
    signal?.addEventListener('abort', abort);
    within = (ms) => {
      after(ms, () => {
        resolve({ why: 'timed_out', reason: `There was no answer within ${String(timeoutMs / 1_000)} s.` });
      });
    };
    within(timeoutMs);
    const end = (): void => {
      after(lastAnswersMs, () => {
        resolve({ why: 'connection_lost', reason: `The connection to ${endpoint} broke.` });
      });
    };
    connection.lost.then(end, end);
  });
  try {
    socket.connect(endpoint);
    const late = new Promise<false>((resolve) => {
      after(handshakeMs, () => {
        resolve(false);
      });
    });
    const greeted = await Promise.race([connection.greeted, connection.lost, late, broken]);
    if (isAborted(signal)) return { ended: 'nothing_sent', ...aborted };
    // A send that fails has left nothing in the socket.
    const sent = greeted === true && (await socket.send(request).then(yes, no));
    if (!sent) return { ended: 'nothing_sent', why: 'unreachable', reason: `No gateway answers at ${endpoint}.` };
    const last = await Promise.race([firstAnswer(socket, (frame) => take(frame, within)), broken]);
    return 'why' in last ? { ended: 'in_doubt', ...last } : { ended: 'answered', ...last };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    socket.close();
  }
}

/** Follows the connection by the socket's events; connected means a finished handshake (S4). */
function follow(socket: Dealer): { greeted: Promise<true>; lost: Promise<false> } {
  // Taken before `connect`, which emits its first events at once.
  const { events } = socket;
  let greet = (): void => undefined;
  const greeted = new Promise<true>((resolve) => {
    greet = () => {
      resolve(true);
    };
  });
  const lost = (async () => {
    try {
      for await (const { type } of events) {
        if (type === 'handshake') greet();
        else if (type === 'disconnect' || type === 'close' || type.startsWith('handshake:error')) break;
      }
    } catch {
      // Closing a socket with events still queued rejects with ENOTSOCK: a normal end.
    }
    return false as const;
  })();
  return { greeted, lost };
}

async function firstAnswer<Answer>(
  socket: Dealer,
  take: (reply: Uint8Array) => Answer | null,
): Promise<{ answer: Answer }> {
  try {
    for await (const [frame] of socket) {
      const answer = frame === undefined ? null : take(frame);
      if (answer !== null) return { answer };
    }
  } catch {
    // The request has left. An error here leaves it in doubt until the time-out or the end of the connection is
    // reported.
  }
  // The socket was closed; `broken` reports that end.
  return new Promise(() => undefined);
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

const yes = (): boolean => true;
const no = (): boolean => false;
