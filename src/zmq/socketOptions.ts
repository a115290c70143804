/** S5: these end a half-open connection within half a second. {@link inboundOptions} has longer ones. */
const heartbeats = { heartbeatInterval: 200, heartbeatTimeout: 400, heartbeatTimeToLive: 600 };

/** S8: for sockets whose peers may use the old libzmq 4.2, which drops the connection at the first heartbeat. */
export const quietOptions = { linger: 0, handshakeInterval: 1_000 };

/** E7: for an EA that does all on one thread: it answers nothing while its terminal stands still. */
export const patientOptions = { heartbeatInterval: 1_000, heartbeatTimeout: 6_000, heartbeatTimeToLive: 8_000 };

export const commonOptions = { ...quietOptions, ...heartbeats };

/**
 * Longest frame before libzmq cuts the peer off, bytes. Frames over 1 MiB are still received, in order to report them.
 */
export const maxInboundBytes = 32 * 1024 * 1024;

/**
 * Options of sockets that receive from EAs. While this many messages wait for the process, libzmq reads nothing more,
 * not even the peer's heartbeats, until half of them have been read. With its default of 1,000 a pause of half a
 * second (a slow disk, a long garbage collection) filled it under 2,000 messages a second. This is some 60 MB of
 * ticks. The limit must not change while a peer is connected: libzmq tells the sending side to go on only at multiples
 * of half the limit, so a sender that was full under another limit waits for ever.
 *
 * The heartbeats' time-out is longer than it takes to get from full to half full: 125,000 messages, 0.5 s at the
 * 230,000 to 280,000 a second that one thread reads on two cores, and 2.5 s where it only gets to 50,000. With S5's
 * 400 ms a peer that sent 400,000 a second was cut off eleven times in 8 s, and 13 % of 3.2 million messages were
 * lost; now none is. A half-open connection is noticed by the command socket, which keeps S5's times, and by
 * telemetry's age.
 */
export const inboundOptions = {
  receiveHighWaterMark: 250_000,
  maxMessageSize: maxInboundBytes,
  heartbeatTimeout: 6_000,
  heartbeatTimeToLive: 6_000,
};
