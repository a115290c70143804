import { asError, type OnFault } from '../base/guard.ts';

/** Bugs that are told; one that comes again and again fills nobody's screen. */
const most = 20;

interface ErrorStream {
  write: (text: string) => unknown;
  on: (event: 'error', listener: () => void) => unknown;
}

/** Says what went wrong behind a command, a timer or a socket of the paper EA, which goes on. Called once a process. */
export function sayFaults(stream: ErrorStream = process.stderr): OnFault {
  let said = 0;
  stream.on('error', () => {
    // The app that would read it has gone; this process hears of that by itself.
  });
  return (thrown) => {
    said += 1;
    if (said > most) return;
    const { stack, message } = asError(thrown);
    stream.write(`The paper EA met a bug, and goes on: ${stack ?? message}\n`);
  };
}
