import { Dealer } from 'zeromq';

/** An app on this machine shakes hands within a millisecond; after so long, ms, nobody who could is there. */
const handshakeMs = 2_000;
/** Answers that came before the connection broke are read within this time, ms. */
const lastAnswersMs = 50;
const longestTimer = 2 ** 31 - 1;

export interface ConversationOptions {
  /** Of the gateway. */
  endpoint: string;
  /** The most that it may take, ms. */
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** How a conversation ended: whether the request may have left is the one thing that is always known. */
export type Conversation<Answer> =
  | { ended: 'answered'; answer: Answer }
  | { ended: 'nothing_sent'; why: 'unreachable' | 'aborted'; reason: string }
  | { ended: 'in_doubt'; why: 'timed_out' | 'connection_lost' | 'aborted'; reason: string };

interface Break {
  why: 'timed_out' | 'connection_lost' | 'aborted';
  reason: string;
}

/**
 * Says one thing to a gateway, once, and listens until `take` has made an answer of what comes back.
 * Nothing is sent before a gateway has shaken hands, and nothing is kept for one that comes later (S1, S2): the socket
 * knows one connection, and is closed with everything in it.
 * @param take makes an answer of a reply; null: another one follows. It may have it waited for so many ms more at most.
 * @throws Error when `endpoint` is none
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
    // No second connection, so that what the first one didn't take can't reach another app.
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

/** S4: connected means that hands were shaken. */
function follow(socket: Dealer): { greeted: Promise<true>; lost: Promise<false> } {
  // Read from before the connection begins: its first events come at once.
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
      // A socket that is closed while events wait in it ends so (ENOTSOCK): that is the end like any other.
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
    // The request has left: what can't be read now leaves it in doubt, as its time or its connection ends.
  }
  // It was closed, and its end has been told by then.
  return new Promise(() => undefined);
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

const yes = (): boolean => true;
const no = (): boolean => false;
