import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { makeTransport, type TransportEnds } from '../src/api/makeTransport.ts';
import type { Transport } from '../src/api/transport.ts';
import { messageChannel, openChannel } from './ipcChannels.ts';

/**
 * The contract over Electron's IPC: a transport for each page that the window loads. Messages from any frame but
 * the window's own page are dropped and told of.
 * @param origin the only origin that is listened to
 */
export function listenToPages(
  contents: WebContents,
  origin: string,
  serve: (transport: Transport) => void,
  onRefused: (sentence: string) => void,
): void {
  let page: TransportEnds | null = null;
  const trusts = (event: IpcMainEvent): boolean => {
    const frame = event.senderFrame;
    const trusted = event.sender === contents && frame === contents.mainFrame && new URL(frame.url).origin === origin;
    if (!trusted) onRefused(`An IPC message from ${frame?.url ?? 'a frame that is gone'} was turned away.`);
    return trusted;
  };

  const onOpen = (event: IpcMainEvent): void => {
    if (!trusts(event)) return;
    page?.ended();
    page = makeTransport(
      (message) => {
        if (!contents.isDestroyed()) contents.send(messageChannel, message);
      },
      () => undefined,
    );
    serve(page.transport);
  };
  const onMessage = (event: IpcMainEvent, message: unknown): void => {
    if (trusts(event)) page?.receive(message);
  };
  const onEnd = (): void => {
    page?.ended();
    page = null;
  };
  ipcMain.on(openChannel, onOpen);
  ipcMain.on(messageChannel, onMessage);
  contents.on('render-process-gone', onEnd);
  contents.once('destroyed', () => {
    onEnd();
    ipcMain.off(openChannel, onOpen);
    ipcMain.off(messageChannel, onMessage);
  });
}
