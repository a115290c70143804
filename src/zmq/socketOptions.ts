/** S5: with these a half-open connection ends within half a second. */
const heartbeats = { heartbeatInterval: 200, heartbeatTimeout: 400, heartbeatTimeToLive: 600 };

/** S8: of a socket whose peers may use the old libzmq 4.2, which ends the connection at the first heartbeat. */
export const quietOptions = { linger: 0, handshakeInterval: 1_000 };

export const commonOptions = { ...quietOptions, ...heartbeats };

/** Frames over 1 MiB are received in order to say so; libzmq cuts a peer off only beyond this. */
export const maxInboundBytes = 32 * 1024 * 1024;

/**
 * Of a socket that listens to EAs. While so many messages wait for this process libzmq reads nothing more, the peer's
 * heartbeats neither, until half of them have been taken, and meanwhile ends a healthy connection with all that is under
 * way in it. With its default of 1,000 a pause of half a second (a slow disk, a long collection of garbage) did that to an
 * EA that sends 2,000 messages a second. This is some 60 MB of ticks, and 2 s of 50,000 a second.
 */
export const inboundOptions = { receiveHighWaterMark: 250_000, maxMessageSize: maxInboundBytes };
