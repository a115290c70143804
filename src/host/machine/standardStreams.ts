/** Most bytes that wait for a slow reader; more is dropped, the log has it. */
const waitingBytes = 256 * 1024;

interface Stream {
  readonly writableLength: number;
  write: (text: string) => unknown;
  on: (event: 'error', listener: (error: Error) => void) => unknown;
}

/** Sentences on stderr and lines on stdout, dropped once nobody reads them. */
export interface StandardStreams {
  say: (sentence: string) => void;
  print: (line: string) => void;
}

/**
 * Writes to the streams whatever becomes of their readers: one that has gone (EPIPE), or that reads no more, costs only what
 * would have been read there. Called once a process, before anything is said.
 */
export function openStandardStreams(streams: { stdout: Stream; stderr: Stream } = process): StandardStreams {
  for (const stream of [streams.stdout, streams.stderr]) {
    stream.on('error', () => {
      // Nobody is left to be told there; the log in the data folder goes on.
    });
  }
  const writeTo = (stream: Stream, line: string): void => {
    if (stream.writableLength < waitingBytes) stream.write(`${line}\n`);
  };
  return {
    say: (sentence) => {
      writeTo(streams.stderr, sentence);
    },
    print: (line) => {
      writeTo(streams.stdout, line);
    },
  };
}
