import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { createStream } from 'rotating-file-stream';
import { visible, visibleLines } from '../../base/visibleText.ts';
import { makeFolder } from './makeFolder.ts';

export interface Log {
  info: (sentence: string, details?: object) => void;
  /** Worth a look: also said on stderr. */
  warn: (sentence: string, details?: object) => void;
  error: (sentence: string, error?: unknown) => void;
  /** At once, past what waits to be written: for the end of the process. */
  writeNow: (sentence: string, error?: unknown) => void;
  close: () => Promise<void>;
}

const fileName = 'bitten-desk.log';

export const logFolder = (dataDir: string): string => join(dataDir, 'logs');

/** The log in the data folder: JSON lines, at most six files of 10 MB. */
export function openLog(dataDir: string, tell: (sentence: string) => void): Log {
  const say = (sentence: string): void => {
    tell(visible(sentence));
  };
  const path = logFolder(dataDir);
  makeFolder(path);
  const stream = createStream(fileName, { path, size: '10M', maxFiles: 5 });
  stream.on('error', (error) => {
    say(`The log can't be written: ${error.message}`);
  });
  const logger: Logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => stream.write(visibleLines(line)) },
  );
  return {
    info: (sentence, details) => {
      logger.info(details ?? {}, sentence);
    },
    warn: (sentence, details) => {
      logger.warn(details ?? {}, sentence);
      say(sentence);
    },
    error: (sentence, error) => {
      logger.error(error === undefined ? {} : { err: error }, sentence);
      say(sentence);
    },
    writeNow: (sentence, error) => {
      const detail = error instanceof Error ? { message: error.message, stack: error.stack } : error;
      const line = { level: 60, time: new Date().toISOString(), err: detail, msg: sentence };
      try {
        appendFileSync(join(path, fileName), `${JSON.stringify(line)}\n`);
      } catch (failure) {
        say(`The log can't be written: ${String(failure)}`);
      }
    },
    close: () =>
      new Promise((done) => {
        stream.end(() => {
          done();
        });
      }),
  };
}
