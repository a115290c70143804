import type { Duplex } from 'node:stream';
import { guarded, toLastGuard, type OnFault } from '../../base/guard.ts';
import { makeTransport } from '../../api/rpc/makeTransport.ts';
import { beginningLength, OversizedMessage } from '../../api/rpc/oversizedMessage.ts';
import type { Transport } from '../../api/rpc/transport.ts';
import { messageBytes } from './messageBytes.ts';
import { parseMessage } from './parseMessage.ts';

/** The contract over a stream, one JSON message a line. @param most the longest line that is read, in bytes */
export function ndjsonTransport(
  stream: Duplex,
  onFault: OnFault = toLastGuard,
  most: number = messageBytes.most,
): Transport {
  const { transport, receive, ended } = makeTransport(
    (message) => {
      if (stream.writableLength > messageBytes.unread) stream.destroy();
      else stream.write(`${JSON.stringify(message)}\n`);
    },
    () => {
      stream.end();
    },
  );
  const lines = new LineReader(
    most,
    () => stream.destroy(),
    guarded(onFault, (line: string | OversizedMessage) => {
      receive(typeof line === 'string' ? parseMessage(line) : line);
    }),
  );
  const end = guarded(onFault, ended);
  stream.on(
    'data',
    guarded(onFault, (chunk: Buffer) => {
      lines.take(chunk);
    }),
  );
  stream.on('close', end);
  stream.on('error', end);
  // It may have been paused while both sides proved who they are.
  stream.resume();
  return transport;
}

const newline = 0x0a;

/** First byte of every message. */
const brace = 0x7b;

/** Splits bytes into lines. Of a too long message the beginning is kept; too long input that is no message ends the stream. */
class LineReader {
  private readonly most: number;
  private readonly cutOff: () => void;
  private readonly onLine: (line: string | OversizedMessage) => void;
  private parts: Buffer[] = [];
  private length = 0;

  constructor(most: number, cutOff: () => void, onLine: (line: string | OversizedMessage) => void) {
    this.most = most;
    this.cutOff = cutOff;
    this.onLine = onLine;
  }

  take(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      this.keep(chunk.subarray(from, at));
      this.end();
      from = at + 1;
    }
    this.keep(chunk.subarray(from));
  }

  private keep(part: Buffer): void {
    if (this.length <= this.most) this.parts.push(part);
    this.length += part.length;
    if (this.length <= this.most) return;
    const beginning = Buffer.concat(this.parts).subarray(0, beginningLength);
    if (beginning[0] !== brace) this.cutOff();
    this.parts = [Buffer.from(beginning)];
  }

  private end(): void {
    const text = Buffer.concat(this.parts).toString();
    const line = this.length > this.most ? new OversizedMessage(text, this.most) : text;
    this.parts = [];
    this.length = 0;
    this.onLine(line);
  }
}
