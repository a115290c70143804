/**
 * Size limits for messages of the contract, in bytes of UTF-8. The longest message that it allows, a table of 1,000 symbols
 * with names of the greatest length, is under 1 MiB.
 */
export const messageBytes = {
  /** A longer message is refused with a sentence; the connection stays open. */
  most: 4 * 1024 * 1024,
  /** A longer message ends a WebSocket, which holds it in memory as a whole before it can be refused. */
  cutOff: 64 * 1024 * 1024,
  /** A client with more unread bytes, such as a suspended one, is disconnected; it reconnects to a new snapshot. */
  unread: 16 * 1024 * 1024,
} as const;
