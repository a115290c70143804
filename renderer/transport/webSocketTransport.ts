import { makeTransport } from '../../src/api/rpc/makeTransport.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';

/** The browser's end of the dashboard's WebSocket. Rejects when it can't be opened. */
export function openWebSocketTransport(url: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const { transport, receive, ended } = makeTransport(
      (message) => {
        socket.send(JSON.stringify(message));
      },
      () => {
        socket.close();
      },
    );
    socket.addEventListener('message', (event: MessageEvent<string>) => {
      receive(JSON.parse(event.data));
    });
    socket.addEventListener('open', () => {
      resolve(transport);
    });
    socket.addEventListener('close', () => {
      ended();
      reject(new Error('The app does not answer.'));
    });
  });
}
