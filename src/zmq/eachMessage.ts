/** A socket, or a socket's events, as zeromq.js gives them. */
interface Receiver<M> {
  readonly closed: boolean;
  receive(): Promise<M>;
}

/**
 * Hands on every message until the socket is closed. zeromq.js ends its own iteration with an error (ENOTSOCK) when a
 * socket is closed while messages wait in it; here that is the end like any other.
 */
export async function eachMessage<M>(socket: Receiver<M>, take: (message: M) => void | Promise<void>): Promise<void> {
  for (;;) {
    let message: M;
    try {
      message = await socket.receive();
    } catch (error) {
      if (socket.closed) return;
      throw error;
    }
    const taken = take(message);
    if (taken !== undefined) await taken;
  }
}
