import type { WebSocket } from 'ws';
import { guarded, toLastGuard, type OnFault } from '../../base/guard.ts';
import { makeTransport } from '../../api/rpc/makeTransport.ts';
import { beginningLength, OversizedMessage } from '../../api/rpc/oversizedMessage.ts';
import type { Transport } from '../../api/rpc/transport.ts';
import { messageBytes } from './messageBytes.ts';
import { parseMessage } from './parseMessage.ts';

/** The server's end of a WebSocket. */
export function webSocketTransport(socket: WebSocket, onFault: OnFault = toLastGuard): Transport {
  const { transport, receive, ended } = makeTransport(
    (message) => {
      if (socket.bufferedAmount > messageBytes.unread) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    () => {
      socket.close();
    },
  );
  socket.on(
    'message',
    guarded(onFault, (data: Buffer, isBinary: boolean) => {
      if (data.length > messageBytes.most) {
        receive(new OversizedMessage(data.toString('utf8', 0, beginningLength), messageBytes.most));
      } else receive(isBinary ? data : parseMessage(data.toString()));
    }),
  );
  socket.on('close', guarded(onFault, ended));
  // 'close' follows; without a listener an error would end the process.
  socket.on('error', () => {
    socket.terminate();
  });
  return transport;
}
