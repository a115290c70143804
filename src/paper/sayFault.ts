import { asError, type OnFault } from '../base/guard.ts';

/** Most faults printed, so that a repeated one doesn't fill the screen. */
const most = 20;

interface ErrorStream {
  write: (text: string) => unknown;
  on: (event: 'error', listener: () => void) => unknown;
}

/** Prints faults of the paper EA's commands, timers and sockets; the EA goes on. Call once a process. */
export function sayFaults(stream: ErrorStream = process.stderr): OnFault {
  let said = 0;
  stream.on('error', () => {
    // The app that reads stderr has ended; `parentPort` reports that.
  });
  return (thrown) => {
    said += 1;
    if (said > most) return;
    const { stack, message } = asError(thrown);
    stream.write(`The paper EA met a bug, and goes on: ${stack ?? message}\n`);
  };
}
