import type { Duplex } from 'node:stream';
import { makeTransport } from '../api/makeTransport.ts';
import type { Transport } from '../api/transport.ts';
import { parseMessage } from './parseMessage.ts';

/** A longer line than any call; what comes beyond it is no client of ours. */
const maxLineBytes = 4 * 1024 * 1024;

/** The contract over a stream, one JSON message a line. */
export function ndjsonTransport(stream: Duplex): Transport {
  const { transport, receive, ended } = makeTransport(
    (message) => stream.write(`${JSON.stringify(message)}\n`),
    () => {
      stream.end();
    },
  );
  let buffered = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (buffered + chunk).split('\n');
    buffered = lines.pop() ?? '';
    if (buffered.length > maxLineBytes) stream.destroy();
    for (const line of lines) receive(parseMessage(line));
  });
  stream.on('close', ended);
  stream.on('error', ended);
  return transport;
}
