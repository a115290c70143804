/**
 * How long a message of the contract may be, in bytes of UTF-8. The longest that it allows, a table of 1,000 symbols with
 * names of the greatest length, is under 1 MiB.
 */
export const messageBytes = {
  /** One that is longer is refused in words, and the connection goes on. */
  most: 4 * 1024 * 1024,
  /** A WebSocket's message is in memory as a whole before it can be refused; one that is longer than this ends it. */
  cutOff: 64 * 1024 * 1024,
  /** A client that lets this much pile up, such as one that was suspended, is cut off; it comes back to a new snapshot. */
  unread: 16 * 1024 * 1024,
} as const;
