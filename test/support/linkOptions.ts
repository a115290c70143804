import type { LinkOptions } from '../../src/zmq/linkOptions.ts';

/** A link on free ports of loopback, for one EA that has v7's sockets. An error fails the test. */
export const linkOptions: LinkOptions = {
  host: '127.0.0.1',
  commandPort: 0,
  telemetryPort: 0,
  feedbackPort: null,
  patterns: { command: 'push', feedback: 'push' },
  allowPeers: [],
  telemetryPeers: 1,
  logError: (sentence, error) => {
    throw new Error(sentence, { cause: error });
  },
};
