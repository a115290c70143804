import type { WebSocket } from 'ws';
import { makeTransport } from '../api/makeTransport.ts';
import type { Transport } from '../api/transport.ts';
import { parseMessage } from './parseMessage.ts';

/** A client that lets this much pile up is cut off; it takes a new snapshot when it comes back. */
const maxBufferedBytes = 16 * 1024 * 1024;

/** The server's end of a WebSocket. */
export function webSocketTransport(socket: WebSocket): Transport {
  const { transport, receive, ended } = makeTransport(
    (message) => {
      if (socket.bufferedAmount > maxBufferedBytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    () => {
      socket.close();
    },
  );
  socket.on('message', (data: Buffer, isBinary) => {
    receive(isBinary ? data : parseMessage(data.toString()));
  });
  socket.on('close', ended);
  // 'close' follows; without a listener an error would end the process.
  socket.on('error', () => {
    socket.terminate();
  });
  return transport;
}
