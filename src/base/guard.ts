/** Writes one sentence and the thrown value to the log. */
export type LogError = (sentence: string, error?: unknown) => void;

/** Entry points of events from outside and of timers, each with the beginning of a sentence about a fault behind it. */
const entryPoints = {
  http: 'A web request',
  upgrade: 'A WebSocket client that connected',
  'web message': "A browser window's message",
  'control message': "The command line's message",
  'window message': "A desktop window's message",
  connection: 'A new connection, or the end of one',
  gateway: "An engine's request",
  publication: 'A publication for other programs',
  feed: "A feed's message",
  zap: "ZeroMQ's question whether a peer may connect",
  'socket event': "A socket's event",
  frame: "An EA's frame",
  command: 'A command to the EA',
  timer: 'A timer',
  worker: 'An answer of the thread that reads the journal',
  follower: 'An event for a window',
  signal: "An engine's or a feed's signal",
  order: 'A consequence of an order',
  paper: 'The end of the paper EA, or a message to it',
  desktop: 'An action at the window or the tray',
} as const;
export type EntryPoint = keyof typeof entryPoints;

/** Every entry point, for the test that walks them all. */
export const entryPointNames = Object.keys(entryPoints) as EntryPoint[];

/** A thrown value as an Error with readable text: any value can be thrown, even one without text. */
export function asError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error && typeof `${thrown.message}${thrown.stack ?? ''}` === 'string') return thrown;
    return new Error(`What was thrown is no error: ${String(thrown)}`);
  } catch {
    return new Error('What was thrown is no error, and has no text.');
  }
}

/** A bug behind an entry point, with the thrown value as its cause. */
export class EntryFault extends Error {
  readonly entry: EntryPoint;

  constructor(entry: EntryPoint, cause: unknown) {
    super(`${entryPoints[entry]} could not be handled because of a bug; the next is handled all the same.`, {
      cause: asError(cause),
    });
    this.name = 'EntryFault';
    this.entry = entry;
  }
}

/** Receives every value thrown behind one entry point; never throws. */
export type OnFault = (error: unknown) => void;

/** Passes a fault to the process's last guard, when there is no log to tell. */
export const toLastGuard: OnFault = (error) => {
  queueMicrotask(() => {
    throw asError(error);
  });
};

export const logToLastGuard: LogError = (sentence, error) => {
  toLastGuard(error ?? sentence);
};

export function faultsOf(entry: EntryPoint, logError: LogError): OnFault {
  return (error) => {
    const fault = new EntryFault(entry, error);
    try {
      logError(fault.message, fault);
    } catch (broken) {
      // The listener for faults is broken too.
      toLastGuard(broken);
    }
  };
}

/**
 * Runs an action at an entry point; an exception, or the rejection of the promise it returns, goes to `onFault` and no further.
 * Every listener, timer and unawaited promise goes through this (ARCHITECTURE rule 7a).
 */
export function attempt(onFault: OnFault, action: () => unknown): void {
  try {
    const done = action();
    if (isThenable(done)) Promise.resolve(done).catch(onFault);
  } catch (error) {
    onFault(error);
  }
}

/** Wraps a listener so that each call is guarded as by {@link attempt}. */
export function guarded<Args extends unknown[]>(
  onFault: OnFault,
  listener: (...args: Args) => unknown,
): (...args: Args) => void {
  // As `attempt`, without a closure for each call: frames come by the ten thousand.
  return (...args) => {
    try {
      const done = listener(...args);
      if (isThenable(done)) Promise.resolve(done).catch(onFault);
    } catch (error) {
      onFault(error);
    }
  };
}

/**
 * Runs all actions in order, also after one of them has failed. Those before the first asynchronous one are done when this
 * returns.
 * @throws the first failure, at the end
 */
export async function doAll(actions: readonly (() => unknown)[]): Promise<void> {
  const thrown: unknown[] = [];
  for (const action of actions) {
    try {
      const done = action();
      if (isThenable(done)) await done;
    } catch (error) {
      thrown.push(error);
    }
  }
  if (thrown.length > 0) throw thrown[0];
}

/**
 * Runs an action for each item, also after one of them has failed.
 * @throws the first failure, at the end
 */
export function doEach<Item>(items: Iterable<Item>, action: (item: Item) => void): void {
  let first: { thrown: unknown } | null = null;
  for (const item of items) {
    try {
      action(item);
    } catch (thrown) {
      first ??= { thrown };
    }
  }
  if (first !== null) throw asError(first.thrown);
}

/** Recognises promises by `then`: those of another realm or of a library have another class. */
function isThenable(done: unknown): done is PromiseLike<unknown> {
  return typeof done === 'object' && done !== null && 'then' in done && typeof done.then === 'function';
}
